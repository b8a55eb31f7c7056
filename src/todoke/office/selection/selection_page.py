"""Selection page 選考のページ: the one next step of a round, its figures, and the grid of its seats."""

from dataclasses import dataclass
from typing import Any

from todoke.admissions.models import SeatPool, SelectionRound
from todoke.admissions.models.placement_run import RunStatus
from todoke.admissions.models.selection_round import RoundStatus
from todoke.admissions.selection.earlier_round import households_to_carry, returned_seats
from todoke.admissions.selection.input_fixation import open_points
from todoke.admissions.selection.letter_sheets import parts_to_print
from todoke.admissions.selection.round_instance import pool_key
from todoke.design.templatetags.lists import SummaryListRow


@dataclass(frozen=True)
class NextStep:
    """つぎの一歩: what to do now, what it brings about, and the act or the page for it."""

    title: str
    said: str
    button: str = ""
    act: str = ""
    page: str = ""


def next_step(of: SelectionRound, still: int) -> NextStep:
    """Return the one next step of a round; ``still`` is the number of open points."""
    if of.status in {RoundStatus.PREPARED, RoundStatus.OPEN}:
        return _before_checks(of)
    if of.status == RoundStatus.CHECKED:
        if still:
            said = f"点検の指摘が{still}件あります。直すか、理由を書いて確かめると、入力を確定できます。"
            return NextStep("指摘を片づける", said, "指摘を開く", page="office:admission-points")
        said = "すべての指摘が片づいています。確定すると、席・児童・希望・点数の根拠は変えられません。"
        return NextStep("入力を確定する", said, "入力を確定する", "office:admission-fixation")
    if of.status == RoundStatus.FIXED:
        run = of.runs.filter(kind="trial", status=RunStatus.DONE, stale_at=None, inputs=of.inputs).first()
        if run is None:
            said = "いまの入力で試算します。結果は、別のプログラムで検算してから残ります。"
            return NextStep("試算する", said, "試算する", "office:admission-run-request")
        said = f"試算{run.number}ができています。数字と差を読み、採用を起案してください。"
        return NextStep("採用を起案する", said, f"試算{run.number}を開く", page="run")
    return _after_decision(of)


def _before_checks(of: SelectionRound) -> NextStep:
    if of.status == RoundStatus.PREPARED and not of.pools.exists():
        said = "施設と募集枠を入れます。表からまとめて入れることもできます。"
        return NextStep("募集枠を入れる", said, "募集枠を開く", page="office:admission-seats")
    if of.status == RoundStatus.PREPARED:
        said = "始めると抽選の種が決まり、その照合値が公表されます。"
        return NextStep("受付を始める", said, "受付を始める", "office:admission-opening")
    if of.takes_wishes:
        said = "締切を過ぎると、点検を始められます。それまでは、家庭が希望を変えられます。"
        return NextStep("締切を待つ", said, "申込児童を開く", page="office:admission-children")
    said = "締切を過ぎました。点検を始めると、家庭は希望を変えられません。"
    return NextStep("点検を始める", said, "点検を始める", "office:admission-closing")


def _after_decision(of: SelectionRound) -> NextStep:
    if of.status == RoundStatus.DECIDED_ON:
        return NextStep(
            "決裁を待つ", "決裁が終わると、内定と通知書ができます。", "決裁のページを開く", page="office:proposals"
        )
    if of.status == RoundStatus.DECIDED:
        said = (
            f"通知書が{of.placements.count()}通できています。通知すると、家庭のページに結果が出て、メールが届きます。"
        )
        return NextStep("家庭に通知する", said, "家庭に通知する", "office:admission-notification")
    if of.status == RoundStatus.ENDED:
        return NextStep("選考は終わりました", "余った席と辞退で空いた席、保留になった世帯は、次の選考に引き継げます。")
    return NextStep(
        "家庭の答えを待つ",
        "承諾と辞退は、申込児童のページで確かめられます。",
        "申込児童を開く",
        page="office:admission-children",
    )


def round_context(of: SelectionRound) -> dict[str, Any]:
    """Return the context of a round's page."""
    checked = of.status == RoundStatus.CHECKED
    still, signed = open_points(of) if checked else ([], [])
    latest = of.runs.first()
    returned = sum(returned_seats(of).values())
    return {
        "round": of,
        "step": next_step(of, len(still)),
        "states": [status.label for status in RoundStatus],
        "current": list(RoundStatus).index(RoundStatus(of.status)) + 1,
        "figures": _figures(of, len(still), len(signed), returned),
        "carried": len(households_to_carry(of)) if of.takes_input else 0,
        "runs": of.runs.select_related("requested_by")[:20],
        "latest": latest,
        "shows_points": of.takes_input and of.children.exists(),
        "print_parts": parts_to_print(of) if of.notified_at and not of.disposed_at else [],
    }


def _figures(of: SelectionRound, still: int, signed: int, returned: int) -> list[SummaryListRow]:
    seats = [pool.seats for pool in of.pools.prefetch_related("seat_reports")]
    confirmed = [number for number in seats if number is not None]
    rows = [
        SummaryListRow("申込児童", f"{of.children.applying().count():,}人"),
        SummaryListRow("募集", f"{sum(confirmed):,}人({len(seats)}枠のうち{len(confirmed)}枠を二人で確認)"),
        SummaryListRow("基準", f"第{of.rule_version.number}版({of.rule_version.basis})"),
        SummaryListRow("抽選の種の照合値", of.seed_hash or "受付を始めると決まります"),
    ]
    if of.earlier is not None:
        rows.append(SummaryListRow("先に行った選考", f"{of.earlier.title}(戻る席 {returned:,}人分)"))
    if of.status == RoundStatus.CHECKED:
        rows.append(SummaryListRow("点検", f"指摘 {still}件、確かめたもの {signed}件"))
    return rows


@dataclass(frozen=True)
class SeatCell:
    """募集枠の欄: a pool with both reports, and the seats that the earlier round gives back to it."""

    pool: SeatPool
    facility: str
    office: str
    returned: int

    @property
    def is_confirmed(self) -> bool:
        """Whether two equal reports by two people stand here."""
        return self.pool.seats is not None


def seat_grid(of: SelectionRound) -> list[tuple[str, list[SeatCell | None]]]:
    """Return facilities with their pools by class; a pool of several classes stands in each."""
    cells = dict[tuple[int, int], SeatCell]()
    names, returned = dict[int, str](), returned_seats(of)
    for pool in of.pools.select_related("facility").prefetch_related("classes", "seat_reports"):
        reports = pool.reports()
        said = {side: str(report.seats) for side, report in reports.items()}
        back = returned.get(pool_key(pool), 0)
        cell = SeatCell(pool, said.get("facility", "—"), said.get("office", "—"), back)
        names[pool.facility_id] = pool.facility.name
        for each in pool.classes.all():
            cells[pool.facility_id, each.number] = cell
    return [(name, [cells.get((pk, number)) for number in of.scheme.classes]) for pk, name in names.items()]
