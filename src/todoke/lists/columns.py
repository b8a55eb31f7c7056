"""Columns 列 and filters 絞り込み of a list: what a row shows, exports and sorts by, and what narrows the rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from todoke.runtime.parameters import YEARS


@dataclass(frozen=True)
class Column:
    """列: ``value`` is what is exported and, without ``cell`` (HTML) or ``template``, also what the page shows.

    ``sort`` names the fields of the ascending order ("-" turns one around). Where nobody chose columns, the page has
    those ``shown`` and the export those ``exported``, which is the same unless said otherwise. ``template`` is
    rendered with the row in the context of the page. What is ``personal`` tells who somebody outside the office is.
    """

    key: str
    label: str
    value: Callable[[Any], object]
    sort: str | tuple[str, ...] = ()
    cell: Callable[[Any], object] | None = None
    template: str = ""
    css: str = ""
    shown: bool = True
    exported: bool | None = None
    personal: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        """Return the fields of the ascending order; empty where nothing is sorted by this column."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    @property
    def is_exported(self) -> bool:
        return self.shown if self.exported is None else self.exported


@dataclass(frozen=True)
class Choice:
    """選んで絞り込む条件: ``condition`` makes of the chosen key what the rows must fulfil; without it ``field`` is
    compared with the key. ``empty`` says what is shown where nothing is chosen.
    """

    name: str
    label: str
    choices: Iterable[tuple[Any, Any]]
    field: str = ""
    condition: Callable[[str], Q] | None = None
    empty: str = "すべて"
    kind = "choice"

    def read(self, typed: str) -> str:
        """Return the key as typed, or nothing where it is not one of the choices."""
        return typed if typed and typed in {str(key) for key, _ in self.choices} else ""

    def narrow(self, chosen: str) -> Q:
        """Return the condition of a key that was read."""
        return self.condition(chosen) if self.condition else Q(**{self.field: chosen})

    def words(self, chosen: str) -> str:
        """Return how a key reads."""
        return next((str(label) for key, label in self.choices if str(key) == chosen), chosen)

    def options(self, chosen: str, counts: Mapping[str, int] | None = None) -> list[tuple[str, str, bool]]:
        """Return key, label and whether it is chosen, for a select; with counts, those that would show something."""
        every = [(str(key), str(label)) for key, label in self.choices if str(key)]
        if counts is None:
            return [(key, label, key == chosen) for key, label in every]
        some = [(key, label, counts.get(key, 0)) for key, label in every]
        return [(key, f"{label}({n:,})", key == chosen) for key, label, n in some if n or key == chosen]


@dataclass(frozen=True)
class Day:
    """日付で絞り込む条件: ``condition`` makes of the day what the rows must fulfil."""

    name: str
    label: str
    condition: Callable[[date], Q]
    kind = "day"

    def read(self, typed: str) -> str:
        """Return the day as 2026-11-29, or nothing where that is no day."""
        try:
            found = date.fromisoformat(typed.strip())
        except ValueError:
            return ""
        return found.isoformat() if found.year in YEARS else ""

    def narrow(self, chosen: str) -> Q:
        """Return the condition of a day that was read."""
        return self.condition(date.fromisoformat(chosen))

    def words(self, chosen: str) -> str:
        """Return how a day reads."""
        return chosen


Filter = Choice | Day
