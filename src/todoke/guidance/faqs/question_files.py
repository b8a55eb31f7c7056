"""Question files 問答のファイル: corpora and questions in JSON, in the shapes in which they are published."""

import json
from collections.abc import Iterator
from typing import Any

from todoke.file_validation.json_text import read_json
from todoke.guidance.faqs.memory_index import FaqText
from todoke.runtime.refusals import Unreadable

_QUESTION, _ANSWER = "Question:", "\nAnswer:"
SHAPES = (
    "問答は、{番号: 「Question: …\\nAnswer: …」} か {番号: {question, answer}} か [{id, question, answer}]、"
    "質問は、{番号: 文} か [{id, text}] の形で書いてください。"
)


def read_corpus(raw: bytes) -> dict[str, FaqText]:
    """Return questions and answers by their id. Raises Unreadable."""
    return {key: _faq(value) for key, value in _once(raw, "問答").items()}


def read_questions(raw: bytes) -> dict[str, str]:
    """Return what people asked by id. Raises Unreadable."""
    asked = _once(raw, "質問")
    texts = {key: each if isinstance(each, str) else _named(each, "text", "question") for key, each in asked.items()}
    return {key: text[:1000] for key, text in texts.items()}


def _once(raw: bytes, what: str) -> dict[str, Any]:
    """Return what stands under each id. Raises Unreadable for an id that comes twice, and for a file without any."""
    found = dict[str, Any]()
    for key, value in _items(raw):
        if key in found:
            raise Unreadable(f"番号「{key[:60]}」が二度あります。{what}の番号は、一つずつ違うものにしてください。")
        found[key] = value
    if not found:
        raise Unreadable(f"{what}が一つもありません。{SHAPES}")
    return found


def _items(raw: bytes) -> Iterator[tuple[str, Any]]:
    try:
        data = read_json(raw)
    except UnicodeDecodeError as error:
        raise Unreadable(f"文字コードがUTF-8ではありません。UTF-8で保存し直してください。{SHAPES}") from error
    except json.JSONDecodeError as error:
        place = f"{error.lineno}行目の{error.colno}文字目"
        raise Unreadable(f"JSONとして読めません({place})。{SHAPES}") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"JSONとして読めません。{SHAPES}") from error
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
