"""The register of systems of the fictional ward, with an outage modelled on a real one."""

from datetime import date, datetime, time
from decimal import Decimal

from todoke.accounts.models import User
from todoke.demo.people import person
from todoke.japanese.calendar import JAPAN
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.systems import standard_tasks
from todoke.systems.models import (
    BusyPeriod,
    Change,
    Drill,
    Evaluation,
    Incident,
    IncidentNotice,
    IncidentStep,
    InformationSystem,
    RestoreTest,
    StandardTask,
)  # fmt: skip
from todoke.systems.models.evaluation import QUESTIONS

FIRST_YEAR = {"住民基本台帳", "印鑑登録", "国民健康保険", "国民年金", "選挙人名簿管理"}
LAST_YEAR = {"戸籍", "戸籍の附票", "生活保護"}
SYSTEMS = [
    ("jumin", "住民記録システム", "戸籍住民課", "みらいシステム株式会社(架空)", "住民基本台帳"),
    ("zei", "税務システム", "税務課", "みらいシステム株式会社(架空)", "個人住民税"),
    ("kokuho", "国民健康保険システム", "国民健康保険課", "東都情報株式会社(架空)", "国民健康保険"),
    ("hoiku", "保育システム", "保育課", "東都情報株式会社(架空)", "子ども・子育て支援"),
    ("denshi", "電子申請システム", "DX推進課", "区の運営(Todoke)", None),
    ("yoyaku", "施設予約システム", "地域振興課", "会館サービス株式会社(架空)", None),
]


def _at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


def _register() -> dict[str, InformationSystem]:
    years = {name: 2024 if name in FIRST_YEAR else 2026 if name in LAST_YEAR else 2025 for name in standard_tasks.TASKS}
    standard_tasks.create_all(years, is_ward=True)
    StandardTask.objects.filter(name__in=FIRST_YEAR).update(
        stage="running",
        provider="みらいシステム株式会社(架空)",
        cost_yen=180_000_000,
        subsidy_yen=150_000_000,
        attached_work="窓口の番号発券との連携",
        base_cost_yen=60_000_000,
        running_cost_yen=41_000_000,
    )
    StandardTask.objects.filter(name="国民健康保険").update(running_cost_yen=48_000_000)
    StandardTask.objects.filter(planned_year=2025).exclude(name="後期高齢者医療").update(
        stage="running", provider="東都情報株式会社(架空)"
    )
    found = {}
    for code, name, section, vendor, task in SYSTEMS:
        found[code] = InformationSystem.objects.create(
            code=code, name=name, department=Department.objects.get(name=section), vendor=vendor,
            standard_task=StandardTask.objects.filter(name=task).first(), last_used_on=date(2026, 11, 20),
        )  # fmt: skip
        for year, yen in ((2024, 42_000_000), (2025, 44_000_000), (2026, 52_000_000)):
            reason = "標準準拠システムの利用料と回線費が加わったため" if year == 2026 and code != "yoyaku" else ""
            found[code].costs.create(fiscal_year=year, yen=yen, rise_reason=reason)
    found["jumin"].read_only_server = "前日時点の証明書を出せる参照用サーバ"
    found["jumin"].save()
    for procedure in Procedure.objects.filter(department__name="戸籍住民課")[:12]:
        found["jumin"].dependencies.create(procedure=procedure, alternative="コンビニ交付、郵送")
    return found


def _promise(system: InformationSystem) -> None:
    contract = system.contracts.create(
        title="住民記録システム利用契約", vendor=system.vendor, starts_on=date(2024, 4, 1), ends_on=date(2029, 3, 31),
        monthly_fee_yen=3_600_000,
    )  # fmt: skip
    level = contract.levels.create(target=Decimal("97.5"), clause="サービス水準合意書 第4条(時間帯の定めなし)")
    level.credit_steps.create(below=Decimal("97.5"), percent=Decimal(5))
    level.credit_steps.create(below=Decimal(95), percent=Decimal(10))


