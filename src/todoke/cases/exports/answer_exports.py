"""Answer exports 回答の書出し: which cases one tells of, how its file is made, and when it goes."""

import hashlib
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.cases.exports.answer_table import CHANGES
from todoke.cases.exports.choice_counts import COUNT_HEADS, choice_counts, count_lines
from todoke.cases.exports.own_columns import table_of
from todoke.cases.exports.paper_archive import write_archive
from todoke.cases.exports.table_files import table_file, write_counts
from todoke.cases.models import AnswerExport, AnswerExportRow, AnswerLayout, Case
from todoke.cases.models.answer_export import KEPT
from todoke.cases.models.stop_flag import flagged_cases
from todoke.file_validation.bounded_read import Cancelled
from todoke.formbuilder.models import Answer, FormDraft
from todoke.jobs.backend import task_named
from todoke.records.orphaned_files import delete_orphaned_files
from todoke.records.tasks import delete_file_content
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.spreadsheets.writer import csv_lines

MOST, AT_ONCE, STEP, AT_WRITING = 20_000, 200, 200, 1000
"""Cases of one export, those written while the person waits, between two notes of progress, and noted at once."""
FOLDER = "exports"
BUSY: dict[str, Any] = {"made_at": None, "problem": ""}
MAKE = "todoke.cases.tasks.make_answer_export"
CANCELLED, TOO_LATE = "途中でやめました。", "1日のうちにできませんでした。もう一度、書き出してください。"


@dataclass(frozen=True)
class Wish:
    """書出しの希望: what somebody wants as a file, in which format, with which columns."""

    contents: str = AnswerExport.Contents.TABLE
    file_format: str = AnswerExport.Format.XLSX
    encoding: str = AnswerExport.Encoding.UTF8
    repeats: str = AnswerExport.Repeats.JOINED
    columns: Sequence[str] = ()
    only_new: bool = False
    conditions: str = ""


def taken_before(form: FormDraft, user: User) -> QuerySet[AnswerExport]:
    """Return the tables of a form that a person has taken, which "since last time" is counted from."""
    made = AnswerExport.objects.filter(form=form, requested_by=user, contents=AnswerExport.Contents.TABLE)
    return made.exclude(taken_at=None)


def with_last_time(cases: QuerySet[Case], form: FormDraft, user: User) -> QuerySet[Case]:
    """Return cases with ``exported_at``: when the last table that the person took of the form read each of them."""
    rows = AnswerExportRow.objects.filter(case=OuterRef("pk"), export__in=taken_before(form, user))
    last = rows.order_by("-export__requested_at").values("export__requested_at")[:1]
    return cases.annotate(exported_at=Subquery(last, output_field=DateTimeField()))


def new_since(cases: QuerySet[Case], form: FormDraft, user: User) -> QuerySet[Case]:
    """Return the cases that no table told the person of, or whose answers were corrected since one did."""
    corrected = Answer.objects.filter(submission=OuterRef("submission"), superseded_at__gt=OuterRef("exported_at"))
    return with_last_time(cases, form, user).filter(Q(exported_at=None) | Exists(corrected))


@transaction.atomic
def request_export(form: FormDraft, cases: QuerySet[Case], wish: Wish, *, by: User) -> AnswerExport:
    """Create an export of the cases, in their order, and make its file now or by a job; remembers the columns.

    Only cases that the person sees today are taken. Raises NotYet where none is left, Refused for too many.
    """
    seen = Case.objects.in_office_of(by).filter(release__form_version__draft=form).values("pk")
    chosen = with_last_time(cases.filter(pk__in=seen), form, by)
    if wish.only_new:
        chosen = new_since(chosen, form, by)
    found = chosen.values_list("pk", "exported_at")  # type: ignore[misc] # the types do not see the annotation
    rows = list(found[: MOST + 1])
    if not rows:
        said = (
            "前回のあとに、新しい申請も補正もありません。"
            if wish.only_new
            else "この条件に当てはまる案件がありません。"
        )
        raise NotYet(f"{said}ファイルは作っていません。")
    if len(rows) > MOST:
        raise Refused(f"一度に書き出せるのは{MOST:,}件までです。受付日で分けてください。ファイルは作っていません。")
    made = AnswerExport.objects.create(
        form=form, contents=wish.contents, file_format=wish.file_format, encoding=wish.encoding, repeats=wish.repeats,
        columns=list(wish.columns), only_new=wish.only_new, requested_by=by, total=len(rows),
        conditions=wish.conditions or "条件なし", expires_at=timezone.now() + KEPT,
    )  # fmt: skip
    _note_rows(made, rows)
    if wish.columns:
        AnswerLayout.keep(form, wish.columns, by=by)
    log.record(made, "回答の書出しの求め", by=by, after={"様式": form.code, "件数": made.total, "番号": made.number})
    if made.total <= AT_ONCE:
        make_file(made.pk)
        made.refresh_from_db()
    else:
        task_named(MAKE).enqueue(made.pk)
    return made


@transaction.atomic
def request_counts(form: FormDraft, query: str, wish: Wish, *, by: User) -> AnswerExport:
    """Create an export of the numbers of each choice, which tells of nobody; the caller orders the job that counts."""
    made = AnswerExport.objects.create(
        form=form, contents=AnswerExport.Contents.COUNTS, file_format=wish.file_format, requested_by=by, total=0,
        query=query, conditions=wish.conditions or "条件なし", expires_at=timezone.now() + KEPT,
    )  # fmt: skip
    log.record(made, "回答の書出しの求め", by=by, after={"様式": form.code, "番号": made.number})
    return made


