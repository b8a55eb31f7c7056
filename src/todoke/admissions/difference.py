"""Difference 違い: children who have another place in one result than in another, by their own wishes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

FORMAT = "todoke-admissions-difference/1"


class Side(NamedTuple):
    """比べる一方: the document of an instance and that of a result of it."""

    instance: Mapping[str, Any]
    result: Mapping[str, Any]


def rank(child: Mapping[str, Any], facility: str | None) -> int | None:
    """Return the rank of a place in a child's own wishes; to stay comes behind them, to have none last of all.

    None where it cannot be told: the facility is none of the wishes.
    """
    wishes = child["prefs"]
    if facility is None:
        return len(wishes) + 2
    if facility == child["current"]:
        return len(wishes) + 1
    return wishes.index(facility) + 1 if facility in wishes else None


def changed(before: Side, after: Side) -> dict[str, Any]:
    """Return the children who gain, who lose, who change otherwise, and those whom only one side knows."""
    known = {child["id"]: child for child in before.instance["children"]}
    first, second = before.result["assignment"], after.result["assignment"]
    found: dict[str, Any] = {"gain": [], "lose": [], "otherwise": []}
    for child in after.instance["children"]:
        number = child["id"]
        if number not in known or first.get(number) == second.get(number):
            continue
        was, now = rank(child, first.get(number)), rank(child, second.get(number))
        kind = "otherwise" if was is None or now is None or was == now else "gain" if now < was else "lose"
        found[kind].append({"child": number, "before": first.get(number), "after": second.get(number)})
    found["only_before"] = [number for number in known if number not in second]
    found["only_after"] = [number for number in second if number not in known]
    return found


def difference(before: Side, after: Side) -> dict[str, Any]:
    """Return the document of a difference between two results of the same or of like instances."""
    return {
        "format": FORMAT,
        "before": before.instance["name"],
        "after": after.instance["name"],
        **changed(before, after),
    }
