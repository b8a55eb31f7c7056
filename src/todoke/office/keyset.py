"""Keysets 続きの頁: a page begins after the last row of the one before, so that nothing shifts meanwhile."""

from typing import Any

from django.db.models import Model, Q


def beyond(last: Model, key: str, *, descending: bool, tie: str, value: Any = None) -> Q:
    """Return the condition of the rows after one, in the order of a column and then of ``tie`` ("-" turns it around).

    ``value`` stands for the column where the row does not carry it.
    """
    here, name = getattr(last, key) if value is None else value, tie.removeprefix("-")
    same = {key: here, f"{name}__{'lt' if tie.startswith('-') else 'gt'}": getattr(last, name)}
    return Q(**{f"{key}__{'lt' if descending else 'gt'}": here}) | Q(**same)
