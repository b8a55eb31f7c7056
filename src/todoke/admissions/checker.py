"""Checker 検算: whether a result keeps every rule, which coalitions block it, and whether its reasons are true.

With ``placed_round`` and ``explanation_check`` it needs nothing but Python itself and shares nothing with the engine;
it takes the result of any program.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from todoke.admissions.explanation_check import explanation_faults
from todoke.admissions.placed_round import Document, Outcome, PlacedRound

RESULT_FORMAT = "hoiku-matching-result/1"


class Checked(NamedTuple):
    """検算の結果: the report of the format, and every explanation that is missing, superfluous or untrue."""

    report: dict[str, Any]
    explanation_faults: list[str]


def check(instance: Document, result: Document, explanations: Document | None = None) -> Checked:
    """Return what a result is worth; ``instance`` and ``result`` are documents of the format, read without fault."""
    placed = PlacedRound(instance, result)
    hard = list(hard_violations(placed))
    blocking = [
        [family["id"], list(outcome), kind]
        for family in placed.families
        for outcome, kind in blocking_outcomes(placed, family)
    ]
    report = {
        "format": "hoiku-matching-report/1",
        "instance": instance["name"],
        "children": len(placed.children),
        "families": len(placed.families),
        "seats": sum(placed.seats.values()),
        "seats_used": sum(map(len, placed.seated.values())),
        "hard_violations": len(hard),
        "hard": hard,
        "blocking_coalitions": len(blocking),
        "blocking_families": len({family for family, _, _ in blocking}),
        "blocking_waste": sum(kind == "waste" for _, _, kind in blocking),
        "blocking_envy": sum(kind == "envy" for _, _, kind in blocking),
        "blocking": blocking,
        **_figures(instance, placed),
        "rule_version": instance.get("rule_version"),
    }
    faults = [] if explanations is None else list(explanation_faults(placed, explanations))
    return Checked(report, faults)


def hard_violations(placed: PlacedRound) -> Iterator[list[Any]]:
    """Yield ``[kind, …]`` for everything that no result may have; a family is named when none of its children is."""
    touched: set[str] = set()
    for child in placed.children:
        kind = _wrong_with(placed, child)
        if kind is not None:
            touched.add(child["family"])
            without = kind in {"missing_child", "transfer_lost_seat"}
            yield [kind, child["id"]] if without else [kind, child["id"], placed.got[child["id"]]]
    yield from (["unknown_child", number] for number in placed.got if number not in placed.by_id)
    for pool, keys in placed.keys.items():
        if len(keys) > placed.seats[pool]:
            yield ["over_capacity", pool, len(keys), placed.seats[pool]]
    for family in placed.families:
        if not placed.above(family)[1] and family["id"] not in touched:
            several = len(family["children"]) > 1
            kind = "sibling_condition_broken" if several else "not_in_family_list"
            yield [kind, family["id"], list(placed.obtained(family))]


def _wrong_with(placed: PlacedRound, child: Document) -> str | None:
    number, current = child["id"], child["current"]
    facility = placed.got.get(number)
    if number not in placed.got:
        return "missing_child"
    if number in placed.pins:
        return "pin_broken" if facility != placed.pins[number] else None
    if facility is None:
        return "transfer_lost_seat" if current is not None else None
    if facility != current and (facility, child["class"]) not in placed.pool_of:
        return "no_such_class"
    return "forbidden_pair" if facility != current and (number, facility) in placed.forbidden else None


def blocking_outcomes(placed: PlacedRound, family: Document) -> Iterator[tuple[Outcome, str]]:
    """Yield the outcomes that a family prefers and that no pool refuses it, and whether each is waste or envy."""
    above = placed.above(family)[0]
    for outcome, is_refused in zip(above, placed.refused(family, above), strict=True):
        if is_refused:
            continue
        needs = placed.needs(family, outcome)
        others = {pool: sum(seat[1] != family["id"] for seat in placed.seated[pool]) for pool in needs}
        fits = all(others[pool] + members <= placed.seats[pool] for pool, (_, members) in needs.items())
        yield outcome, "waste" if fits else "envy"


def _figures(instance: Document, placed: PlacedRound) -> dict[str, Any]:
    ranks = Counter[int]()
    new, by_class = Counter[int](), {each: [0, 0] for each in instance["classes"]}
    for child in placed.children:
        facility = placed.got.get(child["id"])
        if child["current"] is None:
            new[facility is not None] += 1
            by_class[child["class"]][0] += 1
            by_class[child["class"]][1] += facility is not None
        if facility is not None and facility != child["current"] and facility in child["prefs"]:
            ranks[child["prefs"].index(facility) + 1] += 1
    everybody, ranked = len(placed.children), ranks.total()
    several = [placed.obtained(family) for family in placed.families if len(family["children"]) > 1]
    whole = [each for each in several if None not in each]
    return {
        "new_applicants": new.total(),
        "new_placed": new[True],
        "transfers_moved": sum(
            child["current"] is not None and placed.got.get(child["id"]) not in (None, child["current"])
            for child in placed.children
        ),
        "first_choice_share_of_all": round(ranks[1] / everybody, 4) if everybody else None,
        "top3_share_of_all": round((ranks[1] + ranks[2] + ranks[3]) / everybody, 4) if everybody else None,
        "mean_rank_of_placed": round(sum(r * n for r, n in ranks.items()) / ranked, 4) if ranked else None,
        "sibling_families": len(several),
        "all_siblings_placed": len(whole),
        "of_them_same_facility": sum(len(set(each)) == 1 for each in whole),
        "partly_placed": sum(None in each and set(each) != {None} for each in several),
        "placed_by_class": {str(each): counts for each, counts in by_class.items()},
    }
