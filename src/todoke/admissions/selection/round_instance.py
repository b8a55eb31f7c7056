"""Round instance 選考の入力: a round's rows as one document of the exchange format, equal rows giving equal bytes."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable
from math import lcm
from typing import Any

from todoke.admissions.models import ApplicantChild, ChildScore, Directive, Household, SeatPool, SelectionRound
from todoke.admissions.models.household import MOST_WISHES
from todoke.admissions.points.rule_document import RuleDocument
from todoke.admissions.selection.earlier_round import after_earlier
from todoke.admissions.selection.early_settlement import is_early
from todoke.admissions.selection.joint_outcomes import joint_outcomes
from todoke.runtime.refusals import NotYet

FORMAT = "hoiku-matching/1"


def lottery_order(seed: str, scheme: str, numbers: Iterable[str]) -> dict[str, int]:
    """Return the lottery number of each child, from 1: the order of HMAC-SHA256(seed, scheme and number)."""
    drawn = sorted((_drawn(seed, scheme, number), number) for number in numbers)
    return {number: order for order, (_, number) in enumerate(drawn, 1)}


def _drawn(seed: str, scheme: str, number: str) -> str:
    return hmac.new(seed.encode(), f"{scheme}/{number}".encode(), hashlib.sha256).hexdigest()


def pool_key(pool: SeatPool) -> str:
    """Return the id of a pool in the document, the same in every round of a scheme."""
    return f"{pool.facility.code}-{'+'.join(str(each.number) for each in pool.classes.all())}"


def instance_name(of: SelectionRound) -> str:
    """Return the name of a round in the document."""
    return f"{of.scheme.code}-{of.month:%Y-%m}-{of.kind}-{of.number}"


def instance_of(of: SelectionRound) -> dict[str, Any]:
    """Return the document of a round, after its earlier round where there is one.

    Raises NotYet where seats are unconfirmed or points not computed, InvalidInstance as ``after_earlier`` does.
    """
    return after_earlier(of, _own_document(of))


def _own_document(of: SelectionRound) -> dict[str, Any]:
    children = list(
        of.children.applying()
        .select_related("household", "current", "score")
        .prefetch_related("preferences__facility")
        .order_by("number")
    )
    unscored = [child.number for child in children if not hasattr(child, "score")]
    if unscored:
        raise NotYet(f"点数のない児童がいます({'、'.join(unscored[:5])})。点数を計算してから試算してください。")
    rules = of.rule_version.rules
    scale = _scale(rules, [child.score for child in children])
    orders = lottery_order(of.clear_seed(), of.scheme.code, (child.number for child in children))
    made = [_child(child, rules, scale, orders[child.number]) for child in children]
    families = _families(children)
    if is_early(of):
        made = [{**child, "prefs": []} for child in made]
        families = [{**family, "joint_prefs": []} for family in families]
    return {
        "format": FORMAT,
        "name": instance_name(of),
        "classes": list(of.scheme.classes),
        "pools": _pools(of),
        "children": made,
        "families": families,
        "directives": [
            {"type": each.kind, "child": each.child.number, "facility": each.facility.code, "reason": each.reason}
            for each in Directive.objects.binding()
            .filter(round=of, child__withdrawn_at=None)
            .select_related("child", "facility")
            .order_by("pk")
        ],
    }


def _pools(of: SelectionRound) -> list[dict[str, Any]]:
    found = list[dict[str, Any]]()
    for pool in of.pools.select_related("facility").prefetch_related("classes", "seat_reports"):
        seats = pool.seats
        if seats is None:
            raise NotYet(f"募集人数が二人の報告で一致していない枠があります({pool})。一致させてから試算してください。")
        classes = [each.number for each in pool.classes.all()]
        found.append({"id": pool_key(pool), "facility": pool.facility.code, "classes": classes, "capacity": seats})
    return found


def _wish_rank_first(rules: RuleDocument) -> bool:
    return bool(rules.ties) and rules.ties[0].uses_wish_rank


def _scale(rules: RuleDocument, scores: list[ChildScore]) -> int:
    """Return by what all points are multiplied: exact for averages, with room for wish ranks below one point."""
    exact = lcm(*(score.denominator for score in scores)) if scores else 1
    return exact * (MOST_WISHES + 1) if _wish_rank_first(rules) else exact


def points_scale(of: SelectionRound) -> int:
    """Return by what the points of a round are multiplied in its document."""
    scores = list(ChildScore.objects.filter(child__round=of, child__withdrawn_at=None))
    return _scale(of.rule_version.rules, scores)


def _child(child: ApplicantChild, rules: RuleDocument, scale: int, order: int) -> dict[str, Any]:
    score = child.score
    wishes = [each.facility.code for each in child.preferences.all()]
    current = child.current.code if child.current else None
    bonus = {facility: points * scale for facility, points in sorted(score.bonus.items())}
    if _wish_rank_first(rules):
        for rank, facility in enumerate(wishes, 1):
            bonus[facility] = bonus.get(facility, 0) + MOST_WISHES + 1 - rank
    return {
        "id": child.number,
        "family": child.household.number,
        "class": child.age_class,
        "points": score.numerator * scale // score.denominator,
        "tie": score.ties,
        "order": order,
        "bonus": bonus,
        "current": current,
        "prefs": [facility for facility in wishes if facility != current],
    }


def _families(children: list[ApplicantChild]) -> list[dict[str, Any]]:
    members = defaultdict[str, list[ApplicantChild]](list)
    homes = dict[str, Household]()
    for child in children:
        members[child.household.number].append(child)
        homes[child.household.number] = child.household
    return [_family(homes[number], members[number]) for number in sorted(members)]


def family_wishes(members: list[ApplicantChild]) -> list[list[str]]:
    """Return the wishes of each child of a family by facility code, without where it is enrolled."""
    return [
        [each.facility.code for each in child.preferences.all() if each.facility_id != child.current_id]
        for child in members
    ]


def _family(home: Household, members: list[ApplicantChild]) -> dict[str, Any]:
    numbers = [child.number for child in members]
    partial = home.partial
    if partial == Household.Partial.NAMED:
        partial = f"named:{numbers.index(home.named)}" if home.named in numbers else Household.Partial.ANY
    outcomes = joint_outcomes(family_wishes(members), same=home.same, partial=partial)
    return {
        "id": home.number,
        "children": numbers,
        "policy": {"same": home.same, "partial": partial},
        "joint_prefs": [list(outcome) for outcome in outcomes],
    }
