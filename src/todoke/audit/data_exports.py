"""Data exports 持出し: what is taken away leaves a row to read and a sealed entry."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.models import DataExport
from todoke.organization.permissions import departments_of
from todoke.runtime.read_only_mode import read_only


@transaction.atomic
def record_export(
    title: str, *, rows: int, file_format: str, by: User, conditions: str = "", columns: Sequence[str] = (),
    reason: str = "", subject: models.Model | str = "", query: str = "",
) -> DataExport:  # fmt: skip
    """Record what a person takes away (持出し), and return the row; the entry seals it under ``subject``.

    In read-only mode the entry alone is kept, and says the same in its reason.
    ``query`` are the conditions as an address; they may hold a name, so that only their hash is stored.
    """
    facts: dict[str, Any] = {
        "title": title[:200],
        "file_format": file_format,
        "rows": rows,
        "conditions": conditions or "条件なし",
        "columns": "・".join(columns),
        "reason": reason,
    }
    places = "・".join(department.name for department in departments_of(by))[:200]
    made = DataExport(actor=by, departments=places, **facts)
    if read_only() is None:
        made.save()
    said = f"{file_format}、{rows}件、条件: {made.conditions}"
    said += "".join(f"、{label}: {words}" for label, words in (("列", made.columns), ("理由", reason)) if words)
    sealed = {**facts, "address": query, "token": made.token}
    act = f"{title}の書き出し"[:60]
    record(subject or f"accounts.user/{by.pk}", act, by=by, after=sealed, reason=said)
    return made
