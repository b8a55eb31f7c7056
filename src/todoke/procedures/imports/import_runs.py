"""Import runs 取込の進行: a file is checked in the background, reviewed by a person, then executed or discarded."""

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.audit import log
from todoke.audit.transitions import transition
from todoke.procedures.imports.importer import (
    Decision,
    ImportResult,
    Progress,
    UnknownHeadings,
    import_file,
    preview_file,
)
from todoke.procedures.look_alikes import LookAlike
from todoke.procedures.models import ImportChange, ImportDefect, ImportRow, ImportRun
from todoke.runtime.refusals import NotYet
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
    run.problem = ""
    decided = _decisions(run)
    try:
        result = preview_file(Path(run.file.path), progress=lambda rows: _save_progress(run, rows), decisions=decided)
    except UnreadableFile as problem:
        _mark_refused(run, problem)
        return
    _save_result(run, result)
    _move(run, Status.CHECKED)


@transaction.atomic
def approve(run: ImportRun, mode: str, *, by: Actor) -> bool:
    """取込の実行: approve a checked import; False when its status changed meanwhile.

    Raises NotYet while rows with a look-alike wait for a person.
    """
    if waiting := run.rows.filter(like__isnull=False, choice="").count():
        raise NotYet(f"似た手続のある{waiting:,}行を、まだ決めていません。先に、同じ手続か別の手続かを選んでください。")
    if not _move(run, Status.WRITING):
        return False
    run.mode = mode
    run.save(update_fields=["mode"])
    log.record(run, "取込の実行", by=by, after={"方法": mode})
    return True


@transaction.atomic
def decide(run: ImportRun, choices: Mapping[int, str], *, by: Actor) -> bool:
    """似た手続を決める: save what a person chose for rows by their line, and let the file be checked again.

    False when its status changed meanwhile.
    """
    if not _move(run, Status.WAITING):
        return False
    for row in run.rows.filter(line__in=choices, like__isnull=False):
        row.choice = choices[row.line]
        row.save(update_fields=["choice"])
    log.record(run, "似た手続の判断", by=by, after={str(line): choice for line, choice in choices.items()})
    return True


def check_again(run: ImportRun) -> bool:
    """読み直し: let a checked or refused file be checked again; False when its status does not allow it."""
    return _move(run, Status.WAITING)


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
        by, decided = run.started_by or System(), _decisions(run)
        result = import_file(Path(run.file.path), by=by, good_rows_only=good, decisions=decided, record=run)
        run.defects.all().delete()
        run.previews.all().delete()
        _save_result(run, result)
        if result.written:
            _move(run, Status.DONE)
        else:
            run.problem = "正しくない行があるので、何も取り込んでいません。"
            _move(run, Status.REFUSED)


@transaction.atomic
def import_unattended(path: Path, *, by: Actor, good_rows_only: bool, progress: Progress | None = None) -> ImportResult:
    """確かめない取込: import a file at once, as a script does; its run can be undone like any other.

    Nothing is kept of a file that is not written. Raises UnreadableFile.
    """
    run = ImportRun.objects.create(token=secrets.token_hex(8), file_name=path.name[:255], status=Status.WRITING)
    result = import_file(path, by=by, good_rows_only=good_rows_only, progress=progress, record=run)
    if not result.written:
        run.delete()
        return result
    _save_result(run, result)
    _move(run, Status.DONE)
    return result


def _decisions(run: ImportRun) -> dict[int, Decision]:
    return {
        row.line: Decision(row.choice, LookAlike(row.like.pk, row.like.number, row.likeness or 0) if row.like else None)
        for row in run.rows.exclude(choice="").select_related("like")
    }


def _save_progress(run: ImportRun, rows: int) -> None:
    ImportRun.objects.filter(pk=run.pk).update(rows_read=rows)


def _mark_refused(run: ImportRun, problem: UnreadableFile) -> None:
    run.problem = f"{problem.problem}{problem.remedy}"
    run.unread_columns = list(problem.headings[:200]) if isinstance(problem, UnknownHeadings) else []
    run.save(update_fields=["unread_columns"])
    _move(run, Status.REFUSED)


@transaction.atomic
def _save_result(run: ImportRun, result: ImportResult) -> None:
    run.edition, run.encoding, run.rows_read = result.edition, result.encoding, result.read
    run.created_count, run.changed_count = result.created, result.changed
    run.unchanged_count, run.refused_count = result.unchanged, result.refused
    run.alike_count, run.skipped_count = result.alike, result.skipped
    run.unread_columns, run.unknown_departments = result.unread_columns[:200], result.unknown_departments[:200]
    run.first_serial, run.last_serial = result.serials or (None, None)
    run.hints = "\n".join(result.hints)
    run.save()
    run.rows.all().delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=run, line=row.line, title=row.title, detail=row.detail, choice=row.choice,
                like_id=row.like.pk if row.like else None, likeness=row.like.likeness if row.like else None,
            )
            for row in result.rows
        ),
        batch_size=500,
    )  # fmt: skip
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
