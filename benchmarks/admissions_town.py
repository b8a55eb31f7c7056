"""A made-up town for benchmarks: child care facilities along railway lines, their seats, and what families list.

The bytes of a market depend on every draw of chance here, in this order.
"""

import random
from functools import partial
from itertools import product
from typing import Any

Document = dict[str, Any]
CLASSES = (0, 1, 2, 3, 4, 5)
SEATS_PER_CLASS = {0: (2, 6), 1: (2, 9), 2: (1, 6), 3: (2, 12), 4: (0, 4), 5: (0, 3)}
LONGEST_JOINT = 300


def joint_outcomes(wishes: list[list[str]], same: str, split: str) -> list[list[str | None]]:
    """Rank what a family accepts together, from each child's own wishes and what the form says.

    ``wishes`` are lists of facilities; ``same`` is required, preferred or rank; ``partial`` is any, none or named:<i>.
    A full outcome seats every child. Order: smaller sum of wish ranks, then smaller worst rank, then the ranks in the
    order of the children; "preferred" puts outcomes at one facility before all others, "required" keeps only those.
    After the full ones come those with a place for some, fewest without a place first, as far as ``split`` allows;
    no place ranks one behind a child's last wish.
    """
    if len(wishes) == 1:
        return [[facility] for facility in wishes[0]]
    ranked: list[list[tuple[int, str | None]]] = [[*enumerate(each, 1), (len(each) + 1, None)] for each in wishes]
    found: list[tuple[tuple[int, bool, int, int, list[int]], list[str | None]]] = []
    for chosen in product(*ranked):
        ranks, facilities = [rank for rank, _ in chosen], [facility for _, facility in chosen]
        seated = [index for index, facility in enumerate(facilities) if facility is not None]
        without = len(facilities) - len(seated)
        if not seated or (without and not _may_split(seated, split)):
            continue
        together = len({facilities[index] for index in seated}) == 1
        if same == "required" and not together:
            continue
        apart = same == "preferred" and not together
        found.append(((without, apart, sum(ranks), max(ranks), ranks), facilities))
    found.sort(key=lambda one: one[0])
    return [facilities for _, facilities in found[:LONGEST_JOINT]]


def _may_split(seated: list[int], split: str) -> bool:
    if split == "none":
        return False
    return split == "any" or seated == [int(split.removeprefix("named:"))]


class Town:
    """Facilities at stations of a few lines, with classes, seats, partners and pools."""

    def __init__(self, chance: random.Random, children: int, tightness: float) -> None:
        self.chance = chance
        number = max(8, round(children / 26))
        lines = max(2, round(number**0.5 / 2))
        self.facilities: list[str] = []
        self.classes: dict[str, tuple[int, ...]] = {}
        self.place: dict[str, tuple[int, float]] = {}
        self.fame: dict[str, float] = {}
        self.partner: dict[str, str] = {}
        for index in range(number):
            name = f"N{index + 1:04d}"
            self.facilities.append(name)
            self.classes[name] = (0, 1, 2) if chance.random() < 0.4 else CLASSES
            self.place[name] = (chance.randrange(lines), chance.uniform(0, number / lines))
            self.fame[name] = chance.gauss(0, 1)
        whole = [name for name in self.facilities if len(self.classes[name]) == 6]
        for name in self.facilities:
            if len(self.classes[name]) == 3 and whole:
                self.partner[name] = min(whole, key=partial(self.far, self.place[name]))
        self.pools = self._pools(children, tightness)
        self.lines = lines

    def far(self, home: tuple[int, float], name: str) -> float:
        """Distance along the line; another line costs a change."""
        line, at = self.place[name]
        return abs(home[1] - at) + (0 if line == home[0] else 4)

    def _pools(self, children: int, tightness: float) -> list[Document]:
        pools: list[Document] = []
        total = 0
        for name in self.facilities:
            draw = self.chance.random()
            groups = [[each] for each in self.classes[name]]
            if len(self.classes[name]) == 6 and draw < 0.3:
                groups = [[0], [1], [2], [3, 4, 5]]
            elif draw < 0.45:
                groups = [[0], [1, 2], *[[each] for each in self.classes[name] if each > 2]]
            for group in groups:
                seats = sum(self.chance.randint(*SEATS_PER_CLASS[each]) for each in group)
                number = f"{name}-{''.join(map(str, group))}"
                pools.append({"id": number, "facility": name, "classes": group, "capacity": seats})
                total += seats
        wanted = round(children * tightness)
        for pool in pools:
            pool["capacity"] = round(pool["capacity"] * wanted / max(1, total))
        return pools
