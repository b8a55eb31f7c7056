"""Headings 見出し: finds the rows that hold the headings of a table, one, two or three of them, by what is expected."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

WITHIN = 30
DEEPEST = 3
_UNIT = re.compile(r"\((?:単位:?)?(?:円|件|人|名|%|分|枚|通|税込|必須|任意)\)$")


def heading_key(text: str) -> str:
    """Return a heading folded for comparison: width, case, brackets, white space, hyphens and underscores."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip("\ufeff ")
    return re.sub(r"[\s_\-]", "", folded).replace("[", "(").replace("]", ")")


@dataclass(frozen=True)
class Headings:
    """探す見出し: spellings of each required column, and of the others that are known."""

    required: tuple[tuple[str, ...], ...]
    known: tuple[str, ...] = ()
    every_row: bool = False
    """Whether totals and notes are rows too, because the table is one of ours."""

    @cached_property
    def by_key(self) -> Mapping[str, str]:
        """The spelling expected of each heading, by its key."""
        every = [*self.known, *(name for names in self.required for name in names)]
        return {heading_key(name): name for name in reversed(every)}

    def named(self, written: str) -> str:
        """Return the expected heading that a written one means, also before a unit: 金額(円); else nothing."""
        key = heading_key(written)
        return self.by_key.get(key) or self.by_key.get(_UNIT.sub("", key), "")

    def missing(self, labels: Sequence[str]) -> list[str]:
        """Return the first spelling of each required column that is not among the labels."""
        return [names[0] for names in self.required if not set(names) & set(labels)]

    def columns(self, labels: Sequence[str]) -> list[int]:
        """Return the places of the required columns."""
        return [
            next(at for at, label in enumerate(labels) if label in names)
            for names in self.required
            if set(names) & set(labels)
        ]


@dataclass(frozen=True)
class HeadingBlock:
    """見出しの行: places of the first and last row, from 0, the label of each column, and how many are known."""

    first: int
    last: int
    labels: list[str]
    known: int
    wanted: Headings

    @property
    def is_whole(self) -> bool:
        return not self.wanted.missing(self.labels)


def find_headings(rows: Sequence[Sequence[str]], wanted: Sequence[Headings], tall: Sequence[int] = ()) -> HeadingBlock:
    """Return the block of rows that has most of the expected headings, whole ones first, then the lower number of rows.

    ``rows`` are the first of a sheet, merged cells filled; ``tall`` tells for each row how many rows the tallest
    merged cell that begins there covers. The block may lack required columns (``is_whole``); where no heading at all
    is known, it is the first row about as wide as the table, so that a title above is not taken for headings.
    """
    blocks = [
        _block(rows, at, depth, headings)
        for headings in wanted
        for at in range(len(rows))
        for depth in range(1, min(DEEPEST, len(rows) - at) + 1)
    ]
    best = max(blocks, key=lambda block: (block.is_whole, block.known, block.first - block.last, -block.first))
    if not best.known:
        best = _block(rows, _widest(rows), 1, best.wanted)
    first = min((at for at in range(best.first) if tall and at + tall[at] > best.first), default=best.first)
    last = max((at + tall[at] - 1 for at in range(first, best.last + 1) if tall), default=best.last)
    last = min(max(last, best.last), first + DEEPEST - 1, len(rows) - 1)
    return best if (first, last) == (best.first, best.last) else _block(rows, first, last - first + 1, best.wanted)


def _widest(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the first row that has most of the different cells that a row of the table has."""
    widths = [len({cell.strip() for cell in row} - {""}) for row in rows] or [0]
    return next(at for at, width in enumerate(widths) if width * 2 >= max(widths))


def _block(rows: Sequence[Sequence[str]], at: int, depth: int, wanted: Headings) -> HeadingBlock:
    stack = [list(row) for row in rows[at : at + depth]]
    width = max(map(len, stack), default=0)
    stack = [row + [""] * (width - len(row)) for row in stack]
    for upper, lower in pairwise(stack):
        _spread(upper, lower)
    labels = [_label(column, wanted) for column in zip(*stack, strict=True)]
    names = {label for label in labels if label in wanted.by_key.values()}
    return HeadingBlock(at, at + depth - 1, labels, len(names), wanted)


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """Let a heading stand over the blank cells beside it that have something below, as a merged cell does."""
    for at in range(1, len(upper)):
        if not upper[at].strip() and lower[at].strip() and lower[at - 1].strip():
            upper[at] = upper[at - 1]


def _label(column: Sequence[str], wanted: Headings) -> str:
    """Return the expected heading that one cell of a column, or its cells together, mean; else what is written."""
    parts = list(dict.fromkeys(cell.strip() for cell in column if cell.strip()))
    whole = parts[0] if parts else ""
    for part in parts[1:]:
        whole = f"{whole}({part})"
    tries = [*reversed(parts), "".join(parts), whole]
    return next((name for one in tries if (name := wanted.named(one))), whole)
