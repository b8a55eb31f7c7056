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


def moved_places(before: str, after: str, places: Iterable[int]) -> dict[int, int] | None:
    """Return where places of a text are once one stretch of it reads otherwise; None where one lies within it.

    A place at the edge of the stretch stays at that edge; no two places become one.
    """
    common = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), -1)
    begins = min(len(before), len(after)) if common < 0 else common
    ends = 0
    while ends < min(len(before), len(after)) - begins and before[-1 - ends] == after[-1 - ends]:
        ends += 1
    found = {}
    for place in places:
        if place <= begins and (place < len(before) or place == 0):
            found[place] = place
        elif place >= len(before) - ends:
            found[place] = place + len(after) - len(before)
        else:
            return None
    return found if len(set(found.values())) == len(found) else None


def published(text: str, spans: Iterable[Span]) -> str:
    """Return the text with a sign and the ground in place of each masked piece."""
    return "".join(f"{each.text}〔{each.ground}〕" if each.ground else each.text for each in pieces(text, spans))
