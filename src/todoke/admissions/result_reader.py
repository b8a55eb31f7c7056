"""Result reader 結果の読取り: the result and the explanations of any program, read strictly enough to be checked."""

from typing import Any

from todoke.admissions.checker import RESULT_FORMAT
from todoke.admissions.explanation_check import EXPLANATIONS_FORMAT
from todoke.admissions.instance import Fault, Instance, InvalidInstance
from todoke.admissions.instance_reader import read_document


def read_result(raw: bytes, instance: Instance) -> dict[str, Any]:
    """Return a result of an instance. Raises InvalidInstance, or Unreadable when it is no JSON.

    Children that are missing or unknown are found by the checker, not here.
    """
    data = read_document(raw)
    if not isinstance(data, dict) or data.get("format") != RESULT_FORMAT:
        raise InvalidInstance([Fault("format", f"結果の形式(format)が {RESULT_FORMAT} ではありません。")])
    faults = []
    if data.get("instance", instance.name) != instance.name:
        said = f"この結果は「{data['instance']}」のもので、入力「{instance.name}」のものではありません。"
        faults.append(Fault("instance", said))
    assignment = data.get("assignment")
    if not isinstance(assignment, dict):
        faults.append(Fault("assignment", "結果に、児童と施設の組(assignment)がありません。"))
    else:
        faults += [
            Fault(f"assignment.{child}", f"児童「{child}」の結果が、施設でも null でもありません。")
            for child, facility in assignment.items()
            if facility is not None and (not isinstance(facility, str) or facility == "")
        ]
    if faults:
        raise InvalidInstance(faults)
    return data


def read_explanations(raw: bytes) -> dict[str, Any]:
    """Return explanations. Raises InvalidInstance, or Unreadable when it is no JSON."""
    data = read_document(raw)
    if not isinstance(data, dict) or data.get("format") != EXPLANATIONS_FORMAT:
        raise InvalidInstance([Fault("format", f"説明の形式(format)が {EXPLANATIONS_FORMAT} ではありません。")])
    records = data.get("explanations")
    if not isinstance(records, list):
        raise InvalidInstance([Fault("explanations", "説明の並び(explanations)がありません。")])
    faults = [
        Fault(
            f"explanations[{at}]", f"{at + 1}番目の説明に、児童・施設・理由(child、facility、code)がそろっていません。"
        )
        for at, record in enumerate(records)
        if not isinstance(record, dict)
        or not all(isinstance(record.get(key), str) for key in ("child", "facility", "code"))
    ]
    if faults:
        raise InvalidInstance(faults)
    return data
