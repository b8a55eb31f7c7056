"""Formulas as definitions write them."""

from typing import Any

from tests.cast.formbuilder import question


def node(op: str, *of: Any, **more: Any) -> dict[str, Any]:
    parts = [{"op": "number", "value": one} if isinstance(one, int) else one for one in of]
    return {"op": op, **({"of": parts} if parts else {}), **more}


def asked(name: str) -> dict[str, Any]:
    return {"op": "answer", "question": name}


def calculated(formula: dict[str, Any], name: str = "sum", **more: Any) -> dict[str, Any]:
    return question(name, "calculated", formula=formula, unit="円", **more)


POSTAGE = node("if", 84, 0, when={"op": "is", "question": "way", "value": "post"})
