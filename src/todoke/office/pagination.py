"""Keysets 続きの頁: a page begins after the last row of the one before, so that nothing shifts meanwhile."""

from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

SIZE = 50
Row = TypeVar("Row", bound=Model)


class Wish(Protocol):
    """一覧の条件: what a list was asked for; every list has its own."""

    @property
    def after(self) -> str: ...

    def address(self, **changes: str) -> str: ...


def beyond(last: Model, key: str, *, descending: bool, tie: str, value: Any = None) -> Q:
    """Return the condition of the rows after one, in the order of a column and then of ``tie`` ("-" turns it around).

    ``value`` stands for the column where the row does not carry it.
    """
    here, name = getattr(last, key) if value is None else value, tie.removeprefix("-")
    same = {key: here, f"{name}__{'lt' if tie.startswith('-') else 'gt'}": getattr(last, name)}
    return Q(**{f"{key}__{'lt' if descending else 'gt'}": here}) | Q(**same)


def page_of(found: QuerySet[Row], name: str) -> tuple[list[Row], str]:
    """Return the first page, and by which ``name`` of its last row the next begins; empty at the end."""
    rows = list(found[: SIZE + 1])
    return rows[:SIZE], str(getattr(rows[SIZE - 1], name)) if len(rows) > SIZE else ""


def around(wish: Wish, following: str, name: str) -> dict[str, str]:
    """Return the addresses of the next page, of the first one, and of the export of a list, by its address's name."""
    here = wish.address()
    return {
        "following": wish.address(after=following) if following else "",
        "previous": here if wish.after else "",
        "export": here.replace(reverse(f"office:{name}"), reverse(f"office:{name}-export")),
    }
