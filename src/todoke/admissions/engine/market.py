"""Market 市場: an instance as integers, in flat lists that a compiler can take as arrays.

Outcomes of family *f* are numbered ``outcome_at[f]`` to ``outcome_at[f + 1]``, best first, the fallback last; the
seats that outcome *o* uses are ``use_at[o]`` to ``use_at[o + 1]``. A key is
level · 2⁵² + (2³¹ − points − bonus) · 2²⁰ + place; the smaller goes first, its last twenty bits tell the child.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from todoke.admissions.instance import Instance

PLACE_BITS = 20
PLACE_MASK = (1 << PLACE_BITS) - 1
LEVEL = 1 << 52
NOWHERE = -1
"""The pool of a seat that takes none from a pool: a child who stays where its class is in no pool."""
NOT_ALLOWED = -2


class Market(NamedTuple):
    """市場の数: what the engine's steps read; nothing of it changes."""

    outcome_at: list[int]
    use_at: list[int]
    use_pool: list[int]
    use_key: list[int]
    capacity: list[int]
    seat_at: list[int]
    family_of: list[int]
    ask_at: list[int]
    ask_key: list[int]
    ask_family: list[int]
    ask_outcome: list[int]
    rank: list[int]
    by_rank: list[int]
    singles: int
    """Families of one child have the ranks below this one."""
    longest: int


class BuiltMarket(NamedTuple):
    """市場と名前: the numbers, and what outcome and child each stands for."""

    numbers: Market
    facilities: list[tuple[str | None, ...]]
    child_at: list[int]
    """place → index of the child in the instance"""


class _Wish(NamedTuple):
    """One child's allowed facilities: facility → (pool, key); a key of a pool that is ``NOWHERE`` is never read."""

    seats: dict[str | None, tuple[int, int]]
    fallback: str | None
    last: tuple[int, int]
    """The seat of the fallback, allowed also where a directive forbids the seat that the child has."""


