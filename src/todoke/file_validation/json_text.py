"""JSON text: what strangers send as JSON, where a database can keep every letter of it.

JSON can name by an escape what is no letter: NUL, which PostgreSQL refuses, and half of a letter, which nothing writes.
"""

import json
from typing import Any


class NoLetter(ValueError):
    """文字でないもの: a text of the JSON holds a NUL or half of a letter."""


def read_json(text: bytes | str) -> Any:
    """Return what a JSON text says. Raises ValueError for what is no JSON, NoLetter."""
    found = json.loads(text)
    escapes = b"\\u" if isinstance(text, bytes) else "\\u"
    if escapes in text and not _is_written(found):  # type: ignore[operator] # both are of one kind
        raise NoLetter("JSON")
    return found


def letters_of(text: str) -> str:
    """Return a text without what is no letter."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _is_written(value: Any) -> bool:
    if isinstance(value, str):
        return letters_of(value) == value
    if isinstance(value, dict):
        return all(_is_written(each) for pair in value.items() for each in pair)
    return all(map(_is_written, value)) if isinstance(value, list) else True