def _note_rows(export: AnswerExport, cases: Sequence[tuple[int, datetime | None]]) -> None:
    """Note which cases an export tells of, in their order, and when one told of each before."""
    for begin in range(0, len(cases), AT_WRITING):
        AnswerExportRow.objects.bulk_create(
            AnswerExportRow(export=export, case_id=pk, position=begin + place, is_new=last is None)
            for place, (pk, last) in enumerate(cases[begin : begin + AT_WRITING], 1)
        )


def make_file(export_id: int) -> None:
    """Write the file of an export (回答の書出し); idempotent. Notes its progress, and why it could not be made."""
    export = AnswerExport.objects.select_related("form", "requested_by").get(pk=export_id)
    if not export.is_busy:
        return
    _withhold_flagged(export)
    with tempfile.TemporaryDirectory(prefix="todoke-export-") as folder:
        path = Path(folder) / f"export.{export.suffix}"
        try:
            if export.contents == AnswerExport.Contents.PAPERS:
                papers = write_archive(export, path, progress=lambda done: _note(export, done))
                _store(export, path, lines=papers)
            else:
                _write_table(export, path)
                _store(export, path)
        except Refused as refused:
            compare_and_set(export, BUSY, problem=str(refused))


def make_counts(export: AnswerExport, submissions: Sequence[int], departments: Sequence[int]) -> None:
    """Count the choices of applications to some departments and write the file; ends where somebody cancels it."""
    export.counted_in.set(departments)
    compare_and_set(export, BUSY, total=len(submissions))
    with tempfile.TemporaryDirectory(prefix="todoke-export-") as folder, suppress(Cancelled):
        lines = count_lines(choice_counts(export.form, submissions, progress=lambda done: _note(export, done)))
        path = Path(folder) / f"export.{export.suffix}"
        if export.file_format == AnswerExport.Format.XLSX:
            write_counts(export, lines, path)
        else:
            path.write_text("".join(csv_lines(COUNT_HEADS, lines)), encoding="utf-8", newline="")
        _store(export, path, lines=len(lines))


def _withhold_flagged(export: AnswerExport) -> None:
    flagged = flagged_cases(export.rows.cases())
    export.rows.update(withheld=False)
    export.rows.filter(case__in=flagged).update(withheld=True)


def _write_table(export: AnswerExport, path: Path) -> None:
    table = table_of(export.form, export.columns, sheets=export.repeats == AnswerExport.Repeats.SHEETS)
    rows = list(export.rows.order_by("position").values_list("case", "is_new", "withheld"))
    is_new = {pk: new for pk, new, _ in rows}
    withheld = frozenset(pk for pk, _, hidden in rows if hidden)
    file = table_file(export, table, path)
    for done, (case, row) in enumerate(table.rows([pk for pk, *_ in rows], withheld), 1):
        file.append(row, CHANGES[is_new[case.pk]])
        if done % STEP == 0:
            _note(export, done)
    file.finish()


def _note(export: AnswerExport, done: int) -> None:
    if not compare_and_set(export, BUSY, done=done):
        raise Cancelled(CANCELLED)


def _store(export: AnswerExport, path: Path, **facts: int) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
        file.seek(0)
        stored = default_storage.save(f"{FOLDER}/{get_random_string(32)}.{export.suffix}", File(file))
    made = {"path": stored, "size": path.stat().st_size, "sha256": digest.hexdigest(), "done": export.total, **facts}
    if not compare_and_set(export, BUSY, made_at=timezone.now(), query="", **made):
        default_storage.delete(stored)


@transaction.atomic
def note_taking(export: AnswerExport) -> None:
    """Note that an export was taken, from which "since last time" is counted (取出し)."""
    stamp_once(export, "taken_at")


def delete_expired() -> int:
    """Delete the files of exports after their time, and files without a row; return how many. The rows stay.

    A count that has not ended by then ends, so that its query, which may hold a name, is not kept.
    """
    late = AnswerExport.objects.filter(contents=AnswerExport.Contents.COUNTS, expires_at__lte=timezone.now(), **BUSY)
    late.update(query="", problem=TOO_LATE)
    gone = 0
    for export in AnswerExport.objects.expired():
        default_storage.delete(export.path)
        gone += AnswerExport.objects.filter(pk=export.pk).update(path="")
    return gone + delete_orphaned_files(FOLDER, lambda path: AnswerExport.objects.filter(path=path).exists())


def erase_exports_of(case: Case) -> list[str]:
    """Take the files that tell of a case out of reach, and return their paths, which the caller has deleted."""
    found = AnswerExport.objects.filter(rows__case=case).exclude(path="").distinct()
    paths = list(found.values_list("path", flat=True))
    AnswerExport.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(path="")
    return paths


@transaction.atomic
def cancel(export: AnswerExport, *, by: User) -> None:
    """Stop the making of an export (書出しの取りやめ). Raises NotAllowed to others, Conflict where it has ended."""
    if export.requested_by_id != by.pk:
        raise NotAllowed("この書出しをやめられるのは、書き出した本人です。")
    if not compare_and_set(export, BUSY, problem=CANCELLED, query=""):
        raise Conflict("この書出しは、もう終わっています。")
    log.record(export, "書出しの取りやめ", by=by)


@transaction.atomic
def remove(export: AnswerExport, *, by: User) -> None:
    """Delete the file of an export before its time (書出しの削除); the row stays. Raises NotAllowed to others."""
    if export.requested_by_id != by.pk:
        raise NotAllowed("このファイルを消せるのは、書き出した本人です。")
    path = export.path
    if path and compare_and_set(export, {"path": path}, path=""):
        delete_file_content.enqueue(path)
        log.record(export, "書出しの削除", by=by)
