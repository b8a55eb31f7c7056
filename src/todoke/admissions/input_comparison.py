"""Input comparison 入力の突合: an instance beside what was reported, counted or filed, and last year's.

For files of any program; the rounds of the installation have their own checks before the input is fixed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from todoke.admissions.instance import Instance

MOST_SEATS, MOST_SHARE = 3, 0.2
"""A pool may differ from last year by so many seats and by that share without a reason."""
BONUS_SHARE = 0.5
"""The share of children with points at one facility may change by half before it is asked about."""


class Evidence(NamedTuple):
    """突き合わせるもの: all optional; seats by pool, points and bonus by child, wishes as they were filed last."""

    last_year: Instance | None = None
    seats: Mapping[str, int] = {}
    points: Mapping[str, int] = {}
    bonus: Mapping[str, Mapping[str, int]] = {}
    wishes: Mapping[str, list[str]] = {}


class Doubt(NamedTuple):
    """確かめること: a kind, a sentence for staff, and the pools or children that it is about."""

    kind: str
    said: str
    rows: tuple[str, ...]


def doubts(instance: Instance, evidence: Evidence) -> Iterator[Doubt]:
    """Yield what must be looked at before the input is fixed."""
    yield from _seats(instance, evidence)
    yield from _points(instance, evidence)
    yield from _applications(instance, evidence)
    yield from _wishes(instance)


def _doubt(kind: str, said: str, rows: list[str]) -> Iterator[Doubt]:
    if rows:
        shown = f"{'、'.join(rows[:10])}{'ほか' if len(rows) > 10 else ''}"
        yield Doubt(kind, f"{said}: {shown}({len(rows)}件)。", tuple(rows))


def _seats(instance: Instance, evidence: Evidence) -> Iterator[Doubt]:
    seats = {pool["id"]: pool["capacity"] for pool in instance.pools}
    reported = [pool for pool, number in evidence.seats.items() if seats.get(pool) != number]
    yield from _doubt("seats_reported", "募集数が施設の報告と違う募集枠があります", reported)
    if evidence.last_year is not None:
        before = {pool["id"]: pool["capacity"] for pool in evidence.last_year.pools}
        changed = [
            pool
            for pool, number in before.items()
            if abs(seats.get(pool, 0) - number) > MOST_SEATS or abs(seats.get(pool, 0) - number) > MOST_SHARE * number
        ]
        yield from _doubt("seats_changed", "募集数が前年と大きく違う募集枠があります", changed)
    applied = {child["class"] for child in instance.children}
    offered = {each for pool in instance.pools for each in pool["classes"]}
    without = [f"{each}" for each in sorted(applied - offered)]
    yield from _doubt("no_pool", "申込みがあるのに募集枠のないクラスがあります", without)


def _points(instance: Instance, evidence: Evidence) -> Iterator[Doubt]:
    known = instance.child
    counted = [each for each, points in evidence.points.items() if each in known and known[each]["points"] != points]
    yield from _doubt("points", "点数が、別に数えた点数と違う児童がいます", counted)
    given = {number: dict(child.get("bonus") or {}) for number, child in known.items()}
    bonus = [each for each, found in evidence.bonus.items() if each in given and given[each] != found]
    yield from _doubt("bonus", "施設ごとの加点が、別に数えたものと違う児童がいます", bonus)
    if evidence.last_year is not None:
        now, before = _bonus_share(instance), _bonus_share(evidence.last_year)
        if abs(now - before) > BONUS_SHARE * before:
            yield Doubt(
                "bonus_share", f"施設ごとの加点がある児童の割合が、前年の{before:.1%}から{now:.1%}に変わりました。", ()
            )


def _bonus_share(instance: Instance) -> float:
    return sum(bool(child.get("bonus")) for child in instance.children) / max(1, len(instance.children))


def _applications(instance: Instance, evidence: Evidence) -> Iterator[Doubt]:
    known = instance.child
    missing = [child for child in evidence.wishes if child not in known]
    yield from _doubt("missing", "受け付けた申込みが入力にありません", missing)
    changed = [child for child, prefs in evidence.wishes.items() if child in known and known[child]["prefs"] != prefs]
    yield from _doubt("wishes_filed", "最後に届いた希望と違う児童がいます", changed)


def _wishes(instance: Instance) -> Iterator[Doubt]:
    prefs = [(child["id"], child["prefs"]) for child in instance.children]
    yield from _doubt("no_wish", "希望のない児童がいます", [child for child, each in prefs if not each])
    yield from _doubt(
        "wish_twice", "同じ希望が二度ある児童がいます", [child for child, each in prefs if len(set(each)) < len(each)]
    )
    apart = [
        family["id"]
        for family in instance.families
        if len(family["children"]) > 1
        and any(child in instance.pins for child in family["children"])
        and not any(_keeps_pins(instance, family, wish) for wish in family["joint_prefs"])
    ]
    yield from _doubt("pin_parts", "指定のために、きょうだいの希望がどれもかなわない世帯があります", apart)


def _keeps_pins(instance: Instance, family: Mapping[str, Any], wish: list[str | None]) -> bool:
    pairs = zip(family["children"], wish, strict=True)
    return all(instance.pins.get(child, facility) == facility for child, facility in pairs)
