"""Plain evaluator 二つ目の計算: the points once more, read straight from the stored document by different code.

It shares nothing with ``evaluator``, ``rule_reader`` or the conditions of the forms, so that a fault of one shows as a
difference. It is short rather than fast.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Json = Mapping[str, Any]
Known = Mapping[str, str]


def recount(
    rules: Json, guardians: list[Known], household: Known, children: Mapping[str, Known]
) -> dict[str, tuple[Fraction, dict[str, int]]]:
    """Return, for each child, the number that the selection compares and the points of each row that gave some."""
    singles = {key: _single(rules, guardians, household, child) for key, child in children.items()}
    totals = [total for total, _ in singles.values()]
    how = rules.get("siblings", "own")
    if len(totals) > 1 and how == "average":
        mean = sum(totals, Fraction(0)) / len(totals)
        return {key: (mean, rows) for key, (_, rows) in singles.items()}
    if len(totals) > 1 and how == "higher":
        return {key: (max(totals), rows) for key, (_, rows) in singles.items()}
    return singles


def recount_bonus(rules: Json, child: Known) -> dict[str, int]:
    """Return the points of a child that hold at one facility only, by the number of the facility."""
    found = dict[str, int]()
    for row in rules.get("facility_rows", []):
        for facility in filter(None, child.get(row["fact"], "").split(",")):
            found[facility] = found.get(facility, 0) + int(row["points"])
    return found


def _single(rules: Json, guardians: list[Known], household: Known, child: Known) -> tuple[Fraction, dict[str, int]]:
    rows, sums = dict[str, int](), []
    for guardian in guardians:
        known = {**household, **child, **guardian}
        sums.append(sum(_group(rules, group, known, rows) for group in rules["base"]))
    total = _together(rules, sums)
    for group in rules.get("adjustments", []):
        if group["about"] == "guardian":
            for guardian in guardians:
                total += _group(rules, group, {**household, **child, **guardian}, rows)
        else:
            total += _group(rules, group, {**household, **child}, rows)
    return Fraction(total), rows


def _together(rules: Json, sums: list[int]) -> int:
    if len(sums) == 1 and rules["single"] == "doubled":
        return sums[0] + sums[0]
    if len(sums) == 1 and rules["single"] == "fixed":
        return int(rules["single_points"])
    if rules["combine"] == "lower":
        return min(sums, default=0)
    return sum(sums)


def _worth(rules: Json, row: Json) -> int:
    if rules.get("ranks") and "rank" in row:
        below = len(rules["ranks"]) - rules["ranks"].index(row["rank"]) - 1
        return int(below) * int(rules["step"])
    return int(row["points"])


def _group(rules: Json, group: Json, known: Known, rows: dict[str, int]) -> int:
    """Add the points of a group to ``rows`` and return their sum."""
    best: tuple[str, int] | None = None
    given = list[tuple[str, int]]()
    for row in group["rows"]:
        if not holds(row["when"], known):
            continue
        worth = _worth(rules, row)
        given.append((row["id"], worth))
        if best is None or (group["take"] == "highest" and worth > best[1]):
            best = (row["id"], worth)
    if group["take"] != "all":
        given = [best] if best else []
    left, total = group.get("cap"), 0
    for name, worth in given:
        counted = worth if left is None else min(worth, left - total)
        rows[name] = rows.get(name, 0) + counted
        total += counted
    return total


def holds(condition: Json, known: Known) -> bool:
    """Whether a stored condition is met by what is known. Raises KeyError for an operator that this code lacks."""
    op = condition["op"]
    if op in {"all", "any", "not"}:
        parts = [holds(part, known) for part in condition["of"]]
        return {"all": all(parts), "any": any(parts), "not": not parts[0]}[op]
    given = [part for part in known.get(condition["question"], "").split(",") if part]
    value = condition.get("value")
    numbers = [int(part) for part in given if part.lstrip("-").isdigit()]
    if op in {"at_least", "at_most"}:
        return any(number >= int(value or 0) if op == "at_least" else number <= int(value or 0) for number in numbers)
    return {
        "answered": lambda: bool(given),
        "is": lambda: value in given,
        "includes": lambda: value in given,
        "one_of": lambda: bool(set(given) & set(value or ())),
        "before": lambda: any(part < str(value) for part in given),
        "on_or_after": lambda: any(part >= str(value) for part in given),
    }[op]()
