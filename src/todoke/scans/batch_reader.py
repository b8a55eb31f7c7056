"""Batch reader 束の読取り: a job reads the sheets of a batch, keeps what it read, and leaves the rest to people."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.file_validation.bounded_read import Cancelled, ReadLimits, read_watched
from todoke.jobs.backend import task_named
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotYet, Refused, Unreadable
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.engines.rehearsal import rehearsed_sheet
from todoke.scans.engines.sheet_reader import ReadField, ReadSheet, read_sheets
from todoke.scans.models import FieldReading, ScanBatch, ScanGate, ScanSheet
from todoke.scans.recognition.routes import is_drawn, route_of
from todoke.scans.sheet_order import Seen, places_of
from todoke.scans.template_fields import TemplateField

READ = "todoke.scans.tasks.read_batch"
AT_ONCE = 5
LIMITS = ReadLimits(seconds=120, megabytes=900, too_long="紙面を{seconds}秒で読み終わりませんでした。")
OTHER_FORM = "別の様式か、別の版の紙です。"
NOT_ALIGNED = "四隅の印が見つからないので、読んでいません。"


@transaction.atomic
def begin(batch: ScanBatch, *, by: User) -> None:
    """Hand the sheets of a batch to the reader by a job.

    Raises Refused without a reader or for a batch that measures typing, NotYet without a sheet, NotAllowed, Conflict.
    """
    reader = chosen_reader()
    if not reader.name:
        raise Refused(reader.said)
    if batch.is_baseline:
        raise Refused("この束は、読取りを使わずに時間を測る束です。画像を見て入力してください。")
    if not batch.sheets.live().exists():
        raise NotYet(
            "まだ画像がありません。スキャンした画像を入れてください。", link=path_to("office:scan", batch.token)
        )
    batch.begin_reading(reader.said, by=by)
    task_named(READ).enqueue(batch.pk)


def read_batch(batch_id: int) -> None:
    """Read the sheets that were not read yet, note the progress, and pass the batch to the people. Idempotent."""
    batch = ScanBatch.objects.select_related("template", "department").get(pk=batch_id)
    if batch.status != ScanBatch.Status.READING:
        return
    sheets = list(batch.sheets.live().filter(settled_at=None).order_by("position"))
    waiting = [sheet for sheet in sheets if not sheet.looked_at]
    for begin_at in range(0, len(waiting), AT_ONCE):
        some = waiting[begin_at : begin_at + AT_ONCE]
        if not batch.note_read(len(sheets) - len(waiting) + begin_at):
            return
        try:
            found = _read(batch, some)
        except Cancelled:
            return
        with transaction.atomic():
            for sheet, read in zip(some, found, strict=True):
                _keep(batch, sheet, read)
    with transaction.atomic():
        _order(batch)
        if batch.note_read(len(sheets)) and batch.end_reading():
            record(batch, "読取りの終わり", by=System("読取りの部品"), after={"枚数": len(sheets)})


def _read(batch: ScanBatch, sheets: Sequence[ScanSheet]) -> list[ReadSheet]:
    """Return the readings of some sheets, each alone where together they break the reader."""
    template = batch.template
    if chosen_reader().is_rehearsal:
        return [
            rehearsed_sheet(sheet.sha256, (sheet.width, sheet.height), template.size, template.fields)
            for sheet in sheets
        ]  # fmt: skip
    pages = [(_content(sheet), sheet.page) for sheet in sheets]

    def watch(done: int, whole: int) -> bool:
        return ScanBatch.objects.filter(pk=batch.pk, status=ScanBatch.Status.READING).exists()

    try:
        return read_watched(LIMITS, watch, read_sheets, pages, template.size, template.fields)
    except Unreadable:
        if len(sheets) == 1:
            return [ReadSheet(0, None, None, ())]
        return [one for sheet in sheets for one in _read(batch, [sheet])]


def _content(sheet: ScanSheet) -> bytes:
    with sheet.open() as file:
        return file.read()


def _keep(batch: ScanBatch, sheet: ScanSheet, read: ReadSheet) -> None:
    """Keep the alignment and the readings of a sheet, each with its route."""
    code, template = read.code, batch.template
    is_other = code is not None and (code.key, code.version) != (template.key, template.version)
    said = OTHER_FORM if is_other else "" if read.matrix else NOT_ALIGNED
    matrix = None if is_other else read.matrix
    sheet.turn, sheet.matrix, sheet.finding, sheet.looked_at = read.turn, matrix, said, True
    sheet.code_page = code.page if code and not is_other else None
    sheet.alignment = ScanSheet.Alignment.MARKS if matrix else ScanSheet.Alignment.NONE
    sheet.save(update_fields=["turn", "matrix", "finding", "looked_at", "code_page", "alignment"])
    if matrix is None:
        return
    gates = ScanGate.thresholds(template, batch.channel)
    entered = set(sheet.verifications.values_list("field", flat=True))
    rows = [
        _reading(sheet, template.field(one.key), one, read, gates.get(one.key))
        for one in read.fields
        if one.key not in entered
    ]
    FieldReading.objects.bulk_create(rows, ignore_conflicts=True)


def _reading(
    sheet: ScanSheet, field: TemplateField, one: ReadField, read: ReadSheet, gate: float | None
) -> FieldReading:  # fmt: skip
    drawn = is_drawn(settings.SECRET_KEY.encode(), sheet.token, field.key)
    route = route_of(
        field.kind, field.policy, confidence=one.confidence, gate=gate, is_valid=not one.problem, drawn=drawn
    )
    return FieldReading(
        sheet=sheet, field=field.key, text=one.text, confidence=min(1.0, max(0.0, one.confidence)), route=route,
        engine=read.engine, engine_version=read.version, model_sha256=read.model_sha256, problem=one.problem[:100],
    )  # fmt: skip


def _order(batch: ScanBatch) -> None:
    """Put the sheets to the pages that their codes say; a page 1 begins the next application."""
    sheets = list(batch.sheets.live().filter(settled_at=None).order_by("position"))
    taken = batch.sheets.live().exclude(settled_at=None).count()
    if taken or all(sheet.code_page in (None, sheet.page) for sheet in sheets):
        return
    places = places_of([Seen(sheet.page, sheet.code_page) for sheet in sheets], batch.template.pages)
    for number, sheet in enumerate(sheets):
        batch.sheets.filter(pk=sheet.pk).update(application=1_000_000 + number)
    for sheet, (application, page) in zip(sheets, places, strict=True):
        batch.sheets.filter(pk=sheet.pk).update(application=application, page=page)
