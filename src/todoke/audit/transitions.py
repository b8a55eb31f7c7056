"""Transitions 状態の移り: the one conditional update by which a row changes where it still is what was read.

Each function returns whether this caller won rather than raising ``Conflict``: a worker or a webhook that comes second
has nothing left to do, and a person is told in the words of the room that was asked.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Protocol, cast

from django.db import models
from django.utils import timezone

Transitions = Mapping[str, frozenset[str]]


class StateMachine(Protocol):
    """状態を持つ行: a model with a status and the table of which status may follow which."""

    NEXT: ClassVar[Transitions]

    @property
    def status(self) -> str:
        """The status as it was read."""


def can_transition(row: StateMachine, to: str) -> bool:
    """Whether a status may follow the one that was read."""
    return to in row.NEXT[row.status]


def compare_and_set(row: models.Model, read: Mapping[str, Any], /, **changes: Any) -> bool:
    """Update a row where its own columns still hold what was ``read`` (lookups allowed); False when they do not.

    One UPDATE statement, so that of two at one moment one wins on every database; ``read`` names only columns of the
    row itself, because other rows are not locked. Sets the attributes of the row, but not from expressions.
    """
    if not type(row)._base_manager.filter(pk=row.pk, **read).update(**changes):
        return False
    for name, value in changes.items():
        if not hasattr(value, "resolve_expression"):
            setattr(row, name, value)
    return True


def transition(row: StateMachine, to: str, /, *, read: Mapping[str, Any] | None = None, **changes: Any) -> bool:
    """Change the status where it still is what was read, and ``NEXT`` allows it; False otherwise.

    ``read`` names further columns that must still hold these values.
    """
    expected = {**(read or {}), "status": row.status}
    return can_transition(row, to) and compare_and_set(cast(models.Model, row), expected, status=to, **changes)


def stamp_once(
    row: models.Model, column: str, at: date | None = None, /, *, read: Mapping[str, Any] | None = None, **changes: Any
) -> bool:
    """Set a date or time column (default: now) where it is still empty; False when it was set before.

    For what happens once and whose status is that column, such as a hold that is lifted.
    """
    expected = {**(read or {}), f"{column}__isnull": True}
    return compare_and_set(row, expected, **{column: at or timezone.now()}, **changes)
