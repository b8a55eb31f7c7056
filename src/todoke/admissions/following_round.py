"""Following round 次の選考: the round after an earlier one 先行枠, without the families that it has placed."""

from collections.abc import Mapping
from typing import Any

from todoke.admissions.checker import check
from todoke.admissions.instance import Fault, Instance, InvalidInstance
from todoke.admissions.instance_reader import read_instance


def following_round(main: Instance, earlier: Instance, result: Mapping[str, Any], *, seats_back: bool) -> Instance:
    """Return the main round after an earlier one: a family with a child placed leaves it, one without joins unchanged.

    With ``seats_back`` the seats left over go to the pool of the same id. Raises InvalidInstance when the earlier
    result breaks a rule.
    """
    hard = check(earlier.data, result).report["hard"]
    if hard:
        raise InvalidInstance([Fault("assignment", f"前の選考の結果が規則に反しています: {hard}")])
    assignment = result["assignment"]
    current = {child["id"]: child["current"] for child in earlier.children}
    placed = {
        family["id"]
        for family in earlier.families
        if any(assignment[child] not in (None, current[child]) for child in family["children"])
    }
    families = [family for family in main.families if family["id"] not in placed]
    staying = {child for family in families for child in family["children"]}
    left = _left_over(earlier, assignment) if seats_back else {}
    return read_instance({
        **main.data,
        "pools": [{**pool, "capacity": pool["capacity"] + left.get(pool["id"], 0)} for pool in main.pools],
        "children": [child for child in main.children if child["id"] in staying],
        "families": families,
        "directives": [each for each in main.data["directives"] if each["child"] in staying],
        "earlier": {"instance": earlier.name, "sha256": earlier.sha256, "seats_back": seats_back},
    })  # fmt: skip


def _left_over(earlier: Instance, assignment: Mapping[str, str | None]) -> dict[str, int]:
    left = {pool["id"]: seats for pool, seats in zip(earlier.pools, earlier.capacities, strict=True)}
    for child in earlier.children:
        facility = assignment[child["id"]]
        pool = None if facility is None else earlier.pool_of.get((facility, child["class"]))
        if pool is not None:
            left[earlier.pools[pool]["id"]] -= 1
    return left
