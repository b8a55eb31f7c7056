"""Intake 取込の進行: a file is tried in the background, looked at by a person, and then carried out or thrown away."""

import hashlib
import secrets
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.audit import log
from todoke.audit.transitions import transition
from todoke.procedures.importer import Outcome, import_file, try_file
from todoke.procedures.models import ImportChange, ImportDefect, ImportRun
from todoke.spreadsheets.reader import UnreadableFile

Status = ImportRun.Status


@transaction.atomic
def start(file: File[bytes], name: str, *, by: Actor) -> ImportRun:
    """Keep a file for an import (取込の開始)."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    run = ImportRun(token=secrets.token_hex(8), file_name=name[:255], digest=digest.hexdigest(), started_by=user_of(by))
    run.file.save(f"{run.token}{Path(name).suffix.lower()[:6]}", file, save=False)
    run.save()
    log.record(run, "取込の開始", by=by, after={"ファイル": run.digest})
    return run


def check(run: ImportRun) -> None:
    """Try a file and write down what it would change; safe to run twice."""
    if not _move(run, Status.CHECKING):
        return
    run.defects.all().delete()
    run.previews.all().delete()
    try:
        outcome = try_file(Path(run.file.path), progress=lambda rows: _tell(run, rows))
    except UnreadableFile as problem:
        _refuse(run, problem)
        return
    _note(run, outcome)
    _move(run, Status.CHECKED)


@transaction.atomic
def approve(run: ImportRun, mode: str, *, by: Actor) -> bool:
    """Say that a checked import shall be carried out; False when somebody was faster (取込の実行)."""
    if not _move(run, Status.WRITING):
        return False
    run.mode = mode
    run.save(update_fields=["mode"])
    log.record(run, "取込の実行", by=by, after={"方法": mode})
    return True


@transaction.atomic
def discard(run: ImportRun, *, by: Actor) -> bool:
    """Throw a checked import away (取込の取りやめ)."""
    if not _move(run, Status.DISCARDED):
        return False
    run.file.delete(save=True)
    log.record(run, "取込の取りやめ", by=by)
    return True


def carry_out(run: ImportRun) -> None:
    """Write an approved import; the rows and the new status are one transaction, so that it is safe to run twice."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.status != Status.WRITING:
            return
        good = run.mode == ImportRun.Mode.GOOD_ROWS_ONLY
        outcome = import_file(Path(run.file.path), by=run.started_by or System(), good_rows_only=good)
        run.defects.all().delete()
        run.previews.all().delete()
        _note(run, outcome)
        if outcome.written:
            _move(run, Status.DONE)
        else:
            run.problem = "正しくない行があるので、何も取り込んでいません。"
            _move(run, Status.REFUSED)


def _tell(run: ImportRun, rows: int) -> None:
    ImportRun.objects.filter(pk=run.pk).update(rows_read=rows)


def _refuse(run: ImportRun, problem: UnreadableFile) -> None:
    run.problem = f"{problem.problem}{problem.remedy}"
    _move(run, Status.REFUSED)


@transaction.atomic
def _note(run: ImportRun, outcome: Outcome) -> None:
    run.edition, run.encoding, run.rows_read = outcome.edition, outcome.encoding, outcome.read
    run.created_count, run.changed_count = outcome.created, outcome.changed
    run.unchanged_count, run.refused_count = outcome.unchanged, outcome.refused
    run.hints = "\n".join(outcome.hints)
    run.save()
    ImportDefect.objects.bulk_create(ImportDefect(run=run, **vars(defect)) for defect in outcome.defects)
    ImportChange.objects.bulk_create(
        ImportChange(
            run=run, line=change.line, key=change.key, field=change.field,
            before=change.before[:200], after=change.after[:200],
        )
        for change in outcome.changes
    )  # fmt: skip


def _move(run: ImportRun, to: ImportRun.Status) -> bool:
    """Change the status and write the problem found; False when somebody else was first."""
    ended = timezone.now() if to in {Status.DONE, Status.REFUSED, Status.DISCARDED} else None
    return transition(run, to, finished_at=ended, problem=run.problem)
