"""Formulas 計算式: a typed expression tree over whole numbers, evaluated on the server; also rendered in Japanese.

No text is executed. Every node is a whole number or absent; an answer that is missing or hidden makes the nodes that
need it absent, except in a total over rows, which adds the rows that are there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from todoke.design.page_forms import in_english
from todoke.formbuilder.document.conditions import Condition, read_condition
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader

DEPTH = 8
MAX_RESULT = 10**15
LEAVES = ("number", "answer", "total", "rows", "age")
JOINERS: Mapping[str, str] = {"add": "＋", "subtract": "−", "multiply": "×", "divide": "÷"}
CHOOSERS: Mapping[str, str] = {"least": "小さいほう", "greatest": "大きいほう"}
ROUNDINGS: Mapping[str, str] = {"down": "切り捨て", "up": "切り上げ", "half": "四捨五入"}


@dataclass(frozen=True)
class Formula:
    """計算式: a node with ``op`` and a number, a question, a group, or its operands; ``rounding`` belongs to divide."""

    op: str
    value: int = 0
    question: str = ""
    group: str = ""
    of: tuple["Formula", ...] = ()
    rounding: str = ""
    when: Condition | None = None

    def nodes(self) -> Iterator["Formula"]:
        """Yield every node of the tree, the root first."""
        yield self
        for part in self.of:
            yield from part.nodes()

    def questions(self) -> Iterator[str]:
        """Yield the ids of the questions that this formula refers to."""
        for node in self.nodes():
            if node.question:
                yield node.question
            if node.when is not None:
                yield from node.when.questions()

    def as_json(self) -> dict[str, Any]:
        """Return the tree as JSON data of a definition."""
        written: dict[str, Any] = {"op": self.op}
        if self.op == "number":
            written["value"] = self.value
        for key in ("question", "group", "rounding"):
            if getattr(self, key):
                written[key] = getattr(self, key)
        if self.when is not None:
            written["when"] = self.when.as_json()
        if self.of:
            written["of"] = [part.as_json() for part in self.of]
        return written


def read_formula(data: object, place: str, depth: int = 0) -> Formula:
    """Parse one node. Raises InvalidDefinition for unknown operators, wrong value types and trees deeper than eight."""
    if depth >= DEPTH:
        raise InvalidDefinition(place, f"計算式の入れ子は{DEPTH}段までです。")
    reader = Reader(data, place)
    op = reader.choice("op", (*LEAVES, *JOINERS, *CHOOSERS, "if"))
    if op in LEAVES:
        formula = _leaf(reader, op)
    else:
        least, most = {"divide": (2, 2), "if": (2, 2)}.get(op, (2, 20))
        of = reader.items("of", lambda part, at: read_formula(part, at, depth + 1), least=least, most=most)
        rounding = reader.choice("rounding", list(ROUNDINGS), "down") if op == "divide" else ""
        when = read_condition(reader.get("when"), reader.path("when")) if op == "if" else None
        formula = Formula(op, of=of, rounding=rounding, when=when)
    reader.reject_unknown_keys()
    return formula


def _leaf(reader: Reader, op: str) -> Formula:
    if op == "number":
        value = reader.number("value", low=-(10**12), high=10**12)
        if value is None:
            raise InvalidDefinition(reader.path("value"), "数を書いてください。")
        return Formula(op, value=value)
    if op == "rows":
        return Formula(op, group=reader.identifier("group"))
    return Formula(op, question=reader.identifier("question"))


@dataclass(frozen=True)
class FormulaInputs:
    """計算の材料: lookups by question or group id: one number, numbers of all rows, an age in years, a row count."""

    one: Callable[[str], int | None]
    every: Callable[[str], list[int]]
    age: Callable[[str], int | None]
    rows: Callable[[str], int]
    holds: Callable[[Condition], bool] = field(default=lambda _: False)


def evaluate(formula: Formula, seen: FormulaInputs) -> int | None:
    """Return the value of a formula; None when an input is missing or a result has more than fifteen digits."""
    result = _evaluate(formula, seen)
    return result if result is not None and abs(result) <= MAX_RESULT else None


def _evaluate(formula: Formula, seen: FormulaInputs) -> int | None:
    leaves: dict[str, Callable[[], int | None]] = {
        "number": lambda: formula.value,
        "answer": lambda: seen.one(formula.question),
        "total": lambda: sum(found) if (found := seen.every(formula.question)) else None,
        "rows": lambda: seen.rows(formula.group),
        "age": lambda: seen.age(formula.question),
    }
    if formula.op in leaves:
        return leaves[formula.op]()
    if formula.when is not None:
        return evaluate(formula.of[0 if seen.holds(formula.when) else 1], seen)
    parts = [evaluate(part, seen) for part in formula.of]
    found = [part for part in parts if part is not None]
    return _joined(formula, found) if len(found) == len(parts) else None


def _joined(formula: Formula, parts: list[int]) -> int | None:
    first, *rest = parts
    if formula.op == "divide":
        return _divided(first, rest[0], formula.rounding)
    if formula.op in CHOOSERS:
        return min(parts) if formula.op == "least" else max(parts)
    for part in rest:
        first = {"add": first + part, "subtract": first - part}.get(formula.op, first * part)
        if abs(first) > MAX_RESULT:
            return None
    return first


def _divided(number: int, by: int, rounding: str) -> int | None:
    """Divide with the given rounding; down is towards zero (0 に近いほう), also for negative numbers."""
    if by == 0:
        return None
    whole, rest = divmod(abs(number), abs(by))
    if (rounding == "up" and rest) or (rounding == "half" and 2 * rest >= abs(by)):
        whole += 1
    return whole if (number < 0) == (by < 0) else -whole


@dataclass(frozen=True)
class FormulaLabels:
    """計算式の言葉: labels of questions, groups and conditions for a sentence."""

    question: Callable[[str], str]
    group: Callable[[str], str]
    condition: Callable[[Condition], str]


def formula_sentence(formula: Formula, name: FormulaLabels) -> str:
    """Return a formula in Japanese, for example 「通数」×300; ``formula_parser`` parses it back.

    In English on English pages.
    """
    if in_english():
        return _english(formula, name)
    leaves: dict[str, Callable[[], str]] = {
        "number": lambda: str(formula.value),
        "answer": lambda: f"「{name.question(formula.question)}」",
        "total": lambda: f"「{name.question(formula.question)}」の合計",
        "rows": lambda: f"「{name.group(formula.group)}」の数",
        "age": lambda: f"「{name.question(formula.question)}」からの満年齢",
    }
    if formula.op in leaves:
        return leaves[formula.op]()
    parts = [formula_sentence(part, name) for part in formula.of]
    if formula.when is not None:
        return f"もし{name.condition(formula.when)}は{parts[0]}、そうでなければ{parts[1]}"
    if formula.op in CHOOSERS:
        return f"({'、'.join(parts)})の{CHOOSERS[formula.op]}"
    nested = [
        f"({text})" if part.op in {*JOINERS, "if"} else text for text, part in zip(parts, formula.of, strict=True)
    ]
    joined = JOINERS[formula.op].join(nested)
    return f"({joined})の{ROUNDINGS[formula.rounding]}" if formula.op == "divide" else joined


def _english(formula: Formula, name: FormulaLabels) -> str:
    leaves: dict[str, Callable[[], str]] = {
        "number": lambda: f"{formula.value:,}",
        "answer": lambda: f"“{name.question(formula.question)}”",
        "total": lambda: f"the total of “{name.question(formula.question)}”",
        "rows": lambda: f"the number of “{name.group(formula.group)}”",
        "age": lambda: f"the age in years from “{name.question(formula.question)}”",
    }
    if formula.op in leaves:
        return leaves[formula.op]()
    parts = [_english(part, name) for part in formula.of]
    if formula.when is not None:
        condition = name.condition(formula.when)
        return f"{condition[:1].lower()}{condition[1:]} {parts[0]}, otherwise {parts[1]}"
    if formula.op in CHOOSERS:
        return f"the {'smaller' if formula.op == 'least' else 'greater'} of {' and '.join(parts)}"
    nested = [
        f"({text})" if part.op in {*JOINERS, "if"} else text for text, part in zip(parts, formula.of, strict=True)
    ]
    joined = f" {JOINERS[formula.op]} ".join(nested)
    rounded = {"down": "rounded down", "up": "rounded up", "half": "rounded to the nearest whole number"}
    return f"{joined}, {rounded[formula.rounding]}" if formula.op == "divide" else joined
