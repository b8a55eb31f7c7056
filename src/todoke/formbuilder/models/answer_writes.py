"""Answer writes 記入: saves a posted page, migrates, finalizes and deletes answers. Inside a transaction only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from todoke.accounts.actors import Actor, user_of
from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.answers.answer_migration import (
    AnswerNotice,
    NoticeReason,
    emptied_answers,
    hidden_notices,
    migrate_answers,
)
from todoke.formbuilder.answers.answer_rows import to_rows
from todoke.formbuilder.answers.authorship import AnswerSource, Authorship
from todoke.formbuilder.answers.encryption import encrypt
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import EDITION, key_of, parse_answers, removed_rows
from todoke.formbuilder.document.question_types import Value, answer_errors
from todoke.formbuilder.document.structure import Document, FormPage, QuestionKind, Required
from todoke.formbuilder.models.answer import AuthoredRow, StoredRow, current_rows, replace_answers
from todoke.formbuilder.models.form import FormVersion
from todoke.formbuilder.models.migration_notice import MigrationNotice
from todoke.japanese.postal_codes import regions_of

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission


class SaveResult(NamedTuple):
    """保存の結果: the problems of the page, and the journey after the save."""

    problems: list[AnswerProblem]
    journey: Journey


def save_answers(
    submission: Submission,
    page_id: str,
    data: Mapping[str, Any],
    *,
    by: Actor,
    files: Mapping[str, UploadedFile[Any]],
    staff: bool = False,
    source: AnswerSource = AnswerSource.RESIDENT,
) -> SaveResult:
    """Save one page as typed and return its problems; answers to an older version of the page are migrated first."""
    submission.lock()
    lines = current_rows(submission)
    shown, told = _shown_version(submission, data), list[AnswerNotice]()
    document = submission.document_of(shown)
    typed = complete_regions(document, parse_answers(document.page(page_id), data))
    page = {page.id: page for page in submission.document.pages}.get(page_id)
    if shown.pk != submission.version_id:
        emptied = emptied_answers(document, submission.document, typed)
        typed, notices = migrate_answers(document, submission.document, typed, submission.reference_date())
        typed = {**emptied, **typed}
        told = [notice for notice in notices if notice.reason not in {NoticeReason.NEW, NoticeReason.HIDDEN}]
    elif page is not None:
        gone = _remove(submission, page, data)
        typed = {key: value for key, value in typed.items() if key not in gone}
    refused = [
        problem for name, file in files.items() for problem in _attach(submission, page_id, name, file, by, staff)
    ]
    if "remove_row" in data:
        lines = current_rows(submission)
    journey = _journey(submission, lines, typed, staff)
    if shown.pk != submission.version_id:
        MigrationNotice.create_all(submission, submission.version.number, [*told, *hidden_notices(journey, typed)])
    told_of = {(problem.question, problem.row) for problem in refused}
    found = journey.problems(page) if page else []
    problems = [*refused, *(problem for problem in found if (problem.question, problem.row) not in told_of)]
    if unfit := {key for key, value in typed.items() if is_invalid_my_number(submission, key, value)}:
        typed = {key: value for key, value in typed.items() if key not in unfit}
        journey = _journey(submission, lines, typed, staff)
    author = authorship(by, source=AnswerSource.COUNTER if staff else source)
    shown_answers = {key: value for key, value in typed.items() if journey.shown(*key)}
    write_answers(submission, shown_answers, author=author, current=lines)
    return SaveResult(problems, journey)


def authorship(by: Actor, *, source: AnswerSource) -> Authorship:
    """Return the authorship of answers that somebody writes in this role."""
    user = user_of(by)
    return Authorship(source, user.pk if user else None)


def _journey(
    submission: Submission, lines: Sequence[StoredRow], typed: Mapping[AnswerKey, Value], staff: bool
) -> Journey:
    answers = {**submission.current_answers(lines), **typed}
    return Journey(submission.document, answers, submission.reference_date(), staff, submission.version.number)


def complete_regions(document: Document, typed: Mapping[AnswerKey, Value]) -> dict[AnswerKey, Value]:
    """Return the answers with the region of a postal code in each address without one; typed text is never replaced.

    A code of several places fills in none: they are offered on the page.
    """
    completed: dict[AnswerKey, Value] = dict(typed)
    for key, value in typed.items():
        if document.question(key.question).kind is QuestionKind.ADDRESS and isinstance(value, dict):
            regions = regions_of(value.get("postal", "")) if not value.get("region", "").strip() else []
            if len(regions) == 1:
                completed[key] = {**value, "region": regions[0]}
    return completed


def migrate(submission: Submission, version: FormVersion) -> None:
    """Move a locked draft to a version; answers that do not fit are kept as superseded."""
    lines = current_rows(submission)
    answers = submission.current_answers(lines)
    newer = submission.document_of(version)
    kept, notices = migrate_answers(submission.document, newer, answers, submission.reference_date())
    for upload in submission.uploads.current():
        key = AnswerKey(upload.question, upload.row)
        if key not in kept or newer.question(key.question).kind is not QuestionKind.FILE:
            upload.remove()
    submission.version = version
    submission.save(update_fields=["version"])
    authors = {AnswerKey(line.question, line.row): author for _, line, author in lines}
    first = {line.question: author for _, line, author in reversed(lines)}
    whose = {key: authors.get(key) or first.get(key.question, Authorship()) for key in kept}
    write_answers(submission, kept, author=whose, also={*answers}, superseding=True, current=lines)
    MigrationNotice.create_all(submission, version.number, notices)


def is_invalid_my_number(submission: Submission, key: AnswerKey, value: Value) -> bool:
    """Tell whether an answer is an invalid My Number; unlike other answers, it is not saved."""
    question = submission.document.question(key.question)
    return question.kind is QuestionKind.MY_NUMBER and bool(value) and any(answer_errors(question, value))


def stored_value(document: Document, key: AnswerKey, value: Value) -> Value:
    """Return an answer as it is stored: a My Number encrypted, everything else as typed."""
    mine = document.question(key.question).kind is QuestionKind.MY_NUMBER
    return encrypt(value) if mine and isinstance(value, str) else value


def write_answers(
    submission: Submission,
    values: Mapping[AnswerKey, Value],
    *,
    author: Authorship | Mapping[AnswerKey, Authorship],
    also: Collection[AnswerKey] = (),
    superseding: bool = False,
    current: Sequence[StoredRow] | None = None,
) -> None:
    """Replace the stored answers of these keys by the values; keys in ``also`` without a value are deleted.

    ``author`` is who wrote them all, or who wrote each.
    """
    document = submission.document
    lines = [
        AuthoredRow(line, whose.of(document.question(key.question)))
        for key, value in values.items()
        if document.question(key.question).kind is not QuestionKind.FILE
        for whose in [author if isinstance(author, Authorship) else author[key]]
        for line in to_rows(document.question(key.question), key, stored_value(document, key, value))
    ]
    replace_answers(submission, {*values, *also}, lines, superseding=superseding, current=current)


def finalize_answers(submission: Submission, journey: Journey) -> None:
    """Delete hidden answers and store calculated ones at submission.

    Answers of staff stay, although the applicant does not see them.
    """
    whole = journey.for_staff()
    present = whole.present()
    if unseen := {key for key in journey.answers if key not in present}:
        delete_answers(submission, unseen)
    write_calculated(submission, whole)


def write_calculated(submission: Submission, journey: Journey) -> None:
    """Store the values of calculated questions, so that they can be searched and counted."""
    document, present = submission.document, journey.present()
    results = {key: value for key, value in present.items() if document.question(key.question).formula is not None}
    gone = {key for key in journey.answers if document.question(key.question).formula is not None}
    if results or gone:
        write_answers(submission, results, author=Authorship(AnswerSource.CALCULATED), also=gone, superseding=True)


def delete_answers(submission: Submission, keys: Collection[AnswerKey]) -> None:
    """Delete the answers and remove the files of some keys."""
    if not keys:
        return
    replace_answers(submission, set(keys), [])
    for upload in submission.uploads.current().filter(question__in={key.question for key in keys}):
        if AnswerKey(upload.question, upload.row) in keys:
            upload.remove()


def _shown_version(submission: Submission, data: Mapping[str, Any]) -> FormVersion:
    """Return the version from which the posted page was rendered; by default the version of the submission."""
    number = str(data.get(EDITION, ""))[:9]
    if not number.isdecimal() or int(number) == submission.version.number:
        return submission.version
    return submission.version.draft.versions.filter(number=int(number)).first() or submission.version


def _remove(submission: Submission, page: FormPage, data: Mapping[str, Any]) -> set[AnswerKey]:
    """Delete the rows and files named by a pressed button; return the keys of the rows."""
    rows = set(removed_rows(data))
    gone = {AnswerKey(question.id, row) for group, question in page.questions() for key, row in rows if key == group.id}
    delete_answers(submission, gone)
    if "remove_upload" in data:
        for upload in submission.uploads.current().filter(token=data["remove_upload"]):
            upload.remove()
    return gone


def _attach(
    submission: Submission, page_id: str, name: str, file: UploadedFile[Any], by: Actor, staff: bool
) -> list[AnswerProblem]:
    place = key_of(name)
    if place is None or place.question not in submission.document.by_id:
        return []
    if submission.document.question(place.question).required is Required.STAFF and not staff:
        return []
    try:
        submission.attach(place.question, file, by=by, row=place.row)
    except NotAccepted as refusal:
        return [AnswerProblem(place.question, str(refusal), place.row, page=page_id)]
    return []
