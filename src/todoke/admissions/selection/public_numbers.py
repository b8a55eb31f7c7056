"""Public numbers 公表する数字: applicants, seats, placed and lowest points of a notified round."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from todoke.admissions.models import ApplicantChild, SelectionRound
from todoke.admissions.selection.family_reasons import points_at, points_words

FEWEST = 5
"""Applicants below this are said as fewer than five."""


@dataclass(frozen=True)
class PoolNumbers:
    """募集枠の数字: a pool with its seats, first choices, placed children and lowest points, as they are published."""

    facility: str
    name: str
    seats: int
    first_choices: str
    placed: int
    lowest: str


@dataclass(frozen=True)
class ClassNumbers:
    """クラスの数字: applicants and placed children of a class."""

    name: str
    applicants: str
    placed: int


def few(number: int) -> str:
    """Return a number of applicants as it is published."""
    return f"{number:,}人" if number == 0 or number >= FEWEST else f"{FEWEST}人未満"


def _children(of: SelectionRound) -> list[ApplicantChild]:
    rows = of.children.filter(placement__isnull=False).select_related("score", "placement__facility", "current")
    return list(rows.prefetch_related("preferences"))


def _is_new(child: ApplicantChild) -> bool:
    facility = child.placement.facility_id
    return facility is not None and facility != child.current_id


def pool_numbers(of: SelectionRound) -> list[PoolNumbers]:
    """Return the numbers of every pool; the lowest points only where as many are seated as the rule version says."""
    least = of.rule_version.rules.publish_from
    placed = defaultdict[tuple[int, int], list[Fraction]](list)
    first = Counter[tuple[int, int]]()
    for child in _children(of):
        if _is_new(child) and child.placement.facility:
            facility = child.placement.facility
            placed[facility.pk, child.age_class].append(points_at(child, facility.code))
        first.update((each.facility_id, child.age_class) for each in child.preferences.all() if each.rank == 1)
    found = list[PoolNumbers]()
    for pool in of.pools.select_related("facility").prefetch_related("classes", "seat_reports"):
        keys = [(pool.facility_id, each.number) for each in pool.classes.all()]
        points = [number for key in keys for number in placed[key]]
        lowest = f"{points_words(min(points))}点" if len(points) >= least else "公表しません"
        asked = few(sum(first[key] for key in keys))
        found.append(PoolNumbers(pool.facility.name, pool.name, pool.seats or 0, asked, len(points), lowest))
    return found


def class_numbers(of: SelectionRound) -> list[ClassNumbers]:
    """Return applicants and placed children by class; those who only wished to move are not counted."""
    asked, placed = Counter[int](), Counter[int]()
    for child in _children(of):
        if child.current_id is None:
            asked[child.age_class] += 1
            placed[child.age_class] += _is_new(child)
    name = of.scheme.class_name
    return [ClassNumbers(name(number), few(asked[number]), placed[number]) for number in of.scheme.classes]
