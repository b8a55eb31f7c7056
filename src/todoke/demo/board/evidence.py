"""A study on real card counts, an invented table of waiting times, paper and open data of the fictional ward."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

from todoke.accounts.models import User
from todoke.demo.people import person
from todoke.insights.models import (
    Dashboard,
    Dataset,
    DataTable,
    SavedChart,
    Study,
    StudyPlan,
    StudyResult,
    ValidationRun,
)
from todoke.insights.tables.chart_question import ChartQuestion
from todoke.japanese.calendar import fiscal_year, today
from todoke.organization.models import Department, Post
from todoke.plans.models import CardCount, Indicator, Measure, PaperUse
from todoke.plans.paper_year import months_of
from todoke.spreadsheets.writer import xlsx_file

COUNTED = (date(2020, 10, 1), date(2020, 12, 1), date(2021, 2, 1), date(2021, 4, 1))
PAPER = {"戸籍住民課": 21_000, "税務課": 17_500, "DX推進課": 4_000, "総務課": 12_500}
FACILITIES = (
    "NO,名称,住所,緯度,経度,電話番号\r\n1,みらい区役所(架空),みらい区中央一丁目1番1号,35.66,139.78,03-0000-0000\r\n"
    "2,みらい図書館(架空) ,みらい区中央二丁目2番2号,35.6612,139.7812,０３－００００－０００１\r\n"
)


def build() -> None:
    """Create one study with its result, one shared chart, two years of paper and one published dataset."""
    clerk, team = person("clerk"), person("dx")
    _study(clerk, team)
    _chart(clerk)
    _paper(team)
    _dataset(clerk, person("chief"))


def _study(by: User, team: User) -> None:
    section = Department.objects.get(name="戸籍住民課")
    study = Study.ask(
        title="商業施設での出張申請で、カードの交付は増えたか。(埼玉県の実際の値)", department=section, by=by
    )
    study.write(
        by=by, owner=Post.objects.filter(department=section).first(),
        measure=Measure.objects.get(plan__code="dx-2025", code="card"),
        indicator=_card_indicator(), whose="和光市民", what="カードの交付率", by_when=date(2021, 4, 1),
        how_much="ほかの市町村より2ポイント大きく", intervention="商業施設での出張申請の強化",
        intervention_on=date(2021, 2, 1),
        rival="国のポイント事業の締切が近かった", when_better="区の商業施設でも行う",
        when_unclear="次の二か月をもう一度測る",
        design="difference", treated="和光市", compared="他の62市町村", before_on=COUNTED[2], after_on=COUNTED[3],
        denominator_before=date(2020, 1, 1), denominator_after=date(2020, 1, 1), smallest=Decimal(2),
        stop_rule="差が2ポイントに届かなければ、広げない",
    )  # fmt: skip
    study.submit(by=by)
    study.accept(by=team)
    StudyPlan.register(study, by=team)
    StudyResult.calculate(study, _cards(), "埼玉県の交付率.csv", by=team)


def _card_indicator() -> Indicator:
    found = Indicator.objects.filter(measure__plan__code="dx-2025", measure__code="card").order_by("pk")
    return next(each for each in found if each.is_defined)


def _cards() -> bytes:
    rows: dict[str, dict[date, float]] = {}
    for each in CardCount.objects.filter(prefecture="埼玉県", counted_on__in=COUNTED):
        rows.setdefault(each.municipality, {})[each.counted_on] = each.rate
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["単位", *COUNTED])
    writer.writerows([name, *(values.get(day, "") for day in COUNTED)] for name, values in rows.items())
    return out.getvalue().encode()


def _chart(by: User) -> None:
    section = Department.objects.get(name="戸籍住民課")
    days = [date(2026, month, day) for month in (4, 5, 6, 7, 9, 10) for day in range(1, 29, 3)]
    rows = [
        [day, desk, 9 + (day.day * 7 + n * 3) % 11 - day.month // 3, 40 + (day.day * 5) % 13]
        for day in days for n, desk in enumerate(("証明", "届出", "税証明"))
    ]  # fmt: skip
    table = DataTable.upload(
        xlsx_file(["来庁日", "窓口", "待ち時間(分)", "発券数"], rows), by=by, title="窓口の待ち時間(架空)",
        department=section,
        source="発券機の記録(架空)", as_of=date(2026, 10, 31), expires_on=today() + timedelta(days=365),
    )  # fmt: skip
    asked = ChartQuestion.read(
        {"by": "来庁日", "also": "窓口", "figure": "mean", "of": "待ち時間(分)", "drawing": "multiples"}, table.kinds
    )
    chart = SavedChart.name_it(
        table, asked, by=by, title="窓口ごとの待ち時間(架空)", definition="発券から呼出しまでの分の平均",
        denominator="発券した人", base_day="2026年4月から10月(8月は記録なし)", source="発券機の記録(架空)",
    )  # fmt: skip
    board = Dashboard.begin(title="窓口のいま(架空)", department=section, audience=Dashboard.Audience.ALL, by=by)
    board.add(chart, by=by)


def _paper(by: User) -> None:
    """Last year whole; this year to the month before last, one month of one section missing."""
    year = fiscal_year(today())
    over = [month for month in months_of(year) if month < today().replace(day=1)]
    for name, usual in PAPER.items():
        section = Department.objects.get(name=name)
        for n, month in enumerate([*months_of(year - 1), *over]):
            if name == "税務課" and month in over[-2:-1]:
                continue
            sheets = usual + (n * 700) % 2500 - (2000 if month >= date(year, 4, 1) else 0)
            PaperUse.report(
                department=section, month=month, kind=PaperUse.Kind.BOUGHT, sheets=max(0, sheets),
                source="納品書(架空)", by=by,
            )  # fmt: skip


def _dataset(clerk: User, chief: User) -> None:
    dataset = Dataset.register(
        by=clerk, slug="facilities", title="公共施設の一覧(架空)",
        description="区の施設の名前と場所です。すべて架空です。",
        department=Department.objects.get(name="戸籍住民課"), contact="戸籍住民課 03-0000-0000", keywords="施設、場所",
    )  # fmt: skip
    run = ValidationRun.check_file(dataset, FACILITIES.encode(), "131000_facilities.csv", by=clerk)
    copy = run.repair(by=clerk)
    for rule in copy.unseen:
        copy.confirm(rule, by=clerk)
    copy.approve(by=chief)
    copy.publish(by=chief)
