"""Input checks 点検: what is wrong with a round's input before it is fixed; each point names its rows.

What went wrong elsewhere was rarely the computation: seats reported too few (Toyohashi, Kashiba), a rule nobody had
tried (Urayasu), a bonus left out (Koka), a paper in the wrong tray (Nishinari, Suita). Each has a check here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from todoke.admissions.models import ApplicantChild, Directive, PlacementRun
from todoke.admissions.models.seat_pool import SeatReport
from todoke.admissions.selection.application_checks import APPLICATION_CHECKS, applied_twice, papers_waiting
from todoke.admissions.selection.earlier_round import adopted_run
from todoke.admissions.selection.early_settlement import children_unsettled, is_early
from todoke.admissions.selection.joint_outcomes import MOST, outcome_count
from todoke.admissions.selection.point_checks import POINT_CHECKS, counted_differently
from todoke.admissions.selection.round_input import OpenPoint, RoundInput

Check = Callable[[RoundInput], Iterator[OpenPoint]]
SEATS, SHARE = 3, 5
"""A pool is asked about when it differs from last year by more than three seats, or by more than a fifth."""


def unconfirmed_seats(on: RoundInput) -> Iterator[OpenPoint]:
    """募集人数: pools without two equal reports by two people."""
    for pool in on.pools:
        if pool.seats is not None:
            continue
        reports = pool.reports()
        rows = tuple(
            f"{reports[side].get_side_display()}: {reports[side].seats}人"
            f"({reports[side].reported_by}、{reports[side].source})"
            if side in reports
            else f"{SeatReport.Side(side).label}: まだありません"
            for side in SeatReport.Side.values
        )
        said = f"{pool}の募集人数が、施設の報告と区の確認で一致していません。"
        yield OpenPoint("seats", str(pool.pk), said, rows, signable=False, place="seats")


def changed_seats(on: RoundInput) -> Iterator[OpenPoint]:
    """前年との違い: pools that differ much from last year, or from places less those who stay, without a reason."""
    for pool in on.pools:
        seats = pool.seats
        if seats is None or pool.reason:
            continue
        rows = list[str]()
        if pool.last_year is not None and _differs(seats, pool.last_year):
            rows.append(f"前年 {pool.last_year}人、ことし {seats}人(差 {seats - pool.last_year:+d}人)")
        if pool.places is not None and pool.staying is not None and seats != max(0, pool.places - pool.staying):
            expected = max(0, pool.places - pool.staying)
            rows.append(f"定員{pool.places}人から引き続き通う{pool.staying}人を引くと{expected}人、報告は{seats}人")
        if rows:
            said = f"{pool}の募集人数が、前年か定員から見込む人数と違います。理由を書いてください。"
            yield OpenPoint("seats_changed", str(pool.pk), said, tuple(rows), place="seats")


def _differs(seats: int, last_year: int) -> bool:
    apart = abs(seats - last_year)
    return apart > SEATS or apart * SHARE > last_year


def classes_without_pool(on: RoundInput) -> Iterator[OpenPoint]:
    """枠のないクラス: classes with applicants of which no facility has a pool, and wishes that nobody can meet."""
    applicants = defaultdict[int, list[ApplicantChild]](list)
    for child in on.children:
        applicants[child.age_class].append(child)
    offered = {number for _, number in on.offered}
    for number, children in sorted(applicants.items()):
        if number not in offered:
            said = f"{on.round.scheme.class_name(number)}の申込みがあるのに、募集枠がどの施設にもありません。"
            rows = tuple(on.named(child) for child in children)
            yield OpenPoint("class_without_pool", str(number), said, rows, place="seats")
    for child in on.children:
        wishes = [each.facility for each in child.preferences.all()]
        missing = [each.name for each in wishes if (each.pk, child.age_class) not in on.offered]
        if child.age_class in offered and wishes and len(missing) == len(wishes):
            said = f"{on.named(child)}の希望する施設のどこにも、そのクラスの募集枠がありません。"
            yield OpenPoint("no_wish_offered", child.number, said, tuple(missing), place="children")


def wishes_missing(on: RoundInput) -> Iterator[OpenPoint]:
    """希望: children without wishes, with gaps in the ranks, or families with too many combinations."""
    for child in on.children:
        ranks = [each.rank for each in child.preferences.all()]
        if not ranks:
            yield OpenPoint("wishes", child.number, f"{on.named(child)}の希望が一つもありません。", place="children")
        elif ranks != list(range(1, len(ranks) + 1)):
            said = f"{on.named(child)}の希望順位が続いていません。"
            rows = tuple(f"第{rank}希望" for rank in ranks)
            yield OpenPoint("wish_ranks", child.number, said, rows, signable=False, place="children")
    wished = {child.number: [each.facility.code for each in child.preferences.all()] for child in on.children}
    for family in on.families:
        count = outcome_count([wished[child.number] for child in family.children])
        if count > MOST:
            said = f"{family.household}の、きょうだいの希望の組合せが{count:,}通りあり、多すぎます。"
            rows = tuple(on.named(child) for child in family.children)
            yield OpenPoint("combinations", family.household.number, said, rows, signable=False, place="children")


def impossible_directives(on: RoundInput) -> Iterator[OpenPoint]:
    """指示: pins that cannot hold or exceed the seats, siblings whom a pin separates, what is unapproved."""
    pins = [each for each in on.directives if each.kind == Directive.Kind.PIN]
    for each in on.directives:
        if each.approved_at is None:
            said = f"{on.named(each.child)}の指示は、まだ承認されていません。"
            yield OpenPoint("directive_unapproved", str(each.pk), said, signable=False, place="directives")
    for each in pins:
        if (each.facility_id, each.child.age_class) not in on.offered:
            said = f"{on.named(each.child)}の指定先に、そのクラスの募集枠がありません。"
            yield OpenPoint("pin_impossible", str(each.pk), said, (str(each.facility),), False, "directives")
    pinned = defaultdict[tuple[int, int], list[ApplicantChild]](list)
    for each in pins:
        pinned[each.facility_id, each.child.age_class].append(each.child)
    for pool in on.pools:
        keys = [(pool.facility_id, each.number) for each in pool.classes.all()]
        there = [child for key in keys for child in pinned[key]]
        if pool.seats is not None and len(there) > pool.seats:
            said = f"{pool}は{pool.seats}人なのに、指定された児童が{len(there)}人います。"
            rows = tuple(on.named(child) for child in there)
            yield OpenPoint("pins_too_many", str(pool.pk), said, rows, signable=False, place="directives")
    yield from _separated(on, pins)


def _separated(on: RoundInput, pins: list[Directive]) -> Iterator[OpenPoint]:
    at = {each.child_id: each.facility for each in pins}
    for family in on.families:
        home = family.household
        kept = [child for child in family.children if child.pk in at]
        if home.same == home.Same.RANK or not kept or len(family.children) == 1:
            continue
        facility = at[kept[0].pk]
        others = [child for child in family.children if (facility.pk, child.age_class) not in on.offered]
        if others or len({at[child.pk].pk for child in kept}) > 1:
            said = f"{home}は同じ施設を希望していますが、指定によりきょうだいが分かれます。"
            rows = tuple(on.named(child) for child in family.children)
            yield OpenPoint("pin_separates", home.number, said, rows, place="directives")


def earlier_undecided(on: RoundInput) -> Iterator[OpenPoint]:
    """先に行う選考: an earlier round that was not decided: whom it places and what it leaves is not known."""
    if on.round.earlier is not None and adopted_run(on.round.earlier) is None:
        said = f"先に行う選考({on.round.earlier.title})が、まだ決定していません。決定してから確定してください。"
        yield OpenPoint("earlier", str(on.round.earlier.pk), said, signable=False, place="earlier")


def replay_missing(on: RoundInput) -> Iterator[OpenPoint]:
    """前年の再現: last year's round was not replayed, or differences from its official list stand without a cause."""
    if on.round.last_year is None:
        said = "前年の選考が登録されていないため、前年の結果を再現していません。確かめた方法を書いてください。"
        yield OpenPoint("replay", "none", said, place="replay")
        return
    run = (
        PlacementRun.objects.filter(round=on.round.last_year, kind="replay", status="done").order_by("-number").first()
    )
    if run is None:
        yield OpenPoint("replay", "missing", "前年の選考を、まだこのプログラムで再現していません。", place="replay")
        return
    rows = tuple(str(each.child) for each in run.replay_differences.filter(cause="").select_related("child"))
    if rows:
        said = f"前年の結果との違いのうち、理由のわからないものが{len(rows)}件あります。"
        yield OpenPoint("replay", "unexplained", said, rows, signable=False, place="replay")


CHECKS: tuple[Check, ...] = (
    unconfirmed_seats, changed_seats, classes_without_pool, *APPLICATION_CHECKS, wishes_missing, *POINT_CHECKS,
    impossible_directives, earlier_undecided, replay_missing,
)  # fmt: skip
EARLY_CHECKS: tuple[Check, ...] = (
    unconfirmed_seats, papers_waiting, applied_twice, counted_differently, impossible_directives, children_unsettled,
)  # fmt: skip
"""What a round is asked that people settle: nothing that only a selection by points needs."""


def all_points(on: RoundInput) -> list[OpenPoint]:
    """Return every point that the checks find, whether signed away or not."""
    checks = EARLY_CHECKS if is_early(on.round) else CHECKS
    return [point for check in checks for point in check(on)]
