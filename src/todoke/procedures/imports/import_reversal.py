"""Reversal of an import 取込の取消し: what it added is removed, what it changed is as before; whole or not at all."""

from typing import Any

from django.db import transaction
from django.db.models import Field, Model, QuerySet
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import transition
from todoke.procedures.bulk_write import BATCH, BulkWriter
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.imports import row_matching
from todoke.procedures.imports.row_matching import RowMatch, StoredProcedure
from todoke.procedures.imports.row_parser import ParsedRow
from todoke.procedures.models import (
    CodedValue,
    DuplicateCandidate,
    ImportedChange,
    ImportRow,
    ImportRun,
    Procedure,
    ProcedureQuerySet,
)
from todoke.procedures.models.text_index import forget_texts
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

_OWN: tuple[type[Model], ...] = (CodedValue, DuplicateCandidate, ImportedChange, ImportRow)
"""What belongs to an imported procedure without anybody having worked with it."""


def added_by(run: ImportRun) -> ProcedureQuerySet:
    """Return the procedures that an import added."""
    if run.first_serial is None or run.last_serial is None:
        return Procedure.objects.none()
    return Procedure.objects.filter(serial__range=(run.first_serial, run.last_serial))


@transaction.atomic
def take_back(run: ImportRun, *, by: Actor) -> int:
    """取込の取消し: undo an import; return how many changed cells stay because somebody changed them again since.

    One audit entry. Raises NotAllowed, Conflict when it was undone before, and Refused when something that it added is
    used already; then nothing is undone.
    """
    if isinstance(by, User) and not ImportRun.can_start(by):
        raise NotAllowed("取込を取り消せるのは、推進本部と手続設計担当です。")
    added = added_by(run)
    if used := _first_used(added):
        said = f"取り込んだ「{used.title}」が、もう使われています。取込は取り消していません。"
        link = path_to("office:procedure", used.number)
        raise Refused(f"{said}なくなった手続には、廃止日を入れてください。", link=link)
    if not transition(run, ImportRun.Status.TAKEN_BACK, finished_at=timezone.now()):
        raise Conflict("この取込は、もう取り消されているか、書き込まれていません。")
    ids = list(added.values_list("pk", flat=True))
    DuplicateCandidate.objects.filter(first__in=ids).delete()
    DuplicateCandidate.objects.filter(second__in=ids).delete()
    kept = _restore(run, by)
    added.delete()
    forget_texts(ids)
    log.record(run, "取込の取消し", by=by, after={"取り除いた手続": len(ids), "そのままの項目": kept})
    return kept


def _first_used(added: ProcedureQuerySet) -> Procedure | None:
    """Return a procedure with which somebody has worked: a review, a service, a count, a changed cell."""
    for relation in Procedure._meta.related_objects:
        model = relation.related_model
        if not isinstance(model, type) or issubclass(model, _OWN):
            continue
        rows: QuerySet[Any] = model._base_manager.filter(**{f"{relation.field.name}__in": added})
        if used := rows.values_list(relation.field.name, flat=True).first():
            return Procedure.objects.get(pk=used)
    judged = DuplicateCandidate.objects.judged().select_related("first", "second")
    pair = judged.filter(first__in=added).first() or judged.filter(second__in=added).first()
    return None if pair is None else pair.second


def _restore(run: ImportRun, by: Actor) -> int:
    """Write the cells as they were, where they still are what the import wrote; return how many are not."""
    formatter = ValueFormatter()
    writer, tables, kept = BulkWriter(by, formatter), row_matching.tables_by_code(), 0
    changes = run.written.order_by("pk")
    for start in range(0, changes.count(), BATCH):
        batch = list(changes[start : start + BATCH])
        known = row_matching.stored([change.procedure_id for change in batch], tables)
        pairs = []
        for change in batch:
            pair, left = _turned_back(change, known[change.procedure_id])
            kept += left
            pairs += [pair] if pair.differs else []
        writer.write(pairs)
    return kept


def _turned_back(change: ImportedChange, now: StoredProcedure) -> tuple[RowMatch, int]:
    pair, kept = RowMatch(ParsedRow(0), now), 0
    for name, after in change.after["values"].items():
        if now.values[name] == _typed(name, after):
            pair.values[name] = _typed(name, change.before["values"][name])
        else:
            kept += 1
    for table, codes in change.after["chosen"].items():
        if now.chosen.get(table, frozenset()) == frozenset(codes):
            pair.chosen[table] = frozenset(change.before["chosen"][table])
        else:
            kept += 1
    return pair, kept


def _typed(name: str, value: Any) -> Any:
    if name == "department_id":
        return value
    field = Procedure._meta.get_field(name)
    assert isinstance(field, Field)
    return field.to_python(value)
