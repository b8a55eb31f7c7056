"""Masked text 公開用の文: made from a frozen text and its masks, never kept beside them."""

from collections.abc import Iterable
from typing import NamedTuple

SIGN = "■■■"
"""Stands for every masked piece, whatever its length."""


class Span(NamedTuple):
    """伏せる範囲: from a place to before another, with the ground in words."""

    start: int
    end: int
    ground: str


class Piece(NamedTuple):
    """文の一部: a text as it is, or with a ground the sign in place of what is masked."""

    text: str
    ground: str = ""


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Return the pieces of a text that may be published; overlapping spans become one. Raises ValueError outside it."""
    found: list[Piece] = []
    at = 0
    for start, end, ground in sorted(spans):
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{start}–{end}")
        if end <= at:
            continue
        if start >= at:
            found += [Piece(text[at:start])] if start > at else []
            found.append(Piece(SIGN, ground))
        at = end
    return [*found, Piece(text[at:])] if at < len(text) else found


def published(text: str, spans: Iterable[Span]) -> str:
    """Return the text with a sign and the ground in place of each masked piece."""
    return "".join(f"{each.text}〔{each.ground}〕" if each.ground else each.text for each in pieces(text, spans))
