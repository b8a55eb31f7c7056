"""Following round 次の選考: the round after an earlier one, without the families that it has placed."""

from collections.abc import Collection, Mapping
from typing import Any

from todoke.admissions.checker import check
from todoke.admissions.instance import Fault, Instance, InvalidInstance
from todoke.admissions.instance_reader import read_instance


def following_round(
    main: Mapping[str, Any],
    earlier: Instance,
    result: Mapping[str, Any],
    *,
    seats_back: bool,
    declined: Collection[str] = (),
) -> Instance:
    """Return the main round after an earlier one: a family with a child placed leaves it, one without joins unchanged.

    With ``seats_back`` the seats left over go to the pool of the same id; a child who ``declined`` has no place and
    leaves its seat. Raises InvalidInstance when the earlier result breaks a rule.
    """
    hard = check(earlier.data, result).report["hard"]
    if hard:
        raise InvalidInstance([Fault("assignment", f"前の選考の結果が規則に反しています: {hard}")])
    current = {child["id"]: child["current"] for child in earlier.children}
    kept = {child: current[child] if child in declined else place for child, place in result["assignment"].items()}
    placed = {
        family["id"]
        for family in earlier.families
        if any(kept[child] not in (None, current[child]) for child in family["children"])
    }
    families = [family for family in main["families"] if family["id"] not in placed]
    staying = {child for family in families for child in family["children"]}
    left = seats_left(earlier, kept) if seats_back else {}
    return read_instance({
        **main,
        "pools": [{**pool, "capacity": pool["capacity"] + left.get(pool["id"], 0)} for pool in main["pools"]],
        "children": [child for child in main["children"] if child["id"] in staying],
        "families": families,
        "directives": [each for each in main["directives"] if each["child"] in staying],
        "earlier": {"instance": earlier.name, "sha256": earlier.sha256, "seats_back": seats_back},
    })  # fmt: skip


def seats_left(earlier: Instance, assignment: Mapping[str, str | None]) -> dict[str, int]:
    """Return by pool how many seats nobody has, those that transfers have left among them."""
    left = {pool["id"]: seats for pool, seats in zip(earlier.pools, earlier.capacities, strict=True)}
    for child in earlier.children:
        facility = assignment[child["id"]]
        pool = None if facility is None else earlier.pool_of.get((facility, child["class"]))
        if pool is not None:
            left[earlier.pools[pool]["id"]] -= 1
    return left
