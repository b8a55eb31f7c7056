"""Cell edits 手続の訂正: saves changed cells of a procedure with optimistic locking and a change history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.procedures import search
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.imports.row_matching import LABELS
from todoke.procedures.models import CodedValue, FieldChange, Procedure
from todoke.runtime.refusals import Conflict, NotAllowed


class StaleProcedure(Conflict):
    """先に変更されています: the procedure was changed since it was read."""


@transaction.atomic
def update_procedure(
    procedure: Procedure,
    values: Mapping[str, Any],
    chosen: Mapping[str, Iterable[int]],
    *,
    by: Actor,
    reason: str = "",
    source: FieldChange.Source = FieldChange.Source.PAGE,
) -> int:
    """手続の訂正: save fields and coded values (ids by table); return how many cells changed; one audit entry.

    Raises StaleProcedure when the version is not the one that was read, and NotAllowed.
    """
    if isinstance(by, User) and not procedure.can_edit(by):
        raise NotAllowed("この手続を変更できるのは、所管部署の職員、推進本部、設計担当です。")
    differing = {name: value for name, value in values.items() if getattr(procedure, name) != value}
    before = _chosen(procedure, chosen)
    moved = {table: set(codes) for table, codes in chosen.items() if set(codes) != before.get(table, set())}
    if not differing and not moved:
        return 0
    cells = _cells(procedure, differing, before, moved)
    differing |= {"version": procedure.version + 1, "updated_at": timezone.now()}
    if not compare_and_set(procedure, {"version": procedure.version}, **differing):
        raise StaleProcedure("開いている間に、別の人がこの手続を変更しました。開き直して、もう一度入力してください。")
    _replace_codes(procedure, before, moved)
    FieldChange.objects.bulk_create(
        FieldChange(
            procedure=procedure, at=timezone.now(), actor=user_of(by), actor_label=label_of(by), source=source,
            field=label, before=old, after=new,
        )
        for label, old, new in cells
    )  # fmt: skip
    procedure.refresh_from_db()
    search.index_procedure(procedure)
    old_state, new_state = {label: old for label, old, _ in cells}, {label: new for label, _, new in cells}
    log.record(procedure, "手続の訂正", by=by, before=old_state, after=new_state, reason=reason)
    return len(cells)


def _chosen(procedure: Procedure, tables: Iterable[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    rows = procedure.coded_values.filter(code__table__in=list(tables)).values_list("code__table", "code_id")
    for table, code in rows:
        found.setdefault(table, set()).add(code)
    return found


def _cells(
    procedure: Procedure, values: Mapping[str, Any], before: Mapping[str, set[int]], moved: Mapping[str, set[int]]
) -> list[tuple[str, str, str]]:
    formatter = ValueFormatter()
    cells = [
        (LABELS[name], formatter.value(name, getattr(procedure, name)), formatter.value(name, value))
        for name, value in values.items()
    ]
    cells += [
        (LABELS[table], formatter.chosen(before.get(table, ())), formatter.chosen(codes))
        for table, codes in moved.items()
    ]
    return cells


def _replace_codes(procedure: Procedure, before: Mapping[str, set[int]], moved: Mapping[str, set[int]]) -> None:
    for table, codes in moved.items():
        gone = before.get(table, set()) - codes
        procedure.coded_values.filter(code__in=gone).delete()
        CodedValue.objects.bulk_create(
            CodedValue(procedure=procedure, code_id=code) for code in codes - before.get(table, set())
        )
