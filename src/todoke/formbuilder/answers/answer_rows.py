"""Rows 回答の行: an answer spread over rows of text, one per part or chosen option, and gathered again."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from todoke.formbuilder.answers.journey import Spot
from todoke.formbuilder.document.question_types import PARTS, Value, is_blank, normal
from todoke.formbuilder.document.structure import Document, Kind, Question


class Line(NamedTuple):
    """回答の行: as typed in ``value``, normalised in ``normal``."""

    question: str
    row: int
    part: str
    value: str
    normal: str


def spread(question: Question, spot: Spot, value: Value) -> Iterator[Line]:
    """Yield the lines of one answer; blank texts have none."""
    if is_blank(value):
        return
    if isinstance(value, list):
        for text in value:
            yield Line(*spot, text, text, text)
    elif isinstance(value, dict):
        for part, text in value.items():
            if text:
                yield Line(*spot, part, text, normal(question, value, part)[:300])
    else:
        yield Line(*spot, "", value, normal(question, value)[:300])


def gathered(document: Document, lines: Iterable[Line]) -> dict[Spot, Value]:
    """Gather lines into answers; lines of questions that the document does not have are left out."""
    found: dict[Spot, Value] = {}
    for line in lines:
        spot = Spot(line.question, line.row)
        if line.question not in document.by_id:
            continue
        kind = document.question(line.question).kind
        if kind is Kind.CHOICES:
            listed = found.setdefault(spot, [])
            if isinstance(listed, list):
                listed.append(line.value)
        elif kind in PARTS:
            parts = found.setdefault(spot, {})
            if isinstance(parts, dict):
                parts[line.part] = line.value
        else:
            found[spot] = line.value
    return found
