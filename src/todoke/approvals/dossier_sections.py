"""Dossier sections 閲読: a dossier's JSON as headed sections, for the page and for print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    """節: a heading over labelled rows, or over a table."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)


def text_of(value: Any) -> str:
    """Return one value as display text."""
    if value is None or value == "":
        return "なし"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Mapping):
        return "、".join(f"{key}: {text_of(inner)}" for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(text_of(inner) for inner in value)
    return str(value)


def _table(title: str, lines: Sequence[Mapping[str, Any]]) -> Section:
    heads = list(dict.fromkeys(key for line in lines for key in line))
    return Section(title, heads=heads, lines=[[text_of(line.get(head)) for head in heads] for line in lines])


def sections_of(content: Mapping[str, Any]) -> list[Section]:
    """Return a dossier's sections: plain values first under 伺い, then one section per part in order."""
    plain = Section("伺い")
    found: list[Section] = []
    for title, value in content.items():
        if isinstance(value, Mapping):
            found.append(Section(title, rows=[(str(key), text_of(inner)) for key, inner in value.items()]))
        elif isinstance(value, list) and value and all(isinstance(line, Mapping) for line in value):
            found.append(_table(title, value))
        else:
            plain.rows.append((title, text_of(value)))
    return [plain, *found] if plain.rows else found
