"""Coded column 辞書符号: a column of texts as places in a list of its different texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from todoke.lazy_modules import np, pl

if TYPE_CHECKING:
    import numpy.typing as npt

Codes: TypeAlias = "npt.NDArray[np.int32]"
EMPTY = -1


@dataclass(frozen=True)
class CodedColumn:
    """辞書符号の列: ``codes`` are places in ``words``, -1 (EMPTY) where a row has no text."""

    codes: Codes
    words: Sequence[str]

    def texts(self) -> list[str | None]:
        """Return the text of each row, None where there is none."""
        words = [*self.words, None]
        return [words[code] for code in self.codes]

    def taken(self, rows: npt.NDArray[np.int64]) -> CodedColumn:
        """Return these rows of the column, with only the words that they use, in order of first appearance."""
        return CodedColumn(self.codes[rows], self.words).renumbered()

    def renumbered(self) -> CodedColumn:
        """Return the column with only the words that it uses, in order of first appearance."""
        first = first_rows(self.codes, len(self.words))
        used = np.flatnonzero(first >= 0)
        used = used[np.argsort(first[used])]
        places = np.full(len(self.words) + 1, EMPTY, np.int32)
        places[used] = np.arange(len(used), dtype=np.int32)
        return CodedColumn(places[self.codes], [self.words[code] for code in used.tolist()])


def coded(texts: Iterable[str | None]) -> CodedColumn:
    """Return texts as a column whose words stand in order of first appearance."""
    words: dict[str | None, int] = {}
    codes = [EMPTY if text is None else words.setdefault(text, len(words)) for text in texts]
    return CodedColumn(np.array(codes, np.int32), [word for word in words if word is not None])


def coded_series(texts: pl.Series) -> CodedColumn:
    """Return a column of polars as one whose words stand in order of first appearance."""
    words = texts.drop_nulls().unique(maintain_order=True)
    codes = texts.cast(pl.Enum(words)).to_physical().cast(pl.Int32).fill_null(EMPTY)
    return CodedColumn(codes.to_numpy(), words.to_list())


def first_rows(codes: npt.NDArray[Any], count: int) -> npt.NDArray[np.int64]:
    """Return the first row of each code from 0 to below ``count``, -1 for one that has none."""
    first = np.full(count + 1, -1, np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first[:count]
