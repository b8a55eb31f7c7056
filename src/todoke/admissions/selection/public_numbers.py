"""Public numbers 公表する数字: applicants, seats, placed and lowest points of a round, frozen when families are told.

Counts of few children are hidden, and others with them, so that no sum that is published gives them away.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from todoke.admissions.models import ApplicantChild, SelectionRound
from todoke.admissions.selection.earlier_round import returned_seats
from todoke.admissions.selection.family_reasons import points_at, points_words
from todoke.admissions.selection.round_instance import pool_key
from todoke.disclosure_control.small_cells import (
    HIDDEN_SIGN,
    LEAST,
    NotPublishable,
    Suppression,
    suppress,
    suppress_row,
)

NOT_PUBLISHED = "公表しません"


@dataclass(frozen=True)
class PoolNumbers:
    """募集枠の数字: a pool with its seats, first choices, placed children and lowest points, as they are published."""

    facility: str
    name: str
    seats: str
    first_choices: str
    placed: str
    lowest: str


@dataclass(frozen=True)
class ClassNumbers:
    """クラスの数字: applicants and placed children of a class, or of several that are too small alone."""

    name: str
    applicants: str
    placed: str


@dataclass(frozen=True)
class RoundNumbers:
    """選考の数字: everything that is published of a round."""

    pools: tuple[PoolNumbers, ...]
    classes: tuple[ClassNumbers, ...]


def published_numbers(of: SelectionRound) -> dict[str, Any]:
    """Return the numbers of a round as they are frozen."""
    return asdict(RoundNumbers(tuple(pool_numbers(of)), tuple(class_numbers(of))))


def frozen_numbers(of: SelectionRound) -> RoundNumbers:
    """Return the numbers of a notified round as they were frozen."""
    stored = of.public_numbers or {"pools": (), "classes": ()}
    pools, classes = stored["pools"], stored["classes"]
    return RoundNumbers(tuple(PoolNumbers(**each) for each in pools), tuple(ClassNumbers(**each) for each in classes))


def _children(of: SelectionRound) -> list[ApplicantChild]:
    rows = of.children.filter(placement__isnull=False).select_related("score", "placement__facility", "current")
    return list(rows.prefetch_related("preferences"))


def _is_new(child: ApplicantChild) -> bool:
    facility = child.placement.facility_id
    return facility is not None and facility != child.current_id


def _hidden(suppression: Suppression, counts: Sequence[int]) -> list[str]:
    return [
        HIDDEN_SIGN if (0, at) in suppression.hidden or suppression.small_rows else f"{number:,}人"
        for at, number in enumerate(counts)
    ]


def hidden_row(counts: Sequence[int]) -> list[str]:
    """Return counts of children whose sum may be known, as they are published; all hidden where none can be shown."""
    if not any(counts):
        return [f"{number:,}人" for number in counts]
    try:
        return _hidden(suppress_row(counts), counts)
    except NotPublishable:
        return [HIDDEN_SIGN] * len(counts)


def pool_numbers(of: SelectionRound) -> list[PoolNumbers]:
    """Return the numbers of every pool; the lowest points only beside a number that is shown, and as the rules say.

    Pools of the same classes are judged together, because their sum is the number of the class.
    """
    least = of.rule_version.rules.publish_from
    placed = defaultdict[tuple[int, int], list[Fraction]](list)
    first = Counter[tuple[int, int]]()
    for child in _children(of):
        if _is_new(child) and child.placement.facility:
            facility = child.placement.facility
            placed[facility.pk, child.age_class].append(points_at(child, facility.code))
        first.update((each.facility_id, child.age_class) for each in child.preferences.all() if each.rank == 1)
    pools = list(of.pools.select_related("facility").prefetch_related("classes", "seat_reports"))
    keys = {pool.pk: [(pool.facility_id, each.number) for each in pool.classes.all()] for pool in pools}
    points = {pool.pk: [number for key in keys[pool.pk] for number in placed[key]] for pool in pools}
    together = defaultdict[str, list[int]](list)
    for pool in pools:
        together[pool.name].append(pool.pk)
    asked, given = dict[int, str](), dict[int, str]()
    for pks in together.values():
        asked |= zip(pks, hidden_row([sum(first[key] for key in keys[pk]) for pk in pks]), strict=True)
        given |= zip(pks, hidden_row([len(points[pk]) for pk in pks]), strict=True)
    returned = returned_seats(of)
    return [
        PoolNumbers(
            pool.facility.name, pool.name, f"{(pool.seats or 0) + returned.get(pool_key(pool), 0):,}人",
            asked[pool.pk], given[pool.pk],
            f"{points_words(min(points[pool.pk]))}点"
            if given[pool.pk] != HIDDEN_SIGN and len(points[pool.pk]) >= least
            else NOT_PUBLISHED,
        )
        for pool in pools
    ]  # fmt: skip


def class_numbers(of: SelectionRound) -> list[ClassNumbers]:
    """Return applicants and placed children by class; those who only wished to move are not counted.

    Classes with fewer applicants than may be shown stand together with the next one.
    """
    asked, placed = Counter[int](), Counter[int]()
    for child in _children(of):
        if child.current_id is None:
            asked[child.age_class] += 1
            placed[child.age_class] += _is_new(child)
    groups = merged_classes([(number, asked[number]) for number in of.scheme.classes])
    rows = [
        (sum(placed[number] for number in group), sum(asked[number] - placed[number] for number in group))
        for group in groups
    ]
    try:
        hidden = suppress(rows).hidden if any(map(sum, rows)) else frozenset()
    except NotPublishable:
        hidden = frozenset((at, 0) for at, _ in enumerate(rows))
    name = of.scheme.class_name
    return [
        ClassNumbers(
            "・".join(name(number) for number in group),
            f"{sum(row):,}人" if sum(row) == 0 or sum(row) >= LEAST else HIDDEN_SIGN,
            HIDDEN_SIGN if (at, 0) in hidden else f"{row[0]:,}人",
        )
        for at, (group, row) in enumerate(zip(groups, rows, strict=True))
    ]


def merged_classes(counts: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the classes in groups of which each has no applicant or enough to be shown."""
    groups, waiting, number = list[list[int]](), list[int](), 0
    for each, count in counts:
        waiting.append(each)
        number += count
        if number == 0 or number >= LEAST:
            groups.append(waiting)
            waiting, number = [], 0
    if waiting and groups and any(count for each, count in counts if each in groups[-1]):
        groups[-1] += waiting
    elif waiting:
        groups.append(waiting)
    return groups
