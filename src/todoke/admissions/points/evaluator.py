"""Evaluator 点数の計算: the points of each child of a household under a rule document; pure, exact, never rounded."""

from collections.abc import Callable
from fractions import Fraction

from todoke.admissions.points.rule_document import (
    DESCENDING,
    ChildPoints,
    Facts,
    FamilyFacts,
    Line,
    PointRow,
    RowGroup,
    RuleDocument,
    Tie,
    values_of,
)
from todoke.formbuilder.document.conditions import AnswersInScope, is_met

UNKNOWN = 2**31 - 1
"""The place of whoever has no answer to a tie: behind everybody who has one."""

See = Callable[[str], AnswersInScope]


def family_points(document: RuleDocument, family: FamilyFacts, *, month: int) -> dict[str, ChildPoints]:
    """Return the points of each child by its key; ``month`` is the month of entry."""
    own = {key: _own(document, family, key, month) for key in family.children}
    shared = _shared(document, [points.total for points in own.values()])
    if shared is None:
        return own
    return {
        key: ChildPoints(
            points.lines, points.total, shared.numerator, shared.denominator, points.ties, points.bonus, points.rank
        )
        for key, points in own.items()
    }


def _shared(document: RuleDocument, totals: list[int]) -> Fraction | None:
    """Return the number that all siblings share; None where each keeps its own."""
    if document.siblings == "own" or len(totals) < 2:
        return None
    return Fraction(sum(totals), len(totals)) if document.siblings == "average" else Fraction(max(totals))


def _own(document: RuleDocument, family: FamilyFacts, key: str, month: int) -> ChildPoints:
    child = family.children[key]
    around = {**family.household, **child}
    guardians = [_guardian_lines(document, {**around, **guardian}) for guardian in family.guardians]
    base, lines = _combined(document, guardians)
    adjusted = list[Line]()
    for group in document.adjustments:
        adjusted += _adjustment(group, family, around)
    total = base + sum(line.points for line in adjusted)
    return ChildPoints(
        lines=(*lines, *adjusted),
        total=total,
        numerator=total,
        denominator=1,
        ties=tuple(_place(tie, family, around, month) for tie in document.ties if not tie.uses_wish_rank),
        bonus=_bonus(document, child),
        rank=_rank(document, base),
    )


def _sight(facts: Facts) -> See:
    return lambda key: AnswersInScope(values_of(facts.get(key, "")))


def _rests_on(row: PointRow, facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple((key, facts[key]) for key in dict.fromkeys(row.when.questions()) if key in facts)


def _taken(group: RowGroup, facts: Facts) -> list[PointRow]:
    """Return the rows of a group that count."""
    met = [row for row in group.rows if is_met(row.when, _sight(facts))]
    if group.take == "all":
        return met
    if group.take == "first":
        return met[:1]
    return [max(met, key=lambda row: row.points)] if met else []


def _lines(group: RowGroup, facts: Facts, guardian: int) -> list[Line]:
    """Return the lines of a group, the last of them cut where the cap is reached."""
    found, left = list[Line](), group.cap
    for row in _taken(group, facts):
        points = row.points if left is None else min(row.points, left)
        left = None if left is None else left - points
        found.append(Line(row.id, guardian, points, _rests_on(row, facts)))
    return found


def _guardian_lines(document: RuleDocument, facts: Facts) -> list[Line]:
    return [line for group in document.base for line in _lines(group, facts, 0)]


def _combined(document: RuleDocument, guardians: list[list[Line]]) -> tuple[int, list[Line]]:
    """Return the base points of the household, and the lines of each guardian under its number."""
    sums = [sum(line.points for line in lines) for lines in guardians]
    lines = [
        Line(line.row, number, line.points, line.rests_on)
        for number, found in enumerate(guardians, 1)
        for line in found
    ]
    if len(sums) == 1:
        single = {"doubled": 2 * sums[0], "fixed": document.single_points or 0, "same": sums[0]}
        return single[document.single], lines
    if not sums:
        return 0, lines
    return (sum(sums) if document.combine == "sum" else min(sums)), lines


def _adjustment(group: RowGroup, family: FamilyFacts, around: Facts) -> list[Line]:
    if group.about != "guardian":
        return _lines(group, around, 0)
    return [
        line
        for number, guardian in enumerate(family.guardians, 1)
        for line in _lines(group, {**around, **guardian}, number)
    ]


def _place(tie: Tie, family: FamilyFacts, around: Facts, month: int) -> int:
    """Return the number by which a tie is broken; smaller goes first."""
    if tie.rows:
        sights = [{**around, **guardian} for guardian in family.guardians] or [dict(around)]
        met = (place for place, row in enumerate(tie.rows) if any(is_met(row.when, _sight(facts)) for facts in sights))
        return next(met, len(tie.rows))
    found = values_of(around.get(tie.fact_in(month), ""))
    if not found or not found[0].lstrip("-").isdecimal():
        return UNKNOWN
    return -int(found[0]) if tie.direction == DESCENDING else int(found[0])


def _bonus(document: RuleDocument, child: Facts) -> dict[str, int]:
    found = dict[str, int]()
    for row in document.facility_rows:
        for facility in values_of(child.get(row.fact, "")):
            found[facility] = found.get(facility, 0) + row.points
    return found


def _rank(document: RuleDocument, base: int) -> str:
    if not document.ranks:
        return ""
    return document.ranks[max(0, len(document.ranks) - 1 - base // document.step)]
