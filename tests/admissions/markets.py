"""Markets for tests: the three worked examples, random small ones, and a count over every feasible result."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from todoke.admissions.placed_round import PlacedRound

EXAMPLES = Path(__file__).parent / "examples"
NAMES = ("pin_conflict", "siblings_swap", "transfer_chain")
Document = dict[str, Any]


def example(name: str) -> Document:
    """Return the instance of a worked example."""
    found: Document = json.loads((EXAMPLES / f"{name}.json").read_text())
    return found


def expected(name: str) -> Document:
    """Return what a worked example must come to."""
    found: Document = json.loads((EXAMPLES / f"{name}.expected.json").read_text())
    return found


def small_market(seed: int) -> Document:
    """Return three to five families with twins, transfers, shared pools, bonuses, pins and forbidden pairs."""
    chance = random.Random(seed)
    facilities = ["あか", "あお", "きい", "しろ"][: chance.randint(2, 4)]
    pools = list(_pools(chance, facilities))
    children: list[Document] = []
    families: list[Document] = []
    for number in range(chance.randint(3, 5)):
        size = chance.choice((1, 1, 2, 2, 3) if number < 3 else (1, 2))
        members = [_child(chance, facilities, f"F{number}", f"C{number}{at}") for at in range(size)]
        children += members
        outcomes = [list(each) for each in product(*([*child["prefs"], None] for child in members)) if any(each)]
        if chance.random() < 0.3:
            chance.shuffle(outcomes)
        if size > 1 and chance.random() < 0.4:
            outcomes = [each for each in outcomes if None not in each]
        families.append({
            "id": f"F{number}", "children": [child["id"] for child in members],
            "policy": {"same": "rank", "partial": "any"}, "joint_prefs": outcomes[:12],
        })  # fmt: skip
    for child, order in zip(children, chance.sample(range(1, 99), len(children)), strict=True):
        child["order"] = order
    offered = {(pool["facility"], each) for pool in pools for each in pool["classes"]}
    return {
        "format": "hoiku-matching/1", "name": f"small-{seed}", "classes": [0, 1], "pools": pools,
        "children": children, "families": families,
        "directives": list(_directives(chance, children, facilities, offered)),
    }  # fmt: skip


def _pools(chance: random.Random, facilities: list[str]) -> Iterator[Document]:
    for facility in facilities:
        groups = [[0, 1]] if chance.random() < 0.3 else [[each] for each in (0, 1) if chance.random() < 0.85]
        for group in groups:
            seats = chance.choice((0, 1, 1, 2))
            yield {"id": f"{facility}{group}", "facility": facility, "classes": group, "capacity": seats}


def _child(chance: random.Random, facilities: list[str], family: str, number: str) -> Document:
    current = chance.choice(facilities) if chance.random() < 0.25 else None
    wishes = [each for each in chance.sample(facilities, chance.randint(1, len(facilities))) if each != current]
    return {
        "id": number, "family": family, "class": chance.choice((0, 1)), "points": chance.randint(0, 4) * 10,
        "tie": [chance.randint(0, 1), chance.randint(0, 2)], "order": 0, "current": current, "prefs": wishes,
        "bonus": {chance.choice(facilities): chance.choice((5, 10, 25))} if chance.random() < 0.3 else {},
    }  # fmt: skip


def _directives(
    chance: random.Random, children: list[Document], facilities: list[str], offered: set[tuple[str, int]]
) -> Iterator[Document]:
    pinned, kept_out = chance.sample(children, 2)
    places = [each for each in facilities if (each, pinned["class"]) in offered]
    if places and chance.random() < 0.3:
        yield {"type": "pin", "child": pinned["id"], "facility": chance.choice(places), "reason": "例"}
    if chance.random() < 0.3:
        yield {"type": "forbid", "child": kept_out["id"], "facility": chance.choice(facilities), "reason": "例"}


class Counted(NamedTuple):
    """Every feasible result with the number of its blocking coalitions, counted straight from the definition."""

    results: list[tuple[dict[str, str | None], int]]

    @property
    def fewest(self) -> int:
        return min(count for _, count in self.results)


def counted(instance: Document) -> Counted:
    """Return all feasible results of a small market."""
    round_ = PlacedRound(instance, {"assignment": {}})
    lists = [
        [(outcome, list(_seats(round_, family, outcome))) for outcome in round_.outcomes(family)]
        for family in instance["families"]
    ]
    children = [child for family in instance["families"] for child in family["children"]]
    found = []
    for places in product(*(range(len(each)) for each in lists)):
        chosen = [each[place] for each, place in zip(lists, places, strict=True)]
        used = Counter(pool for _, seats in chosen for pool, _ in seats)
        if any(number > round_.seats[pool] for pool, number in used.items()):
            continue
        blocking = 0
        for at, (outcomes, place) in enumerate(zip(lists, places, strict=True)):
            others = [seat for number, (_, seats) in enumerate(chosen) if number != at for seat in seats]
            blocking += sum(_is_blocking(round_, others, seats) for _, seats in outcomes[:place])
        got = [facility for outcome, _ in chosen for facility in outcome]
        found.append((dict(zip(children, got, strict=True)), blocking))
    return Counted(found)


def _seats(round_: PlacedRound, family: Document, outcome: tuple[str | None, ...]) -> Iterator[tuple[str, Any]]:
    for number, facility in zip(family["children"], outcome, strict=True):
        child = round_.by_id[number]
        if facility is not None and (facility, child["class"]) in round_.pool_of:
            yield round_.pool_of[facility, child["class"]], round_.key(child, facility)


def _is_blocking(round_: PlacedRound, others: list[tuple[str, Any]], own: list[tuple[str, Any]]) -> bool:
    for pool in {pool for pool, _ in own}:
        worst = max(key for each, key in own if each == pool)
        better = sum(each == pool and key < worst for each, key in others)
        if better + sum(each == pool for each, _ in own) > round_.seats[pool]:
            return False
    return True
