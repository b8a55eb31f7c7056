"""Official comparison 公式の結果との違い: last year's list beside ours, each difference with its cause.

A cause is what staff found: a wrong input, a rule read otherwise, a seat given by hand. It carries the changes that put
it right (as a what-if does); worked in one after another, each is credited with the differences that disappear.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from todoke.admissions.checker import check
from todoke.admissions.child_placement import place, what_if
from todoke.admissions.instance import Instance

CLASSES = {
    "input": "入力が違う",
    "rule": "基準の読み方が違う",
    "hand": "手で調整した",
    "engine": "計算が違う",
}


class Cause(NamedTuple):
    """違いの原因: its class, why staff hold it to be so, and the changes that put the instance right."""

    kind: str
    reason: str
    changes: Mapping[str, Any]


class Explained(NamedTuple):
    """説明された違い: a child, both places, and the cause with which they became equal; None while unexplained."""

    child: str
    ours: str | None
    official: str | None
    cause: Cause | None


def compared(instance: Instance, official: Mapping[str, Any], causes: Sequence[Cause] = ()) -> list[Explained]:
    """Return every difference to an official result, in the order of the instance. Raises InvalidInstance of a cause.

    What no cause explains is of class ``engine`` only where the official list breaks no rule and overtakes nobody.
    """
    first = _different(instance, official)
    credited: dict[str, Cause] = {}
    corrected, left = instance, first
    for cause in causes:
        corrected = what_if(corrected, cause.changes)
        now = _different(corrected, official)
        credited |= {child: cause for child in left if child not in now}
        left = now
    known = instance.child
    rows = {**first, **{child: places for child, places in left.items() if child not in first}}
    if left and not causes and _is_sound(instance, official):
        said = "公式の結果も、規則を破らず、だれも追い越していません。同じように公平な別の配置です。"
        same = Cause("engine", said, {})
        credited |= dict.fromkeys(left, same)
    return [
        Explained(child, *rows[child], None if child in left and child not in credited else credited.get(child))
        for child in sorted(rows, key=lambda each: list(known).index(each) if each in known else len(known))
    ]


def _different(instance: Instance, official: Mapping[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    ours, theirs = place(instance).result["assignment"], official["assignment"]
    return {
        child: (ours.get(child), theirs.get(child))
        for child in dict.fromkeys([*ours, *theirs])
        if child not in ours or child not in theirs or ours[child] != theirs[child]
    }


def _is_sound(instance: Instance, official: Mapping[str, Any]) -> bool:
    report = check(instance.data, official).report
    return bool(report["hard_violations"] == 0 and report["blocking_coalitions"] == 0)
