"""Plans of the fictional ward, and the card series of every municipality (real data of 総務省)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from todoke.accounts.models import User
from todoke.board.own_figures import own_figure
from todoke.demo.people import person
from todoke.organization.models import Department
from todoke.plans.card_series import import_series
from todoke.plans.models import Indicator, Measure, Plan
from todoke.plans.peer_import import import_figures

PEERS = Path(__file__).with_name("peers.csv")
OLD = [(2022, 0, 1), (2023, 1, 3), (2024, 2, 5)]
ONLINE = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]


def _measure(plan: Plan, strategy: str, code: str, title: str, section: str) -> Measure:
    found, _ = plan.strategies.get_or_create(title=strategy, defaults={"position": plan.strategies.count() + 1})
    return Measure.objects.create(
        plan=plan, strategy=found, code=code, title=title, department=Department.objects.get(name=section)
    )


def _old(by: User) -> Plan:
    plan = Plan.objects.create(
        code="dx-2022",
        title="みらい区情報化基本方針(令和4〜6年度)",
        starts_on=date(2022, 4, 1),
        ends_on=date(2025, 3, 31),
    )
    measure = _measure(plan, "手続のデジタル化", "online", "電子申請を広げる", "DX推進課")
    indicator = measure.indicators.create(
        code="online-2022", name="オンラインで受け付ける手続", unit="count", numerator="電子申請で受け付けた手続の種類",
        basis="各年度末", source="DX推進課調べ",
    )  # fmt: skip
    plan.publish(by=by)
    for year, value, target in OLD:
        indicator.targets.create(fiscal_year=year, value=target)
        indicator.report(on=date(year + 1, 3, 31), numerator=Decimal(value), by=by)
    paper = measure.indicators.create(
        code="paper-2022", name="紙の購入枚数", unit="sheets", direction="down", numerator="コピー用紙の購入枚数",
        basis="各年度末", source="契約管財課調べ",
    )  # fmt: skip
    paper.report(on=date(2025, 3, 31), missing_reason="購入の単位が課ごとに違い、集計できなかったため", by=by)
    measure.milestones.create(
        title="電子申請システムの稼働", due_on=date(2022, 10, 1), reached_on=date(2022, 10, 1), evidence="広報10月号"
    )
    plan.close(
        words="種類は増えたが、分母を定めていなかったため、割合を他区と比べられなかった。次の計画では分母と基準日を定める。",
        by=by,
    )
    return plan


def _new(by: User, old: Plan) -> None:
    plan = Plan.objects.create(
        code="dx-2025", title="みらい区DX推進計画(令和7〜9年度)", starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31),
        aim="行かなくてよい区役所にする。来る人には、待たせず、書かせない。", predecessor=old,
    )  # fmt: skip
    online = _measure(plan, "行かなくてよい区役所", "online", "すべての手続をオンラインで", "DX推進課")
    cards = _measure(plan, "行かなくてよい区役所", "card", "マイナンバーカードを使える場を広げる", "戸籍住民課")
    systems = _measure(plan, "しごとを軽くする", "standard", "基幹業務システムの標準化", "DX推進課")
    rate = online.indicators.create(
        code="online-rate", name="区がオンラインで受け付ける手続の割合", numerator="オンラインで受け付けている手続",
        denominator="オンライン化できる手続", basis="各四半期末", source="手続の台帳", own_figure="possible",
    )  # fmt: skip
    for year, value in ((2025, Decimal("0.1")), (2026, 1), (2027, 5)):
        rate.targets.create(fiscal_year=year, value=value)
    _cards_and_systems(cards, systems, by)
    plan.publish(by=by)
    today = own_figure("possible").facts()
    for done, on in enumerate(ONLINE):
        rate.report(on=on, numerator=Decimal(done), denominator=today["denominator"], denominator_on=on, by=by)
    rate.report(by=by, **today)
    online.milestones.create(title="添付書類の見直しを終える", due_on=date(2026, 9, 30))
    online.milestones.create(
        title="手続の台帳を公開する",
        due_on=date(2026, 6, 30),
        reached_on=date(2026, 6, 22),
        evidence="オープンデータのページ",
    )


def _cards_and_systems(cards: Measure, systems: Measure, by: User) -> None:
    usage = cards.indicators.create(
        code="card-use", name="申請でカードを使った割合", numerator="カードで本人確認をした申請",
        denominator="本人確認が要る申請", basis="各年度末", source="案件の記録",
    )  # fmt: skip
    usage.targets.create(fiscal_year=2026, value=40)
    usage.report(on=date(2026, 3, 31), missing_reason="本人確認の方法を記録し始めたのが令和8年5月のため", by=by)
    moved = systems.indicators.create(
        code="standard-systems", name="標準準拠システムへ移行した業務", unit=Indicator.Unit.SYSTEMS,
        numerator="移行した業務の数", denominator="対象の業務の数", basis="各年度末", source="標準化対象の20業務の台帳",
        own_figure=Indicator.OwnFigure.STANDARD,
    )  # fmt: skip
    for year, value in ((2024, 5), (2025, 15), (2026, 18)):
        moved.targets.create(fiscal_year=year, value=value)
    for on, count in ((date(2025, 3, 31), 5), (date(2026, 3, 31), 14)):
        moved.report(on=on, numerator=Decimal(count), denominator=Decimal(18), denominator_on=on, by=by)


def build() -> None:
    """Create both plans, and import the card series."""
    by = person("dx")
    _new(by, _old(by))
    import_series()
    import_figures(PEERS.read_bytes(), by=by)
