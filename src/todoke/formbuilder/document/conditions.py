"""Conditions 表示条件: a typed expression tree that decides what is shown; also rendered as a Japanese sentence.

No text is executed: a tree has twelve kinds of node, limited in depth and number. The answer to a hidden question is
absent for a condition.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from todoke.design.page_forms import in_english
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader
from todoke.japanese.calendar import format_era_date
from todoke.japanese.parsers import parse_integer

DEPTH = 8
LEAVES: Mapping[str, str] = {
    "is": "text",
    "one_of": "texts",
    "includes": "text",
    "answered": "",
    "at_least": "number",
    "at_most": "number",
    "on_or_after": "day",
    "before": "day",
    "age_under": "number",
}
BRANCHES = ("all", "any", "not")


@dataclass(frozen=True)
class Condition:
    """表示条件: a node with ``op`` and either a question and a value (leaf), or the nodes it combines (``of``)."""

    op: str
    question: str = ""
    value: str | int | tuple[str, ...] | None = None
    of: tuple["Condition", ...] = ()

    def questions(self) -> Iterator[str]:
        """Yield the ids of the questions that this condition refers to."""
        if self.question:
            yield self.question
        for part in self.of:
            yield from part.questions()

    def leaves(self) -> Iterator["Condition"]:
        """Yield the leaves of the tree."""
        if not self.of:
            yield self
        for part in self.of:
            yield from part.leaves()

    def as_json(self) -> dict[str, Any]:
        """Return the tree as JSON data of a definition."""
        if self.op in BRANCHES:
            return {"op": self.op, "of": [part.as_json() for part in self.of]}
        written: dict[str, Any] = {"op": self.op, "question": self.question}
        if self.op == "one_of" and isinstance(self.value, tuple):
            written["value"] = list(self.value)
        elif self.value is not None:
            written["value"] = self.value
        return written


def read_condition(data: object, place: str, depth: int = 0) -> Condition:
    """Parse one node. Raises InvalidDefinition for unknown operators, wrong value types and trees deeper than eight."""
    if depth >= DEPTH:
        raise InvalidDefinition(place, f"条件の入れ子は{DEPTH}段までです。")
    reader = Reader(data, place)
    op = reader.choice("op", (*LEAVES, *BRANCHES))
    if op in BRANCHES:
        most = 1 if op == "not" else 20
        of = reader.items("of", lambda part, at: read_condition(part, at, depth + 1), least=1, most=most)
        condition = Condition(op, of=of)
    else:
        condition = Condition(op, reader.identifier("question"), _value(reader, LEAVES[op]))
    reader.reject_unknown_keys()
    return condition


def _value(reader: Reader, shape: str) -> str | int | tuple[str, ...] | None:
    if shape == "text":
        return reader.text("value", required=True)
    if shape == "number":
        number = reader.number("value", low=-(10**12), high=10**12)
        if number is None:
            raise InvalidDefinition(reader.path("value"), "比べる数を書いてください。")
        return number
    if shape == "day":
        return reader.date_text("value")
    if shape == "texts":
        return reader.items(
            "value", lambda text, at: Reader({"t": text}, at).text("t", required=True), least=1, most=60
        )
    return None


Lookup = Callable[[str], "AnswersInScope"]


@dataclass(frozen=True)
class AnswersInScope:
    """The answers to one question that a condition compares: normalised texts by row or option, ages in full years."""

    texts: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()


def whole_numbers(sight: AnswersInScope) -> list[int]:
    """Return the texts that are whole numbers, as numbers."""
    return [number for text in sight.texts if (number := parse_integer(text)) is not None]


def is_met(condition: Condition, see: Lookup) -> bool:
    """Tell whether a condition is met; a leaf is not met by an absent answer."""
    if condition.op == "all":
        return all(is_met(part, see) for part in condition.of)
    if condition.op == "any":
        return any(is_met(part, see) for part in condition.of)
    if condition.op == "not":
        return not is_met(condition.of[0], see)
    return _leaf_holds(condition, see(condition.question))


def _leaf_holds(leaf: Condition, sight: AnswersInScope) -> bool:
    value = leaf.value
    if leaf.op == "answered":
        return bool(sight.texts)
    if leaf.op in {"is", "includes"}:
        return value in sight.texts
    if isinstance(value, tuple):
        return any(text in value for text in sight.texts)
    if isinstance(value, int):
        if leaf.op == "age_under":
            return any(age < value for age in sight.ages)
        if leaf.op == "at_least":
            return any(number >= value for number in whole_numbers(sight))
        return any(number <= value for number in whole_numbers(sight))
    if leaf.op == "on_or_after":
        return any(text >= str(value) for text in sight.texts)
    return any(text < str(value) for text in sight.texts)


def condition_sentence(condition: Condition, label: Callable[[str], str], option: Callable[[str, str], str]) -> str:
    """Return a condition as a sentence, for example 「受け取り方」が「郵送」であるとき; in English on English pages."""
    if in_english():
        return f"If {_english(condition, label, option)}"
    return _clause(condition, label, option) + "とき"


def _english(
    condition: Condition, label: Callable[[str], str], option: Callable[[str, str], str], *, negated: bool = False
) -> str:
    if condition.op == "not":
        return _english(condition.of[0], label, option, negated=not negated)
    if condition.op in {"all", "any"}:
        joiner = " and " if (condition.op == "all") != negated else " or "
        parts = [
            f"({_english(part, label, option, negated=negated)})"
            if part.op in {"all", "any"}
            else _english(part, label, option, negated=negated)
            for part in condition.of
        ]
        return joiner.join(parts)
    return f"“{label(condition.question)}” {_english_leaf(condition, option)[1 if negated else 0]}"


def _english_leaf(leaf: Condition, option: Callable[[str, str], str]) -> tuple[str, str]:
    """Return what an English page says of the question of a leaf, and its negation."""
    value, day = leaf.value, ""
    given = value if isinstance(value, tuple) else (str(value),)
    shown, none = (joiner.join(f"“{option(leaf.question, text)}”" for text in given) for joiner in (" or ", " nor "))
    if leaf.op in {"on_or_after", "before"}:
        read = date.fromisoformat(str(value))
        day = f"{read.day} {read:%B %Y}"
    words = {
        "includes": (f"includes {shown}", f"does not include {shown}"),
        "answered": ("is answered", "is not answered"),
        "at_least": (f"is at least {value}", f"is less than {value}"),
        "at_most": (f"is at most {value}", f"is more than {value}"),
        "on_or_after": (f"is on or after {day}", f"is before {day}"),
        "before": (f"is before {day}", f"is on or after {day}"),
        "age_under": (f"gives an age under {value}", f"gives an age of {value} or more"),
    }
    return words.get(leaf.op, (f"is {shown}", f"is {'neither' if len(given) > 1 else 'not'} {none}"))


def _clause(
    condition: Condition, label: Callable[[str], str], option: Callable[[str, str], str], *, negated: bool = False
) -> str:
    if condition.op == "not":
        return _clause(condition.of[0], label, option, negated=not negated)
    if condition.op not in {"all", "any"}:
        return _leaf_clause(condition, label, option)[1 if negated else 0]
    joiner = "、かつ、" if condition.op == "all" else "、または、"
    clauses = [
        f"({_clause(part, label, option)})" if part.op in {"all", "any"} else _clause(part, label, option)
        for part in condition.of
    ]
    return f"({joiner.join(clauses)})にあてはまらない" if negated else joiner.join(clauses)


def _leaf_clause(leaf: Condition, label: Callable[[str], str], option: Callable[[str, str], str]) -> tuple[str, str]:
    """Return the clause of a leaf and its negation."""
    name, value = f"「{label(leaf.question)}」", leaf.value
    given = value if isinstance(value, tuple) else (str(value),)
    shown = "か".join(f"「{option(leaf.question, text)}」" for text in given)
    in_era = leaf.op in {"on_or_after", "before"} and str(value) >= "1873"
    day = format_era_date(date.fromisoformat(str(value))) if in_era else str(value)
    words = {
        "is": (f"が{shown}である", f"が{shown}でない"),
        "one_of": (f"が{shown}である", f"が{shown}でない"),
        "includes": (f"に{shown}が含まれる", f"に{shown}が含まれない"),
        "answered": ("に答えがある", "に答えがない"),
        "at_least": (f"が{value}以上である", f"が{value}以上でない"),
        "at_most": (f"が{value}以下である", f"が{value}以下でない"),
        "on_or_after": (f"が{day}以後である", f"が{day}以後でない"),
        "before": (f"が{day}より前である", f"が{day}より前でない"),
        "age_under": (f"から数えて満{value}歳未満である", f"から数えて満{value}歳未満でない"),
    }
    positive, negative = words[leaf.op]
    return name + positive, name + negative
