"""A synthetic market of nursery admissions 利用調整; everything is invented: no child, family or facility exists.

Families along railway lines wish for what is near and popular; many are equal, so that ties decide; siblings,
twins among them, with what their form says; transfers and rings of them; points that hold at one facility only; classes
that share seats; pins and forbidden pairs.
"""

import json
import random
from typing import NamedTuple

from benchmarks.admissions_town import CLASSES, Document, Town, joint_outcomes

SHARE = (22, 34, 17, 18, 6, 3)
PIN_REASONS = ("児童相談所の要請による入所", "医療的ケアの体制がある園への配置", "転園による安全の確保")
FORBID_REASONS = ("接触を避ける必要がある児童が在籍", "園の設備では必要な医療的ケアができない")


class Options(NamedTuple):
    """Shares of families with two children, of single children who want to move, and so on; seats per child."""

    siblings: float = 0.12
    transfers: float = 0.12
    tightness: float = 0.66
    pins: float = 0.004
    forbids: float = 0.003
    consideration: float = 0.03


class Market:
    """Families with their children, one after another, until there are as many children as asked for."""

    def __init__(self, name: str, children: int, seed: int, options: Options) -> None:
        self.chance = random.Random(f"{seed}:{children}")
        self.options, self.name = options, name
        self.town = Town(self.chance, children, options.tightness)
        self.children: list[Document] = []
        self.families: list[Document] = []
        self.directives: list[Document] = []
        self.early: set[str] = set()
        self.cells: dict[tuple[int, int], list[str]] = {}
        while len(self.children) < children:
            self._family(children - len(self.children))
        self._rings()
        self._lottery()
        self._direct()

    def _family(self, left: int) -> None:  # noqa: PLR0915 - the order of its draws is the market
        chance = self.chance
        draw = chance.random()
        number = min(left, 3 if draw < 0.015 else 2 if draw < 0.015 + self.options.siblings else 1)
        home = (chance.randrange(self.town.lines), chance.uniform(0, len(self.town.facilities) / self.town.lines))
        family = f"F{len(self.families) + 1:06d}"
        rank, adjustment = chance.choices(range(9), (5, 20, 16, 14, 12, 10, 9, 8, 6))[0], chance.randint(-3, 6)
        tie = [
            rank if chance.random() < 0.6 else chance.randrange(9),
            -chance.choices((1, 2, 3, 4), (50, 35, 12, 3))[0],
            chance.randrange(20),
        ]
        ages = chance.choices(CLASSES, SHARE, k=number)
        if number > 1 and chance.random() < 0.1:
            ages = [ages[0]] * number
        moving = number == 1 and chance.random() < self.options.transfers
        enrolled = chance.choice(self._near(home, None, 6)) if chance.random() < 0.09 else None
        ids, wishes = [], []
        for age in ages:
            child = f"C{len(self.children) + 1:06d}"
            wish = self._near(home, age, min(12, 2 + int(chance.expovariate(0.35))))
            bonus = {enrolled: 104} if enrolled in wish else {}
            if age == 3 and chance.random() < 0.3:
                partner = self.town.partner.get(chance.choice(self.town.facilities))
                if partner:
                    bonus[partner] = bonus.get(partner, 0) + 200
                    wish = [partner, *[each for each in wish if each != partner]]
            current = None
            if moving and len(wish) > 1:
                current, wish = wish[-1], wish[:-1]
            self.children.append({
                "id": child, "family": family, "class": age,
                "points": 900 - 100 * rank + 5 * adjustment + (3 if number > 1 else 0),
                "tie": tie, "order": 0, "bonus": bonus, "current": current, "prefs": wish,
            })  # fmt: skip
            ids.append(child)
            wishes.append(wish)
        same = chance.choices(("required", "preferred", "rank"), (25, 45, 30))[0] if number > 1 else "rank"
        partial = chance.choices(("any", "none", "named:0"), (50, 35, 15))[0] if number > 1 else "any"
        self.families.append({
            "id": family, "children": ids, "policy": {"same": same, "partial": partial},
            "joint_prefs": joint_outcomes(wishes, same, partial),
        })  # fmt: skip
        if chance.random() < self.options.consideration and not moving:
            self.early.add(family)

    def _near(self, home: tuple[int, float], age: int | None, number: int) -> list[str]:
        """The nearest with the class, a famous one a little nearer than it is; each family sees fame differently."""
        town = self.town
        names = [name for name in self._around(home) if age is None or age in town.classes[name]]
        names.sort(key=lambda name: town.far(home, name) - 0.9 * town.fame[name] + self.chance.gauss(0, 0.6))
        return names[: max(1, number)]

    def _around(self, home: tuple[int, float]) -> list[str]:
        key = (home[0], round(home[1]))
        if key not in self.cells:
            self.cells[key] = sorted(self.town.facilities, key=lambda name: self.town.far(home, name))[:60]
        return self.cells[key]

    def _rings(self) -> None:
        """Let some transfers of one class want the next one's seat, so that they move only together."""
        by_class: dict[int, list[Document]] = {}
        for child in self.children:
            if child["current"]:
                by_class.setdefault(child["class"], []).append(child)
        families = {family["id"]: family for family in self.families}
        for group in by_class.values():
            for start in range(0, len(group) - 2, 9):
                ring = group[start : start + self.chance.randint(2, 4)]
                if len({child["current"] for child in ring}) < len(ring):
                    continue
                for child, following in zip(ring, [*ring[1:], ring[0]], strict=True):
                    child["prefs"] = [following["current"]]
                    families[child["family"]]["joint_prefs"] = [[following["current"]]]

    def _lottery(self) -> None:
        numbers = list(range(1, len(self.children) + 1))
        self.chance.shuffle(numbers)
        for child, number in zip(self.children, numbers, strict=True):
            child["order"] = number

    def _direct(self) -> None:
        """Pins only where the seats that are promised already leave room; forbidden pairs among the wishes."""
        pool_of = {(pool["facility"], each): pool for pool in self.town.pools for each in pool["classes"]}
        left = {pool["id"]: pool["capacity"] for pool in self.town.pools}
        singles = [child for child in self.children if not child["current"] and child["family"] not in self.early]
        for child in self.chance.sample(singles, round(len(singles) * self.options.pins)):
            facility = self.chance.choice(child["prefs"])
            pool = pool_of[facility, child["class"]]
            if left[pool["id"]] > 0:
                left[pool["id"]] -= 1
                self._directive("pin", child, facility, PIN_REASONS)
        pinned = {directive["child"] for directive in self.directives}
        for child in self.chance.sample(singles, round(len(singles) * self.options.forbids)):
            if child["id"] not in pinned and len(child["prefs"]) > 1:
                self._directive("forbid", child, child["prefs"][0], FORBID_REASONS)

    def _directive(self, kind: str, child: Document, facility: str, reasons: tuple[str, ...]) -> None:
        self.directives.append({
            "type": kind, "child": child["id"], "facility": facility, "reason": self.chance.choice(reasons),
        })  # fmt: skip

    def written(self) -> Document:
        """Return the instance."""
        return {
            "format": "hoiku-matching/1", "name": self.name, "classes": list(CLASSES), "pools": self.town.pools,
            "children": self.children, "families": self.families, "directives": self.directives,
        }  # fmt: skip


def market(children: int, seed: int, options: Options | None = None) -> bytes:
    """Return the file of a market; the same numbers give the same bytes."""
    made = Market(f"synthetic-{children}-{seed}", children, seed, options or Options()).written()
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
