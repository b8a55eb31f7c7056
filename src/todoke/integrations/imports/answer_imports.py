"""Answer imports 回答の取込: a table is read, its columns are mapped, every row is tried, and then becomes one case.

Nothing is written before a person has seen what does not fit. A row is one transaction with the mark of where it came
from, so that a worker that dies goes on, and the same table twice makes no second case.
"""

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, transition
from todoke.cases import intake
from todoke.cases.models import Case, Draft
from todoke.formbuilder.submission_errors import SubmissionIncomplete
from todoke.integrations.imports.column_mappings import mapping_for, release_of
from todoke.integrations.imports.imported_rows import (
    ImportedRow,
    digest_of_headings,
    headings_of,
    open_table,
    records_of_table,
    rows_of,
)
from todoke.integrations.models import AnswerImport, AnswerImportDefect, ColumnMapping, ImportedApplication
from todoke.integrations.sent_applications import fill_draft
from todoke.jobs.backend import task_named
from todoke.offers.models import Offer
from todoke.records.tasks import delete_file_content
from todoke.runtime.refusals import Conflict, NotAllowed, Refused, Unreadable
from todoke.spreadsheets.rows_below import in_words

FOLDER, MOST_ROWS, MOST_DEFECTS, STEP = "answer-imports", 20_000, 1_000, 20
CHECK = "todoke.integrations.tasks.check_answer_import"
WRITE = "todoke.integrations.tasks.write_answer_import"
Status = AnswerImport.Status


def begin_import(offer: Offer, file: UploadedFile[bytes], *, channel: str, by: User) -> AnswerImport:
    """Store a table and propose where its columns go (取込の開始). Raises NotAllowed, Unreadable, and keeps nothing."""
    if not Case(department=offer.department).can_process(by):
        raise NotAllowed("取り込めるのは、この手続の担当部署の職員です。")
    release = release_of(offer)
    stored = default_storage.save(f"{FOLDER}/{get_random_string(32)}", file)
    try:
        with open_table(stored) as sheet:
            headings, encoding = headings_of(sheet), sheet.encoding
            total = sum(1 for _ in records_of_table(headings, sheet.rows))
            said = "\n".join(in_words(sheet.left_out))
        if not 0 < total <= MOST_ROWS:
            raise Unreadable(f"表に{total:,}行あります。1行から{MOST_ROWS:,}行までの表にしてください。")
        with transaction.atomic():
            mapping = mapping_for(offer, ColumnMapping.Source.TABLE, digest_of_headings(headings), headings, release)
            made = AnswerImport.objects.create(
                mapping=mapping, path=stored, file_name=Path(file.name or "表").name[:200], encoding=encoding,
                channel=channel, begun_by=by, total=total, left_out=said,
            )  # fmt: skip
            log.record(made, "回答の取込の開始", by=by, after={"手続": offer.code, "行数": total})
            return made
    except BaseException:
        default_storage.delete(stored)
        raise


def order_check(batch: AnswerImport) -> None:
    """Order that every row is tried (試しの取込). Raises Conflict."""
    with transaction.atomic():
        batch.defects.all().delete()
        if not transition(batch, Status.CHECKING, done=0, fitting=0, known=0):
            raise Conflict("この取込は、もう先へ進んでいます。下の状態を確かめてください。")
        task_named(CHECK).enqueue(batch.pk)


def order_writing(batch: AnswerImport, *, by: User) -> None:
    """Order that the rows that fit become cases (取込). Raises NotAllowed, Conflict."""
    if not Case(department=batch.mapping.offer.department).can_process(by):
        raise NotAllowed("取り込めるのは、この手続の担当部署の職員です。")
    with transaction.atomic():
        if not batch.fitting or not transition(batch, Status.WRITING, done=0, begun_by=by):
            raise Conflict("この取込は、取り込める行がないか、もう先へ進んでいます。下の状態を確かめてください。")
        log.record(batch, "回答の取込", by=by, after={"取り込める行": batch.fitting, "取り込めない行": batch.unfit})
        task_named(WRITE).enqueue(batch.pk)


