"""Answer rows 回答の行: converts an answer to rows of text, one per part or chosen option, and back."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.document.answer_parts import PARTS
from todoke.formbuilder.document.question_types import Value, is_blank, normalized
from todoke.formbuilder.document.structure import Document, Question, QuestionKind


class AnswerRow(NamedTuple):
    """回答の行: one part or option of an answer, as typed in ``value``, normalised in ``normal``."""

    question: str
    row: int
    part: str
    value: str
    normal: str


def to_rows(question: Question, key: AnswerKey, value: Value) -> Iterator[AnswerRow]:
    """Yield the rows of one answer; blank texts have none. ``normal`` is cut at 300 characters."""
    if is_blank(value):
        return
    if isinstance(value, list):
        for text in value:
            yield AnswerRow(*key, text, text, text)
    elif isinstance(value, dict):
        for part, text in value.items():
            if text:
                yield AnswerRow(*key, part, text, normalized(question, value, part)[:300])
    else:
        yield AnswerRow(*key, "", value, normalized(question, value)[:300])


def from_rows(document: Document, lines: Iterable[AnswerRow]) -> dict[AnswerKey, Value]:
    """Return the answers of rows; rows of questions that the document does not have are skipped."""
    found: dict[AnswerKey, Value] = {}
    for line in lines:
        key = AnswerKey(line.question, line.row)
        if line.question not in document.by_id:
            continue
        kind = document.question(line.question).kind
        if kind is QuestionKind.CHOICES:
            listed = found.setdefault(key, [])
            if isinstance(listed, list):
                listed.append(line.value)
        elif kind in PARTS:
            parts = found.setdefault(key, {})
            if isinstance(parts, dict):
                parts[line.part] = line.value
        else:
            found[key] = line.value
    return found
