"""Amending 記入: a row of a register is written with one audit entry, and never over what somebody else wrote."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record, state_hash


class NotWrittenError(ValueError):
    """The row was not written (記入できません): somebody was faster, it is closed, or other rows hang on it."""


@runtime_checkable
class Closable(Protocol):
    """A row that a time comes for after which nobody rewrites it."""

    @property
    def why_closed(self) -> str:
        """Say why the row cannot be rewritten now; empty while it can."""


def facts_of(row: models.Model) -> dict[str, Any]:
    """Return what a row says, by the Japanese names of its fields."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {str(field.verbose_name): field.value_from_object(row) for field in fields}


def mark_of(row: models.Model) -> str:
    """Return the mark of what was read, to be given back when the row is written; empty for a new row."""
    return "" if row._state.adding else state_hash(facts_of(row))


def _guard(row: models.Model) -> None:
    if isinstance(row, Closable) and row.why_closed:
        raise NotWrittenError(row.why_closed)


def _stored(row: models.Model, seen: str) -> models.Model:
    stored = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None or mark_of(stored) != seen:
        raise NotWrittenError("ほかの人が先に更新しました。画面を開き直して、もう一度書いてください。")
    _guard(stored)
    return stored


@transaction.atomic
def amend(
    row: models.Model, *, by: Actor, seen: str = "", many: Mapping[str, Iterable[models.Model]] | None = None
) -> None:
    """Write a new or a changed row (登録・訂正). ``seen`` is the mark of what was read; ``many`` are its relations.

    Raises NotWrittenError, or ValidationError where the row contradicts itself.
    """
    term = str(row._meta.verbose_name)
    fresh = row._state.adding
    before = None if fresh else facts_of(_stored(row, seen))
    _guard(row)
    row.full_clean()
    row.save()
    for name, others in (many or {}).items():
        getattr(row, name).set(others)
    record(row, f"{term}の登録" if fresh else f"{term}の訂正", by=by, before=before, after=facts_of(row))


@transaction.atomic
def strike(row: models.Model, *, by: Actor, seen: str, reason: str) -> None:
    """Take back a row that was written by mistake (取消し); a row on which others hang stays."""
    if not reason.strip():
        raise NotWrittenError("取り消す理由を書いてください。")
    stored = _stored(row, seen)
    for relation in row._meta.related_objects:
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            raise NotWrittenError("ほかの記録がこの行を使っているため、取り消せません。")
    record(stored, f"{row._meta.verbose_name}の取消し", by=by, before=facts_of(stored), reason=reason)
    stored.delete()