def cancel(batch: AnswerImport, *, by: User) -> None:
    """Give an import up before anything is written (取込の取りやめ). Raises Conflict."""
    path = batch.path
    with transaction.atomic():
        if not transition(batch, Status.CANCELLED, ended_at=timezone.now(), path=""):
            raise Conflict("この取込は、もう取り込んでいます。取りやめられません。")
        log.record(batch, "回答の取込の取りやめ", by=by)
        delete_file_content.enqueue(path)


def check_rows(batch_id: int) -> None:
    """Try every row and take it back, and note what does not fit; idempotent."""
    batch = _batch(batch_id)
    if batch.status != Status.CHECKING:
        return
    batch.defects.all().delete()
    counts: dict[str, Any] = {"fitting": 0, "known": 0}
    for done, row in enumerate(rows_of(batch), 1):
        if ImportedApplication.objects.filter(offer=batch.mapping.offer, key=row.key).exists():
            counts["known"] += 1
        elif (defects := _tried(batch, row)) and batch.defects.count() < MOST_DEFECTS:
            AnswerImportDefect.objects.bulk_create(
                AnswerImportDefect(batch=batch, line=row.line, column=column[:200], problem=problem[:500])
                for column, problem in defects
            )
        elif not defects:
            counts["fitting"] += 1
        if done % STEP == 0 and not compare_and_set(batch, {"status": Status.CHECKING}, done=done, **counts):
            return
    transition(batch, Status.CHECKED, done=batch.total, **counts)


def _tried(batch: AnswerImport, row: ImportedRow) -> list[tuple[str, str]]:
    """Return what keeps a row from becoming a case, by heading; nothing of it stays."""
    if row.unfit:
        return list(row.unfit)
    titles = {target: heading for heading, target in batch.mapping.taken().items()}
    try:
        with transaction.atomic():
            draft = _draft(batch, row)
            problems = [each for each in draft.submission.journey().problems() if not each.warning]
            transaction.set_rollback(True)
    except SubmissionIncomplete as incomplete:
        problems = [each for each in incomplete.problems if not each.warning]
    except Refused as refused:
        return [("", str(refused))]
    document = release_of(batch.mapping.offer).form_version.parsed
    return [(titles.get(each.question) or document.question(each.question).label, each.message) for each in problems]


def write_rows(batch_id: int) -> None:
    """Make one case of each row that fits; idempotent."""
    batch = _batch(batch_id)
    if batch.status != Status.WRITING:
        return
    for done, row in enumerate(rows_of(batch), 1):
        if not row.unfit:
            _write(batch, row)
        if done % STEP == 0:
            compare_and_set(batch, {"status": Status.WRITING}, done=done)
    path = batch.path
    with transaction.atomic():
        if transition(batch, Status.DONE, done=batch.total, ended_at=timezone.now(), path=""):
            log.record(batch, "回答の取込の完了", by=batch.begun_by, after={"案件": batch.applications.count()})
            delete_file_content.enqueue(path)


def _write(batch: AnswerImport, row: ImportedRow) -> None:
    """Make one case of a row; one that is there leaves nothing, one that is refused after all a defect."""
    said = f"「{batch.file_name}」の取込" + (f"(もとの受付番号 {row.number})" if row.number else "")
    try:
        with transaction.atomic():
            mark = ImportedApplication.objects.create(offer=batch.mapping.offer, key=row.key, batch=batch)
            draft = _draft(batch, row)
            case = intake.accept(
                draft.submission, by=batch.begun_by, received_at=row.received_at, reason=said[:200], told=False
            )
            ImportedApplication.objects.filter(pk=mark.pk).update(case=case)
    except IntegrityError:
        return
    except Refused as refused:
        AnswerImportDefect.objects.get_or_create(batch=batch, line=row.line, column="", problem=str(refused)[:500])


def _draft(batch: AnswerImport, row: ImportedRow) -> Draft:
    draft = intake.begin(release_of(batch.mapping.offer), by=batch.begun_by, channel=batch.channel)
    fill_draft(draft, row.answers, by=batch.begun_by)
    return draft


def _batch(batch_id: int) -> AnswerImport:
    return AnswerImport.objects.select_related("mapping__offer__department", "begun_by").get(pk=batch_id)
