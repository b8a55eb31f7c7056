"""Scores 点数の計算: the points of all children of a round, computed from their facts and kept as lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.admissions.models import (
    ApplicantChild,
    ChildScore,
    Household,
    RuleVersion,
    ScoreLine,
    ScoringFact,
    SelectionRound,
)
from todoke.admissions.models.selection_round import require_runner
from todoke.admissions.points.evaluator import family_points
from todoke.admissions.points.plain_evaluator import recount, recount_bonus
from todoke.admissions.points.rule_document import ChildPoints, Document, FamilyFacts, RuleDocument
from todoke.audit.log import record

BATCH = 500


@dataclass(frozen=True)
class Family:
    """点数を計算する世帯: a household with its applying children and what is known of them."""

    household: Household
    children: tuple[ApplicantChild, ...]
    facts: FamilyFacts


@dataclass(frozen=True)
class Counted:
    """数えた点数: the number that the selection compares, and the points that hold at one facility only."""

    points: Fraction
    bonus: Mapping[str, int]


@dataclass(frozen=True)
class Mismatch:
    """食い違い: a child for whom two of three counts differ: stored, computed, and computed by the second program."""

    child: ApplicantChild
    stored: Counted | None
    computed: Counted
    recounted: Counted


def families_of(of: SelectionRound) -> list[Family]:
    """Return the households of a round that have applying children, with their current facts."""
    children = defaultdict[int, list[ApplicantChild]](list)
    for child in of.children.applying().select_related("household", "current", "score").order_by("number"):
        children[child.household_id].append(child)
    facts = defaultdict[int, list[ScoringFact]](list)
    for fact in ScoringFact.objects.filter(household__round=of, superseded_at=None):
        facts[fact.household_id].append(fact)
    households = of.households.filter(pk__in=children.keys()).order_by("number")
    return [
        Family(each, tuple(children[each.pk]), _facts(each, children[each.pk], facts[each.pk])) for each in households
    ]


def _facts(household: Household, children: list[ApplicantChild], known: Iterable[ScoringFact]) -> FamilyFacts:
    guardians = [dict[str, str]() for _ in range(household.guardians)]
    around = {"guardian_count": str(household.guardians), "child_count": str(len(children))}
    own = {child.number: {"age_class": str(child.age_class)} for child in children}
    numbers = {child.pk: child.number for child in children}
    for fact in known:
        if fact.child_id is not None:
            if fact.child_id in numbers:
                own[numbers[fact.child_id]][fact.key] = fact.value
        elif fact.guardian == 0:
            around[fact.key] = fact.value
        elif fact.guardian <= len(guardians):
            guardians[fact.guardian - 1][fact.key] = fact.value
    return FamilyFacts(tuple(guardians), around, own)


def points_of(rules: RuleDocument, family: Family, month: int) -> dict[str, ChildPoints]:
    """Return the points of the children of a family by their application number."""
    return family_points(rules, family.facts, month=month)


@transaction.atomic
def compute_scores(of: SelectionRound, *, by: Actor) -> int:
    """点数の計算: compute all points of a round anew and keep them; return the number of children. One audit entry.

    Raises NotAllowed, Closed once the inputs are fixed.
    """
    require_runner(of.scheme, by)
    of.touch()
    families = families_of(of)
    rules = of.rule_version.rules
    ScoreLine.objects.filter(child__round=of).delete()
    ChildScore.objects.filter(child__round=of).delete()
    scores, lines = list[ChildScore](), list[ScoreLine]()
    for family in families:
        points = points_of(rules, family, of.month.month)
        for child in family.children:
            scores.append(_score(child, points[child.number], of.inputs))
            lines += _lines(child, points[child.number])
    ChildScore.objects.bulk_create(scores, batch_size=BATCH)
    ScoreLine.objects.bulk_create(lines, batch_size=BATCH)
    record(of, "点数の計算", by=by, after={"児童": len(scores), "内訳": len(lines)})
    return len(scores)


def _score(child: ApplicantChild, points: ChildPoints, inputs: int) -> ChildScore:
    return ChildScore(
        child=child, total=points.total, numerator=points.numerator, denominator=points.denominator,
        rank=points.rank, ties=list(points.ties), bonus=dict(points.bonus), inputs=inputs,
    )  # fmt: skip


def _lines(child: ApplicantChild, points: ChildPoints) -> list[ScoreLine]:
    return [
        ScoreLine(
            child=child, guardian=line.guardian, row=line.row, points=line.points,
            rests_on=[list(pair) for pair in line.rests_on],
        )
        for line in points.lines
    ]  # fmt: skip


def recounted(document: Document, family: Family) -> dict[str, Counted]:
    """Return what the second program computes for the children of a family."""
    facts = family.facts
    found = recount(document, list(facts.guardians), facts.household, facts.children)
    return {
        number: Counted(total, recount_bonus(document, facts.children[number])) for number, (total, _) in found.items()
    }


def mismatches(of: SelectionRound, families: list[Family]) -> list[Mismatch]:
    """Return the children whose stored points are missing or old, or whom the two programs count differently."""
    rules, document = of.rule_version.rules, of.rule_version.document
    found = list[Mismatch]()
    for family in families:
        points, again = points_of(rules, family, of.month.month), recounted(document, family)
        for child in family.children:
            own = points[child.number]
            computed = Counted(Fraction(own.numerator, own.denominator), dict(own.bonus))
            score = stored_score(child)
            stored = Counted(score.compared, score.bonus) if score else None
            if not stored == computed == again[child.number] or (score and score.ties != list(own.ties)):
                found.append(Mismatch(child, stored, computed, again[child.number]))
    return found


def stored_score(child: ApplicantChild) -> ChildScore | None:
    """Return the points as last computed; None before."""
    found: ChildScore | None = getattr(child, "score", None)
    return found


def row_hits(of: SelectionRound) -> dict[str, int]:
    """Return how many children each row of the rule version counts for, those of facilities too."""
    hits = defaultdict[str, set[int]](set)
    for row, child in ScoreLine.objects.filter(child__round=of).values_list("row", "child"):
        hits[row].add(child)
    facts = defaultdict[str, set[int]](set)
    known = ScoringFact.objects.filter(child__round=of, child__withdrawn_at=None, superseded_at=None)
    for key, child in known.exclude(value="").values_list("key", "child"):
        facts[key].add(child)
    at_facilities = {row.id: len(facts[row.fact]) for row in of.rule_version.rules.facility_rows}
    return {row: len(children) for row, children in hits.items()} | at_facilities


def rules_tried(version: RuleVersion, rules: RuleDocument, families: list[Family], month: int) -> dict[str, int]:
    """Return by how many points each child would differ under other rules, by application number; gainers positive."""
    differences = dict[str, int]()
    for family in families:
        before, after = points_of(version.rules, family, month), points_of(rules, family, month)
        for number, points in after.items():
            if change := points.total - before[number].total:
                differences[number] = change
    return differences
