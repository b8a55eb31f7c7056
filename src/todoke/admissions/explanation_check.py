"""Explanation check 理由の検算: the reason that is true for each child and wish, beside the one that was given."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from todoke.admissions.placed_round import Document, Key, Outcome, PlacedRound

EXPLANATIONS_FORMAT = "hoiku-matching-explanations/1"
_COMPARED = ("code", "decided_by", "cutoff_child", "sibling", "sibling_facility")


def expected_explanations(placed: PlacedRound) -> Iterator[dict[str, Any]]:
    """Yield the record that is true for every child and every wish above what it has, in the order of the instance."""
    family_of = {family["id"]: family for family in placed.families}
    for child in placed.children:
        family = family_of[child["family"]]
        got, current, wishes = placed.got.get(child["id"]), child["current"], dict.fromkeys(child["prefs"])
        if got in wishes and got != current:
            wishes = dict.fromkeys(child["prefs"][: child["prefs"].index(got)])
        for facility in wishes:
            if facility != got:
                yield {"child": child["id"], "facility": facility, **_reason(placed, family, child, facility)}


def _reason(placed: PlacedRound, family: Document, child: Document, facility: str) -> dict[str, Any]:
    """Return code and fields of one explanation: the first that applies (format, section 5)."""
    if (child["id"], facility) in placed.forbidden:
        return {"code": "forbidden"}
    if child["id"] in placed.pins:
        return {"code": "pinned"}
    pool = placed.pool_of.get((facility, child["class"]))
    if pool is None:
        return {"code": "not_offered"}
    member = family["children"].index(child["id"])
    there = [outcome for outcome in placed.above(family)[0] if outcome[member] == facility]
    if not there:
        return {"code": "family_order"}
    key, seats = placed.key(child, facility), placed.seats[pool]
    if len(placed.keys[pool]) >= seats and placed.better_others(family["id"], pool, key) >= seats:
        return _full(placed, family, child, key, pool)
    refusing = [_first_refusal(placed, family, outcome) for outcome in there]
    if None in refusing:
        return {"code": "blocking"}
    return {"code": "sibling", **(refusing[0] or {})}


def _full(placed: PlacedRound, family: Document, child: Document, key: Key, pool: str) -> dict[str, Any]:
    if placed.seats[pool] == 0:
        return {"code": "full", "cutoff_child": None, "decided_by": "no_vacancy"}
    others = [seat for seat in placed.seated[pool] if seat[1] != family["id"]]
    last, _, cutoff = others[placed.seats[pool] - 1]
    other = placed.by_id[cutoff]
    ties = zip(child["tie"], other["tie"], strict=True)
    parts = [("pin_or_enrolled", key[0], last[0]), ("points", key[1], last[1])]
    parts += [(f"tie{at}", mine, theirs) for at, (mine, theirs) in enumerate(ties, 1)]
    decided = next((name for name, mine, theirs in parts if mine != theirs), "order")
    return {"code": "full", "cutoff_child": cutoff, "decided_by": decided}


def _first_refusal(placed: PlacedRound, family: Document, outcome: Outcome) -> dict[str, Any] | None:
    """Return the worst own member in the first pool, in the order of the children, that refuses; None if none does."""
    for pool, (worst, members) in placed.needs(family, outcome).items():
        if placed.refuses(family["id"], pool, worst, members):
            for number, facility in zip(family["children"], outcome, strict=True):
                child = placed.by_id[number]
                if facility and placed.turn[number] == worst[2] and (facility, child["class"]) in placed.pool_of:
                    return {"sibling": number, "sibling_facility": facility}
    return None


def explanation_faults(placed: PlacedRound, explanations: Document) -> Iterator[str]:
    """Yield a sentence for every explanation that is missing, given twice, superfluous or not what is true."""
    given: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for record in explanations["explanations"]:
        given[record["child"], record["facility"]].append(record)
    for true in expected_explanations(placed):
        pair = true["child"], true["facility"]
        records = given.pop(pair, [])
        if len(records) != 1:
            yield f"児童「{pair[0]}」の希望「{pair[1]}」の説明が{len(records)}件あります(1件のはずです)。"
        for record in records:
            wrong = [name for name in _COMPARED if record.get(name) != true.get(name)]
            if wrong:
                shown = "、".join(f"{name}: {record.get(name)}(正しくは {true.get(name)})" for name in wrong)
                yield f"児童「{pair[0]}」の希望「{pair[1]}」の説明が違います。{shown}"
    for child, facility in given:
        yield f"児童「{child}」の「{facility}」には、説明することがありません。"
