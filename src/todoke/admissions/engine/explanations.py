"""Explanations 理由: why a child is not at each facility that it prefers to what it has (format, section 5)."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from todoke.admissions.engine.deferred_acceptance import State, is_open, own_before
from todoke.admissions.engine.market import LEVEL, PLACE_BITS, PLACE_MASK, BuiltMarket
from todoke.admissions.instance import Instance

Record = dict[str, Any]


class Explainer:
    """Reads the reasons off a settled state; it changes nothing."""

    def __init__(self, instance: Instance, built: BuiltMarket, state: State) -> None:
        self.instance, self.built, self.market, self.state = instance, built, built.numbers, state
        self.pools: dict[int, dict[str, int]] = {}
        for (facility, each), pool in instance.pool_of.items():
            self.pools.setdefault(each, {})[facility] = pool
        self.place = [0] * len(built.child_at)
        for place, at in enumerate(built.child_at):
            self.place[at] = place
        self.directed = {each["child"] for each in instance.data["directives"]}
        self.there: dict[int, dict[tuple[int, str], list[int]]] = {}

    def records(self) -> Iterator[Record]:
        """Yield one record for every child and every wish above what it has, in the order of the instance."""
        members = {child: at for family in self.instance.families for at, child in enumerate(family["children"])}
        present, facilities, family_of = self.state.present, self.built.facilities, self.market.family_of
        for at, child in enumerate(self.instance.children):
            place = self.place[at]
            family, member = family_of[place], members[child["id"]]
            obtained = facilities[present[family]]
            got, wishes = obtained[member], child["prefs"]
            if got is not None and got != child["current"] and got in wishes:
                wishes = wishes[: wishes.index(got)]
            if not wishes:
                continue
            key = 2 * LEVEL + ((((1 << 31) - child["points"]) << PLACE_BITS) | place)
            bonus, pools, number = child.get("bonus"), self.pools.get(child["class"], {}), child["id"]
            alone = len(obtained) == 1 and number not in self.directed and not self.state.aside[family]
            for facility in dict.fromkeys(wishes):
                if facility == got:
                    continue
                pool = pools.get(facility, -1)
                own = key - (bonus[facility] << PLACE_BITS) if bonus and facility in bonus else key
                if facility == child["current"]:
                    own -= LEVEL
                record = {"child": number, "facility": facility}
                cutoff = self._plain_cutoff(pool, own) if alone and pool >= 0 else 0
                if cutoff and self._is_listed(family, facility):
                    record["code"] = "full"
                    record["cutoff_child"] = self.instance.children[self.built.child_at[cutoff & PLACE_MASK]]["id"]
                    record["decided_by"] = self._decided_by(own, cutoff)
                else:
                    record |= self._reason(family, member, child, facility, pool, own)
                yield record

    def _plain_cutoff(self, pool: int, key: int) -> int:
        """Return the key at the last place of a pool when it is better; for a child without brothers and sisters."""
        seats = self.market.capacity[pool]
        if seats == 0 or self.state.seated[pool] < seats:
            return 0
        last = self.state.seats[self.market.seat_at[pool] + seats - 1]
        return last if last < key else 0

    def _is_listed(self, family: int, facility: str) -> bool:
        outcomes = range(self.market.outcome_at[family], self.state.present[family])
        facilities = self.built.facilities
        return any(facilities[outcome][0] == facility for outcome in outcomes)

    def _reason(self, family: int, member: int, child: Record, facility: str, pool: int, key: int) -> Record:
        """Return code and fields: the first that applies."""
        if (child["id"], facility) in self.instance.forbidden:
            return {"code": "forbidden"}
        if child["id"] in self.instance.pins:
            return {"code": "pinned"}
        if pool < 0:
            return {"code": "not_offered"}
        there = self._outcomes_with(family).get((member, facility))
        if there is None:
            return {"code": "family_order"}
        seats, low = self.market.capacity[pool], self.market.seat_at[pool]
        better = bisect_left(self.state.seats, key, low, low + self.state.seated[pool]) - low
        if better - own_before(self.market, self.state, family, pool, key) >= seats:
            return self._full(family, pool, key)
        if self.state.aside[family] and any(is_open(self.market, self.state, family, each) for each in there):
            return {"code": "blocking"}
        return {"code": "sibling", **self._refusing(family, there[0])}

    def _outcomes_with(self, family: int) -> dict[tuple[int, str], list[int]]:
        """Return (member, facility) → the outcomes above the present one in which the member is there."""
        found = self.there.get(family)
        if found is None:
            found = self.there[family] = {}
            for outcome in range(self.market.outcome_at[family], self.state.present[family]):
                for member, facility in enumerate(self.built.facilities[outcome]):
                    if facility is not None:
                        found.setdefault((member, facility), []).append(outcome)
        return found

    def _full(self, family: int, pool: int, key: int) -> Record:
        left, at = self.market.capacity[pool], self.market.seat_at[pool]
        if left == 0:
            return {"code": "full", "cutoff_child": None, "decided_by": "no_vacancy"}
        while True:
            last = self.state.seats[at]
            left -= self.market.family_of[last & PLACE_MASK] != family
            if left == 0:
                break
            at += 1
        other = self.instance.children[self.built.child_at[last & PLACE_MASK]]
        return {"code": "full", "cutoff_child": other["id"], "decided_by": self._decided_by(key, last)}

    def _decided_by(self, key: int, last: int) -> str:
        if key >> PLACE_BITS != last >> PLACE_BITS:
            return "points" if key // LEVEL == last // LEVEL else "pin_or_enrolled"
        children, child_at = self.instance.children, self.built.child_at
        mine, theirs = (children[child_at[each & PLACE_MASK]]["tie"] for each in (key, last))
        return next((f"tie{at}" for at, (a, b) in enumerate(zip(mine, theirs, strict=True), 1) if a != b), "order")

    def _refusing(self, family: int, outcome: int) -> Record:
        """Return the worst own member in the first pool, in the order of the children, that refuses an outcome."""
        uses = range(self.market.use_at[outcome], self.market.use_at[outcome + 1])
        wanted = dict[int, list[int]]()
        for use in uses:
            wanted.setdefault(self.market.use_pool[use], []).append(self.market.use_key[use])
        pair = zip(self.instance.families[family]["children"], self.built.facilities[outcome], strict=True)
        for number, facility in pair:
            pool = self.pools.get(self.instance.child[number]["class"], {}).get(facility or "", -1)
            if pool in wanted and self._refuses(family, pool, wanted[pool]):
                worst = max(wanted[pool])
                child = self.instance.children[self.built.child_at[worst & PLACE_MASK]]
                return {"sibling": child["id"], "sibling_facility": facility}
        return {}

    def _refuses(self, family: int, pool: int, keys: list[int]) -> bool:
        worst, low = max(keys), self.market.seat_at[pool]
        better = bisect_left(self.state.seats, worst, low, low + self.state.seated[pool]) - low
        own = own_before(self.market, self.state, family, pool, worst)
        return better - own + len(keys) > self.market.capacity[pool]
