"""Audited rows 記入: saves and deletes register rows with one audit entry each, under optimistic locking."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record, state_hash
from todoke.runtime.refusals import Conflict


class EditConflict(Conflict):
    """The row was not written (記入できません): it changed meanwhile, it is closed, or other rows refer to it."""


@runtime_checkable
class Closable(Protocol):
    """A row that can become read-only, for example once it is published."""

    @property
    def why_closed(self) -> str:
        """Return why the row cannot be changed now, in Japanese; empty while it can."""


def field_values(row: models.Model) -> dict[str, Any]:
    """Return the values of a row by the verbose names of its fields, without the primary key."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {str(field.verbose_name): field.value_from_object(row) for field in fields}


def _state_of(row: models.Model) -> dict[str, Any]:
    """Return the values of a stored row, with the keys of the rows that its own many-to-many fields name."""
    throughs = ((field, field.remote_field.through) for field in row._meta.many_to_many)
    many = [field for field, through in throughs if through is not None and through._meta.auto_created]
    named = {str(field.verbose_name): sorted(each.pk for each in field.value_from_object(row)) for field in many}
    return field_values(row) | named


def version_token(row: models.Model) -> str:
    """Return the hash of a row as read, to be passed as ``seen`` when it is saved; empty for a new row.

    It covers which row it is and what its many-to-many fields name: another row of the same values has another token.
    """
    return "" if row._state.adding else state_hash({"pk": row.pk, **_state_of(row)})


def _require_open(row: models.Model) -> None:
    if isinstance(row, Closable) and row.why_closed:
        raise EditConflict(row.why_closed)


def _stored(row: models.Model, seen: str) -> models.Model:
    stored = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None or version_token(stored) != seen:
        raise EditConflict("ほかの人が先に更新しました。画面を開き直して、もう一度書いてください。")
    _require_open(stored)
    return stored


@transaction.atomic
def save_audited(
    row: models.Model, *, by: Actor, seen: str = "", relations: Mapping[str, Iterable[models.Model]] | None = None
) -> None:
    """Insert or update a row (登録・訂正) and set its many-to-many ``relations``; ``seen`` is its version token.

    Raises EditConflict when the row is closed or changed since it was read, ValidationError for invalid values.
    """
    term = str(row._meta.verbose_name)
    fresh = row._state.adding
    before = None if fresh else _state_of(_stored(row, seen))
    _require_open(row)
    row.full_clean()
    row.save()
    for name, others in (relations or {}).items():
        getattr(row, name).set(others)
    record(row, f"{term}の登録" if fresh else f"{term}の訂正", by=by, before=before, after=_state_of(row))


@transaction.atomic
def delete_audited(row: models.Model, *, by: Actor, seen: str, reason: str) -> None:
    """Delete a row that was written by mistake (取消し).

    Raises EditConflict without a reason, when other rows refer to it, or when it is closed or changed since the read.
    """
    if not reason.strip():
        raise EditConflict("取り消す理由を書いてください。")
    stored = _stored(row, seen)
    for relation in row._meta.related_objects:
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            raise EditConflict("ほかの記録がこの行を使っているため、取り消せません。")
    record(stored, f"{row._meta.verbose_name}の取消し", by=by, before=_state_of(stored), reason=reason)
    stored.delete()