def _outage(system: InformationSystem, by: User) -> None:
    incident = Incident.open(
        system=system, title="住民記録システムにつながらない", detected_at=_at(2025, 1, 6, 11, 20),
        detected_by="窓口からの電話",
        symptoms="転入、転出、印鑑登録の処理ができない。各業務から住民記録を閲覧できない。",
        affected_estimate=320, estimate_basis="窓口の平均の件数からの推計", by=by,
    )  # fmt: skip
    incident.outages.create(starts_at=_at(2025, 1, 6, 11, 20), ends_at=_at(2025, 1, 7, 9, 45), what="住民記録の全機能")
    add = IncidentStep.add
    add(incident, kind="alternative", text="前日時点の証明書を出せる参照用サーバへ切り替えた", by=by)
    add(incident, kind="alternative", text="引越しワンストップとコンビニ交付を案内した", by=by)
    add(incident, kind="notice", text="ホームページとSNSに停止と代わりの方法を載せた", by=by)
    add(incident, kind="remedy", text="再び来られない方には、区の負担で郵送した(4名)", by=by)
    add(incident, kind="demand", text="設定変更を機械で確かめる仕組みを設けること", due=date(2025, 3, 31), by=by)
    add(incident, kind="prevention", text="利用者の目線での検証を、稼働前の手順に加える", due=date(2025, 4, 30), by=by)
    incident.record_causes(direct="サーバの設定の誤りで、住基ネットとの連携ができなくなった", root="", by=by)
    IncidentNotice.draft(incident, audience="public", by=by).send(by=by)
    IncidentNotice.draft(incident, audience="sections", by=by)
    second = Incident.open(
        system=system, title="朝の連携処理が終わらない", detected_at=_at(2025, 1, 20, 8, 30), detected_by="監視",
        symptoms="住民記録の一部とカードの処理を更新できない。", by=by,
    )  # fmt: skip
    second.outages.create(starts_at=_at(2025, 1, 20, 8, 30), ends_at=_at(2025, 1, 20, 9, 20), what="住基ネットとの連携")


def _evaluate(system: InformationSystem, section: str, points: list[int], by: User, year: int = 2025) -> None:
    scores = {
        q: (p, "処理が遅く、窓口で待たせている" if p < 3 else "", "事業者に改善案を求める" if p < 3 else "")
        for q, p in zip(QUESTIONS, points, strict=True)
    }
    Evaluation.submit(
        system=system, department=Department.objects.get(name=section), fiscal_year=year, scores=scores, by=by,
        good_practice="よく使う検索条件を共有して、異動した職員も初日から使えた。" if min(points) >= 4 else "",
    )  # fmt: skip


def _calendar(systems: dict[str, InformationSystem], by: User, chief: User) -> None:
    BusyPeriod.objects.create(title="転入・転出の繁忙期", starts_on=date(2027, 3, 15), ends_on=date(2027, 4, 10))
    BusyPeriod.objects.create(title="確定申告の期間", starts_on=date(2027, 2, 16), ends_on=date(2027, 3, 15))
    add = Change.objects.create
    check = add(
        system=systems["jumin"], kind="stop", title="年次点検", starts_at=_at(2027, 1, 16, 20),
        ends_at=_at(2027, 1, 17, 6), edited_by=by,
    )  # fmt: skip
    move = add(
        system=systems["zei"], kind="move", title="標準準拠システムへの移行", starts_at=_at(2027, 3, 13),
        ends_at=_at(2027, 3, 15, 6), edited_by=by,
    )  # fmt: skip
    move.predecessors.add(check)
    check.approve(by=chief)


def _exercise(systems: dict[str, InformationSystem], by: User) -> None:
    drill = Drill.objects.create(
        title="停止したときの窓口訓練",
        held_on=date(2026, 9, 15),
        scenario="地震で住民記録システムが止まり、参照用サーバに切り替える",
    )
    drill.systems.add(systems["jumin"])
    drill.departments.set(Department.objects.filter(name__in=["戸籍住民課", "税務課", "国民健康保険課"]))
    section = Department.objects.get(name="戸籍住民課")
    drill.findings.create(text="切替の手順書が窓口になかった", department=section, due=date(2026, 10, 31),
                          closed_on=date(2026, 10, 9), evidence="窓口の手順書 第2版")  # fmt: skip
    drill.findings.create(text="案内の掲示に外国語がない", department=section, due=date(2026, 12, 25))
    RestoreTest.register(
        by=by, system=systems["jumin"], failed_at=_at(2026, 8, 22, 9), backup_at=_at(2026, 8, 22, 3),
        started_at=_at(2026, 8, 22, 9, 10), finished_at=_at(2026, 8, 22, 11, 40), rto_minutes=240, rpo_minutes=240,
        evidence="復元試験の記録 令和8年8月22日",
    )  # fmt: skip


def build() -> None:
    """Create systems, service levels, outages, evaluations, the calendar of changes and the exercises."""
    by = person("dx")
    systems = _register()
    _promise(systems["jumin"])
    _outage(systems["jumin"], by)
    _evaluate(systems["jumin"], "戸籍住民課", [3, 2, 2, 4, 4], by)
    _evaluate(systems["jumin"], "戸籍住民課", [2, 2, 3, 3, 4], by, 2024)
    _evaluate(systems["jumin"], "税務課", [4, 4, 3, 4, 4], by)
    _evaluate(systems["denshi"], "子育て支援課", [5, 4, 4, 4, 5], by)
    _calendar(systems, by, person("admin"))
    _exercise(systems, by)
    systems["jumin"].changes.filter(title="年次点検").update(
        told_at=datetime.combine(date(2026, 11, 16), time(9), JAPAN)
    )
