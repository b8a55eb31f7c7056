"""Import runs 取込の進行: a file is checked in the background, reviewed by a person, then executed or discarded."""

import hashlib
import secrets
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.audit import log
from todoke.audit.transitions import transition
from todoke.procedures.importer import ImportResult, import_file, preview_file
from todoke.procedures.models import ImportChange, ImportDefect, ImportRun
from todoke.spreadsheets.reader import UnreadableFile

Status = ImportRun.Status


@transaction.atomic
def create_run(file: File[bytes], name: str, *, by: Actor) -> ImportRun:
    """取込の開始: store a file and return its import run; one audit entry."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    run = ImportRun(token=secrets.token_hex(8), file_name=name[:255], digest=digest.hexdigest(), started_by=user_of(by))
    run.file.save(f"{run.token}{Path(name).suffix.lower()[:6]}", file, save=False)
    run.save()
    log.record(run, "取込の開始", by=by, after={"ファイル": run.digest})
    return run


def check(run: ImportRun) -> None:
    """取込の確認: save defects and a preview of the changes of a file; idempotent."""
    if not _move(run, Status.CHECKING):
        return
    run.defects.all().delete()
    run.previews.all().delete()
    try:
        result = preview_file(Path(run.file.path), progress=lambda rows: _save_progress(run, rows))
    except UnreadableFile as problem:
        _mark_refused(run, problem)
        return
    _save_result(run, result)
    _move(run, Status.CHECKED)


@transaction.atomic
def approve(run: ImportRun, mode: str, *, by: Actor) -> bool:
    """取込の実行: approve a checked import; False when its status changed meanwhile."""
    if not _move(run, Status.WRITING):
        return False
    run.mode = mode
    run.save(update_fields=["mode"])
    log.record(run, "取込の実行", by=by, after={"方法": mode})
    return True


@transaction.atomic
def discard(run: ImportRun, *, by: Actor) -> bool:
    """取込の取りやめ: discard an import and delete its file; False when its status changed meanwhile."""
    if not _move(run, Status.DISCARDED):
        return False
    run.file.delete(save=True)
    log.record(run, "取込の取りやめ", by=by)
    return True


def execute(run: ImportRun) -> None:
    """取込の書込み: write an approved import; rows and status in one transaction, so that it is idempotent."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.status != Status.WRITING:
            return
        good = run.mode == ImportRun.Mode.GOOD_ROWS_ONLY
        result = import_file(Path(run.file.path), by=run.started_by or System(), good_rows_only=good)
        run.defects.all().delete()
        run.previews.all().delete()
        _save_result(run, result)
        if result.written:
            _move(run, Status.DONE)
        else:
            run.problem = "正しくない行があるので、何も取り込んでいません。"
            _move(run, Status.REFUSED)


def _save_progress(run: ImportRun, rows: int) -> None:
    ImportRun.objects.filter(pk=run.pk).update(rows_read=rows)


def _mark_refused(run: ImportRun, problem: UnreadableFile) -> None:
    run.problem = f"{problem.problem}{problem.remedy}"
    _move(run, Status.REFUSED)


@transaction.atomic
def _save_result(run: ImportRun, result: ImportResult) -> None:
    run.edition, run.encoding, run.rows_read = result.edition, result.encoding, result.read
    run.created_count, run.changed_count = result.created, result.changed
    run.unchanged_count, run.refused_count = result.unchanged, result.refused
    run.hints = "\n".join(result.hints)
    run.save()
    ImportDefect.objects.bulk_create(ImportDefect(run=run, **vars(defect)) for defect in result.defects)
    ImportChange.objects.bulk_create(
        ImportChange(
            run=run, line=change.line, key=change.key, field=change.field,
            before=change.before[:200], after=change.after[:200],
        )
        for change in result.changes
    )  # fmt: skip


def _move(run: ImportRun, to: ImportRun.Status) -> bool:
    """Change the status and write the problem found; False when somebody else was first."""
    ended = timezone.now() if to in {Status.DONE, Status.REFUSED, Status.DISCARDED} else None
    return transition(run, to, finished_at=ended, problem=run.problem)
