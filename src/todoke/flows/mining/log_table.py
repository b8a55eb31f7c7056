"""Log table 記録の表: columns of a log with one row an event, as texts or as times, wherever they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from todoke.flows.mining.coded_column import CodedColumn, coded_series
from todoke.flows.mining.iso_times import NO_TIME, Numbers
from todoke.flows.mining.timestamps import parse_timestamps
from todoke.lazy_modules import np, pl


class LogTable(Protocol):
    """記録の表: a table whose columns are asked for by name."""

    @property
    def height(self) -> int: ...

    def texts(self, name: str, rows: Numbers | None = None) -> CodedColumn:
        """Return a column, or some rows of it, as texts, the words in order of first appearance."""

    def times(self, name: str, rows: Numbers | None = None) -> Numbers:
        """Return a column, or some rows of it, as microseconds since 1970, NO_TIME where no time can be read.

        Raises Unreadable where none can; some rows may all be empty.
        """


@dataclass(frozen=True)
class FrameTable:
    """データフレーム: the table of a data frame of polars."""

    frame: pl.DataFrame

    @property
    def height(self) -> int:
        return self.frame.height

    def texts(self, name: str, rows: Numbers | None = None) -> CodedColumn:
        column = self.frame[name] if rows is None else self.frame[name].gather(rows)
        return coded_series(column.cast(pl.String))

    def times(self, name: str, rows: Numbers | None = None) -> Numbers:
        column = self.frame[name]
        return _microseconds(column) if rows is None else _microseconds_or_none(column.gather(rows))


@dataclass(frozen=True)
class ColumnTable:
    """列の表: the table of columns that hold texts or times."""

    columns: Mapping[str, CodedColumn | Numbers]
    height: int

    def texts(self, name: str, rows: Numbers | None = None) -> CodedColumn:
        column = self.columns[name]
        assert isinstance(column, CodedColumn)
        return column.renumbered() if rows is None else column.taken(rows)

    def times(self, name: str, rows: Numbers | None = None) -> Numbers:
        column = self.columns[name]
        if isinstance(column, CodedColumn):
            texts = pl.Series(name, column.texts(), dtype=pl.String)
            return FrameTable(texts.to_frame()).times(name, rows)
        return column if rows is None else column[rows]


def _microseconds(column: pl.Series) -> Numbers:
    found: Numbers = parse_timestamps(column).to_physical().fill_null(NO_TIME).to_numpy()
    return found


def _microseconds_or_none(column: pl.Series) -> Numbers:
    """Return the times of a column that may be empty."""
    text = column.cast(pl.String)
    if text.is_null().all() or (text.fill_null("") == "").all():
        return np.full(len(column), NO_TIME)
    return _microseconds(column)