class _Builder:
    """Reads the families of an instance one by one into the flat lists."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        children = instance.children
        ordered = sorted(range(len(children)), key=lambda at: (children[at]["tie"], children[at]["order"]))
        self.child_at = ordered
        self.place = [0] * len(children)
        for place, at in enumerate(ordered):
            self.place[at] = place
        self.index = {child["id"]: at for at, child in enumerate(children)}
        self.pools: dict[int, dict[str, int]] = {}
        for at, pool in enumerate(instance.data["pools"]):
            for each in pool["classes"]:
                self.pools.setdefault(each, {})[pool["facility"]] = at
        self.pins = instance.pins
        self.forbidden: dict[str, set[str]] = {}
        for child, facility in instance.forbidden:
            self.forbidden.setdefault(child, set()).add(facility)
        self.outcome_at, self.use_at = [0], [0]
        self.use_pool: list[int] = []
        self.use_key: list[int] = []
        self.facilities: list[tuple[str | None, ...]] = []
        self.family_of = [0] * len(children)
        self.asks: list[list[tuple[int, int, int]]] = [[] for _ in instance.data["pools"]]

    def build(self) -> BuiltMarket:
        """Return the market."""
        best = []
        for at, family in enumerate(self.instance.families):
            first_use = len(self.use_key)
            members = [self.index[child] for child in family["children"]]
            for member in members:
                self.family_of[self.place[member]] = at
            if len(members) == 1 and family["children"][0] not in self.pins:
                self._add_single(at, members[0], family["joint_prefs"])
            else:
                self._add_several(at, members, family["joint_prefs"])
            self.outcome_at.append(len(self.use_at) - 1)
            best.append((len(members) > 1, min(self.use_key[first_use:], default=LEVEL << 4), at))
        best.sort()
        rank = [0] * len(best)
        for place, (_, _, at) in enumerate(best):
            rank[at] = place
        return BuiltMarket(self._numbers(rank, [at for _, _, at in best]), self.facilities, self.child_at)

    def _base_key(self, child: Mapping[str, Any], at: int) -> int:
        key: int = 2 * LEVEL + ((((1 << 31) - child["points"]) << PLACE_BITS) | self.place[at])
        return key

    def _add_single(self, family: int, at: int, wishes: list[list[str | None]]) -> None:
        """Add the outcomes of a family of one child without a pin; most families are."""
        child = self.instance.children[at]
        base, bonus, current = self._base_key(child, at), child.get("bonus"), child["current"]
        pools, forbidden = self.pools.get(child["class"], {}), self.forbidden.get(child["id"], ())
        use_pool, use_key, use_at, asks = self.use_pool, self.use_key, self.use_at, self.asks
        outcome = len(use_at) - 1
        seen: set[str] = set()
        for (facility,) in wishes:
            if facility is None or facility == current:
                break
            pool = pools.get(facility)
            if pool is None or facility in seen or facility in forbidden:
                continue
            seen.add(facility)
            key = base - (bonus.get(facility, 0) << PLACE_BITS) if bonus else base
            use_pool.append(pool)
            use_key.append(key)
            use_at.append(len(use_key))
            asks[pool].append((key, family, outcome))
            self.facilities.append((facility,))
            outcome += 1
        if current is not None and (pool := pools.get(current)) is not None:
            key = base - LEVEL - ((bonus.get(current, 0) if bonus else 0) << PLACE_BITS)
            use_pool.append(pool)
            use_key.append(key)
        use_at.append(len(use_key))
        self.facilities.append((current,))

    def _wish(self, at: int, named: set[str | None]) -> _Wish:
        """Return what a child may use of the facilities that its family names: with its pin, nothing else."""
        child = self.instance.children[at]
        number, current = child["id"], child["current"]
        pin = self.pins.get(number)
        pools, base, bonus = self.pools.get(child["class"], {}), self._base_key(child, at), child.get("bonus") or {}
        barred = self.forbidden.get(number, set())
        wanted = {pin} if pin is not None else {*named, current} - barred
        seats: dict[str | None, tuple[int, int]] = {}
        for facility in {*wanted, *({current} if pin is None else ())}:
            if facility is None:
                seats[None] = (NOWHERE, 0)
                continue
            level = 0 if facility == pin else 1 if facility == current else 2
            pool = pools.get(facility, NOWHERE if facility == current else NOT_ALLOWED)
            if pool != NOT_ALLOWED:
                seats[facility] = (pool, base - (2 - level) * LEVEL - (bonus.get(facility, 0) << PLACE_BITS))
        fallback = current if pin is None else pin
        return _Wish({each: seats[each] for each in seats if each in wanted}, fallback, seats[fallback])

    def _add_several(self, family: int, members: list[int], wishes: list[list[str | None]]) -> None:
        """Add the outcomes of a family of several children, or of one with a pin."""
        children, asks = self.instance.children, self.asks
        read = [self._wish(at, {each[n] for each in wishes}) for n, at in enumerate(members)]
        seats = [wish.seats.get for wish in read]
        currents = [children[at]["current"] for at in members]
        moving, fallback = any(currents), tuple([wish.fallback for wish in read])
        seen: set[tuple[str | None, ...]] = set()
        asked: set[tuple[int, int]] = {(NOWHERE, 0)}
        for each in wishes:
            outcome = tuple(each)
            if moving and None in outcome:
                outcome = tuple([current if one is None else one for one, current in zip(each, currents, strict=True)])
            if outcome == fallback:
                break
            if outcome in seen:
                continue
            seen.add(outcome)
            uses = [seat(facility) for seat, facility in zip(seats, outcome, strict=True)]
            allowed = [use for use in uses if use is not None]
            if len(allowed) < len(uses):
                continue
            number = self._add_outcome(outcome, allowed)
            for use in allowed:
                if use not in asked:
                    asked.add(use)
                    if use[0] != NOWHERE:
                        asks[use[0]].append((use[1], family, number))
        self._add_outcome(fallback, [wish.last for wish in read])

    def _add_outcome(self, outcome: tuple[str | None, ...], uses: list[tuple[int, int]]) -> int:
        """Add an outcome; its seats of one pool stand together, by key, and pools by their best key."""
        if len(uses) == 2:
            if uses[0][1] > uses[1][1]:
                uses.reverse()
        elif len(uses) > 2:
            best: dict[int, int] = {}
            for pool, key in uses:
                best[pool] = min(key, best.get(pool, key))
            uses.sort(key=lambda use: (best[use[0]], use[1]))
        for pool, key in uses:
            if pool != NOWHERE:
                self.use_pool.append(pool)
                self.use_key.append(key)
        self.use_at.append(len(self.use_key))
        self.facilities.append(outcome)
        return len(self.use_at) - 2

    def _numbers(self, rank: list[int], by_rank: list[int]) -> Market:
        sizes = [len(family["children"]) for family in self.instance.families]
        longest, singles = max(sizes, default=1), sizes.count(1)
        capacity, seat_at, ask_at = self.instance.capacities, [0], [0]
        ask_key, ask_family, ask_outcome = list[int](), list[int](), list[int]()
        for seats, asks in zip(capacity, self.asks, strict=True):
            seat_at.append(seat_at[-1] + min(seats, len(self.place)) + longest)
            asks.sort()
            for key, family, outcome in asks:
                ask_key.append(key)
                ask_family.append(family)
                ask_outcome.append(outcome)
            ask_at.append(len(ask_key))
        return Market(
            self.outcome_at, self.use_at, self.use_pool, self.use_key, capacity, seat_at, self.family_of,
            ask_at, ask_key, ask_family, ask_outcome, rank, by_rank, singles, longest,
        )  # fmt: skip


def build_market(instance: Instance) -> BuiltMarket:
    """Return the market of a sound instance."""
    return _Builder(instance).build()
