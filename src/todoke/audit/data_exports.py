"""Data exports 持出し: what is taken away leaves a row to read and a sealed entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.models import DataExport
from todoke.organization.permissions import departments_of
from todoke.runtime.read_only_mode import read_only


@dataclass(frozen=True)
class Export:
    """持ち出すもの: a file in the words of its record.

    ``title`` is what it is, ``name`` the name of the file, ``rows`` its lines or papers; ``persons`` of how many
    people outside the office it tells, None where of none. ``caution`` is said before it is taken. ``query`` are the
    conditions as an address; they may hold a name, so that only their hash is stored. ``back`` is the page before.
    """

    title: str
    name: str
    rows: int
    file_format: str = "pdf"
    persons: int | None = None
    conditions: str = ""
    columns: Sequence[str] = ()
    reason: str = ""
    caution: str = ""
    subject: models.Model | str = ""
    query: str = ""
    back: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether whoever takes it says why: it tells of more than one person, or of one who is protected."""
        return (self.persons or 0) > 1 or bool(self.caution)


@transaction.atomic
def record_export(exported: Export, *, by: User) -> DataExport:
    """Record what a person takes away (持出し), and return the row; the entry seals it under the subject.

    In read-only mode the entry alone is kept, and says the same in its reason.
    """
    facts: dict[str, Any] = {
        "title": exported.title[:200],
        "file_format": exported.file_format,
        "rows": exported.rows,
        "persons": exported.persons,
        "conditions": exported.conditions or "条件なし",
        "columns": "・".join(exported.columns),
        "reason": exported.reason,
    }
    places = "・".join(department.name for department in departments_of(by))[:200]
    made = DataExport(actor=by, departments=places, **facts)
    if read_only() is None:
        made.save()
    sealed = {**facts, "address": exported.query, "token": made.token}
    act = f"{exported.title}の書き出し"[:60]
    record(exported.subject or f"accounts.user/{by.pk}", act, by=by, after=sealed, reason=_in_words(made))
    return made


def _in_words(made: DataExport) -> str:
    people = "" if made.persons is None else f"、{made.persons}人"
    said = f"{made.file_format}、{made.rows}件{people}、条件: {made.conditions}"
    return said + "".join(
        f"、{label}: {words}" for label, words in (("列", made.columns), ("理由", made.reason)) if words
    )
