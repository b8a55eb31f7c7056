"""Placed round 配置済みの選考: who sits where and what each family could have had, read from the documents alone.

It belongs to the checker and shares nothing with the engine: a key is the tuple that the format describes.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
Key = tuple[int, int, int]
Outcome = tuple[str | None, ...]


class PlacedRound:
    """One round with a result: who sits where, and what each family could have had; read from the documents alone."""

    def __init__(self, instance: Document, result: Document) -> None:
        self.children: list[dict[str, Any]] = instance["children"]
        self.families: list[dict[str, Any]] = instance["families"]
        self.pools: list[dict[str, Any]] = instance["pools"]
        self.by_id = {child["id"]: child for child in self.children}
        self.got: dict[str, str | None] = result["assignment"]
        self.pins = {each["child"]: each["facility"] for each in instance["directives"] if each["type"] == "pin"}
        self.forbidden = {
            (each["child"], each["facility"]) for each in instance["directives"] if each["type"] == "forbid"
        }
        self.directed = {each["child"] for each in instance["directives"]}
        self.pool_of = {(pool["facility"], each): pool["id"] for pool in self.pools for each in pool["classes"]}
        self.seats = {pool["id"]: pool["capacity"] for pool in self.pools}
        for child in self.children:
            if child["current"] and (child["current"], child["class"]) in self.pool_of:
                self.seats[self.pool_of[child["current"], child["class"]]] += 1
        ordered = sorted(self.children, key=lambda child: (child["tie"], child["order"]))
        self.turn = {child["id"]: turn for turn, child in enumerate(ordered)}
        self.seated: dict[str, list[tuple[Key, str, str]]] = {pool["id"]: [] for pool in self.pools}
        for child in self.children:
            facility = self.got.get(child["id"])
            if facility is not None and (facility, child["class"]) in self.pool_of:
                taken = (self.key(child, facility), child["family"], child["id"])
                self.seated[self.pool_of[facility, child["class"]]].append(taken)
        self.own: dict[tuple[str, str], list[Key]] = {}
        for pool, taken_seats in self.seated.items():
            taken_seats.sort()
            for key, family, _ in taken_seats:
                self.own.setdefault((family, pool), []).append(key)
        self._above: dict[str, tuple[list[Outcome], bool]] = {}
        self.keys = {pool: [key for key, _, _ in seats] for pool, seats in self.seated.items()}

    def key(self, child: Document, facility: str) -> Key:
        """Return the priority of a child at a facility; the smaller goes first (format, rule 3)."""
        level = 0 if self.pins.get(child["id"]) == facility else 1 if child["current"] == facility else 2
        bonus = child.get("bonus")
        return level, -child["points"] - (bonus.get(facility, 0) if bonus else 0), self.turn[child["id"]]

    def may_use(self, child: Document, facility: str | None) -> bool:
        """Return whether a child may be at a facility at all: its class, its pin, no forbidden pair (rule 2)."""
        pin = self.pins.get(child["id"])
        if pin is not None and facility != pin:
            return False
        if facility is None:
            return child["current"] is None
        if (child["id"], facility) in self.forbidden:
            return False
        return facility == child["current"] or (facility, child["class"]) in self.pool_of

    def fallback(self, family: Document) -> Outcome:
        """Return where a family's children are when it gets nothing."""
        return tuple(self.pins.get(child, self.by_id[child]["current"]) for child in family["children"])

    def outcomes(self, family: Document) -> Iterator[Outcome]:
        """Yield the outcomes of a family, best first, the fallback last."""
        members = [self.by_id[child] for child in family["children"]]
        currents = [member["current"] for member in members]
        fallback, seen = self.fallback(family), set[Outcome]()
        usable: list[dict[str | None, bool]] = [{} for _ in members]
        for wish in family["joint_prefs"]:
            outcome = tuple([current if each is None else each for each, current in zip(wish, currents, strict=True)])
            if outcome == fallback:
                break
            if outcome in seen:
                continue
            seen.add(outcome)
            for member, known, facility in zip(members, usable, outcome, strict=True):
                if facility not in known:
                    known[facility] = self.may_use(member, facility)
                if not known[facility]:
                    break
            else:
                yield outcome
        yield fallback

    def obtained(self, family: Document) -> Outcome:
        return tuple([self.got.get(child) for child in family["children"]])

    def above(self, family: Document) -> tuple[list[Outcome], bool]:
        """Return the outcomes above the obtained one, and whether that is listed; if not, all but the fallback."""
        found = self._above.get(family["id"])
        if found is None:
            found = self._above[family["id"]] = self._above_obtained(family)
        return found

    def _above_obtained(self, family: Document) -> tuple[list[Outcome], bool]:
        obtained, found = self.obtained(family), list[Outcome]()
        single = len(obtained) == 1 and family["children"][0] not in self.directed
        for outcome in self._single_outcomes(family) if single else self.outcomes(family):
            if outcome == obtained:
                return found, True
            found.append(outcome)
        return found[:-1], False

    def _single_outcomes(self, family: Document) -> Iterator[Outcome]:
        """Yield the outcomes of a family of one child whom no directive concerns; the same as of any family."""
        child = self.by_id[family["children"][0]]
        current, age, pool_of = child["current"], child["class"], self.pool_of
        seen = set[Outcome]()
        for wish in family["joint_prefs"]:
            (facility,) = outcome = tuple(wish)
            if facility is None or facility == current:
                break
            if (facility, age) in pool_of and outcome not in seen:
                seen.add(outcome)
                yield outcome
        yield (current,)

    def needs(self, family: Document, outcome: Outcome) -> dict[str, tuple[Key, int]]:
        """Return pool → (key of the worst member who applies there, number of members who do), in their order."""
        found: dict[str, tuple[Key, int]] = {}
        for number, facility in zip(family["children"], outcome, strict=True):
            child = self.by_id[number]
            pool = None if facility is None else self.pool_of.get((facility, child["class"]))
            if pool is not None and facility is not None:
                worst, members = found.get(pool, ((-1, 0, 0), 0))
                found[pool] = max(worst, self.key(child, facility)), members + 1
        return found

    def better_others(self, family: str, pool: str, key: Key) -> int:
        """Return how many children of other families sit in a pool with a key better than ``key``."""
        better = bisect_left(self.keys[pool], key)
        return better - (sum(own < key for own in self.own[family, pool]) if (family, pool) in self.own else 0)

    def refuses(self, family: str, pool: str, worst: Key, members: int) -> bool:
        """Return whether a pool has no room for members of a family behind the better claims of others (rule 5)."""
        room: int = self.seats[pool] - members
        return len(self.keys[pool]) > room and self.better_others(family, pool, worst) > room

    def refused(self, family: Document, above: list[Outcome]) -> Iterator[bool]:
        """Yield for each outcome whether a pool refuses it."""
        if len(family["children"]) == 1 and family["children"][0] not in self.directed:
            yield from self._single_refused(self.by_id[family["children"][0]], above)
            return
        members = [self.by_id[child] for child in family["children"]]
        known: list[dict[str | None, tuple[str, bool]]] = [{None: ("", False)} for _ in members]
        for outcome in above:
            used, is_refused = list[str](), False
            for member, seats, facility in zip(members, known, outcome, strict=True):
                if facility not in seats:
                    seats[facility] = self._alone(family["id"], member, str(facility))
                pool, is_refused = seats[facility]
                if is_refused:
                    break
                if pool:
                    used.append(pool)
            if not is_refused and len(set(used)) < len(used):
                needs = self.needs(family, outcome)
                is_refused = any(
                    self.refuses(family["id"], pool, worst, number) for pool, (worst, number) in needs.items()
                )
            yield is_refused

    def _single_refused(self, child: Document, above: list[Outcome]) -> Iterator[bool]:
        """Yield the same for a child without brothers and sisters: the last place is taken by a better claim."""
        bonus, age, points, turn = child.get("bonus"), child["class"], child["points"], self.turn[child["id"]]
        for (facility,) in above:
            pool = self.pool_of[str(facility), age]
            seats, keys = self.seats[pool], self.keys[pool]
            if len(keys) < seats:
                yield False
            else:
                key = 2, -points - (bonus.get(facility, 0) if bonus else 0), turn
                yield seats == 0 or keys[seats - 1] < key

    def _alone(self, family: str, child: Document, facility: str) -> tuple[str, bool]:
        """Return the pool of a facility for a child and whether it refuses this child alone; no pool refuses nobody."""
        pool = self.pool_of.get((facility, child["class"]))
        return ("", False) if pool is None else (pool, self.refuses(family, pool, self.key(child, facility), 1))
