"""Question files 問答のファイル: corpora and questions in JSON, in the shapes in which they are published."""

import json
from collections.abc import Iterator
from typing import Any

from todoke.guidance.faqs.memory_index import FaqText
from todoke.runtime.refusals import Unreadable

_QUESTION, _ANSWER = "Question:", "\nAnswer:"
SHAPES = (
    "問答は、{番号: 「Question: …\\nAnswer: …」} か {番号: {question, answer}} か [{id, question, answer}]、"
    "質問は、{番号: 文} か [{id, text}] の形で書いてください。"
)


def read_corpus(raw: bytes) -> dict[str, FaqText]:
    """Return questions and answers by their id. Raises Unreadable."""
    return {key: _faq(value) for key, value in _items(raw)}


def read_questions(raw: bytes) -> dict[str, str]:
    """Return what people asked by id. Raises Unreadable."""
    found = {key: value if isinstance(value, str) else _named(value, "text", "question") for key, value in _items(raw)}
    return {key: text[:1000] for key, text in found.items()}


def _items(raw: bytes) -> Iterator[tuple[str, Any]]:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"JSONとして読めません({error})。{SHAPES}") from error
    if isinstance(data, dict):
        yield from ((str(key), value) for key, value in data.items())
    elif isinstance(data, list):
        yield from ((_named(row, "id", "_id"), row) for row in data)
    else:
        raise Unreadable(SHAPES)


def _named(row: Any, *names: str) -> str:
    for name in names:
        if isinstance(row, dict) and isinstance(row.get(name), str | int):
            return str(row[name])
    raise Unreadable(f"「{names[0]}」がありません。{SHAPES}")


def _faq(value: Any) -> FaqText:
    if not isinstance(value, str):
        wordings = value.get("wordings", "") if isinstance(value, dict) else ""
        return FaqText(_named(value, "question"), _named(value, "answer"), str(wordings))
    question, _, answer = value.partition(_ANSWER)
    return FaqText(question.removeprefix(_QUESTION).strip(), answer.strip())
