"""Filling 記入: a typed page becomes answers; answers move to another version. Inside a transaction only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from todoke.accounts.actors import Actor
from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.answers.answer_migration import Notice, Reason, carried, hidden, still_empty
from todoke.formbuilder.answers.answer_rows import spread
from todoke.formbuilder.answers.encryption import seal
from todoke.formbuilder.answers.journey import Journey, Problem, Spot
from todoke.formbuilder.answers.page_form import EDITION, removals, spot_of, typed_answers
from todoke.formbuilder.document.question_types import Value, findings, region_of
from todoke.formbuilder.document.structure import Document, Kind, Page, Required
from todoke.formbuilder.models.answer import Stored, replace_answers, stored
from todoke.formbuilder.models.carryover import Carryover
from todoke.formbuilder.models.form import FormVersion

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission


class Filled(NamedTuple):
    """保存の結果: what is missing or wrong on the page, and the way as it is now."""

    problems: list[Problem]
    journey: Journey


def store_page(
    submission: Submission,
    page_id: str,
    data: Mapping[str, Any],
    *,
    by: Actor,
    files: Mapping[str, UploadedFile[Any]],
    staff: bool = False,
) -> Filled:
    """Store one page as typed; a page that was shown in an earlier version is carried to the present one."""
    submission.hold()
    lines = stored(submission)
    shown, told = _shown_version(submission, data), list[Notice]()
    typed = with_regions(shown.parsed, typed_answers(shown.parsed.page(page_id), data))
    page = {page.id: page for page in submission.document.pages}.get(page_id)
    if shown.pk != submission.version_id:
        emptied = still_empty(shown.parsed, submission.document, typed)
        typed, notices = carried(shown.parsed, submission.document, typed, submission.counting_day())
        typed = {**emptied, **typed}
        told = [notice for notice in notices if notice.reason not in {Reason.NEW, Reason.HIDDEN}]
    elif page is not None:
        gone = _take_away(submission, page, data)
        typed = {spot: value for spot, value in typed.items() if spot not in gone}
    refused = [
        problem for name, file in files.items() for problem in _attach(submission, page_id, name, file, by, staff)
    ]
    if "remove_row" in data:
        lines = stored(submission)
    journey = _journey(submission, lines, typed, staff)
    if shown.pk != submission.version_id:
        Carryover.tell(submission, submission.version.number, [*told, *hidden(journey, typed)])
    problems = [*refused, *(journey.problems(page) if page else [])]
    if unfit := {spot for spot, value in typed.items() if unfit_number(submission, spot, value)}:
        typed = {spot: value for spot, value in typed.items() if spot not in unfit}
        journey = _journey(submission, lines, typed, staff)
    write(submission, {spot: value for spot, value in typed.items() if journey.shown(*spot)}, current=lines)
    return Filled(problems, journey)


def _journey(submission: Submission, lines: Sequence[Stored], typed: Mapping[Spot, Value], staff: bool) -> Journey:
    answers = {**submission.answers_now(lines), **typed}
    return Journey(submission.document, answers, submission.counting_day(), staff, submission.version.number)


def with_regions(document: Document, typed: Mapping[Spot, Value]) -> dict[Spot, Value]:
    """Write the place of a postal code into an address that has none yet; what a person typed is never replaced."""
    completed: dict[Spot, Value] = dict(typed)
    for spot, value in typed.items():
        if document.question(spot.question).kind is Kind.ADDRESS and isinstance(value, dict):
            region = region_of(value.get("postal", "")) if not value.get("region", "").strip() else ""
            if region:
                completed[spot] = {**value, "region": region}
    return completed


def carry(submission: Submission, version: FormVersion) -> None:
    """Move a held draft to a version; answers that do not fit stay on record as superseded."""
    answers = submission.answers_now()
    kept, notices = carried(submission.document, version.parsed, answers, submission.counting_day())
    for upload in submission.uploads.kept():
        spot = Spot(upload.question, upload.row)
        if spot not in kept or version.parsed.question(spot.question).kind is not Kind.FILE:
            upload.remove()
    submission.version = version
    submission.save(update_fields=["version"])
    write(submission, kept, also={*answers}, superseding=True)
    Carryover.tell(submission, version.number, notices)


def unfit_number(submission: Submission, spot: Spot, value: Value) -> bool:
    """Tell whether a My Number was mistyped: unlike other answers, a wrong one is not kept."""
    question = submission.document.question(spot.question)
    return question.kind is Kind.MY_NUMBER and bool(value) and any(findings(question, value))


def sealed(document: Document, spot: Spot, value: Value) -> Value:
    """Return an answer as it is kept: a My Number encrypted, everything else as typed."""
    mine = document.question(spot.question).kind is Kind.MY_NUMBER
    return seal(value) if mine and isinstance(value, str) else value


def write(
    submission: Submission,
    values: Mapping[Spot, Value],
    *,
    also: Collection[Spot] = (),
    superseding: bool = False,
    current: Sequence[Stored] | None = None,
) -> None:
    """Make the stored answers of these places equal to the values; the places in ``also`` without a value go."""
    document = submission.document
    lines = [
        line
        for spot, value in values.items()
        if document.question(spot.question).kind is not Kind.FILE
        for line in spread(document.question(spot.question), spot, sealed(document, spot, value))
    ]
    replace_answers(submission, {*values, *also}, lines, superseding=superseding, current=current)


def finish(submission: Submission, journey: Journey) -> None:
    """Take away what is hidden and keep what is calculated: the answers stand as they were sent.

    What staff wrote into the office's questions stays, although the applicant does not see it.
    """
    whole = journey.for_office()
    present = whole.present()
    if unseen := {spot for spot in journey.answers if spot not in present}:
        clear(submission, unseen)
    write_results(submission, whole)


def write_results(submission: Submission, journey: Journey) -> None:
    """Keep beside the answers what was calculated from them, so that it can be searched and counted."""
    document, present = submission.document, journey.present()
    results = {spot: value for spot, value in present.items() if document.question(spot.question).formula is not None}
    gone = {spot for spot in journey.answers if document.question(spot.question).formula is not None}
    if results or gone:
        write(submission, results, also=gone, superseding=True)


def clear(submission: Submission, spots: Collection[Spot]) -> None:
    """Take away the answers and files of some places."""
    if not spots:
        return
    replace_answers(submission, set(spots), [])
    for upload in submission.uploads.kept().filter(question__in={spot.question for spot in spots}):
        if Spot(upload.question, upload.row) in spots:
            upload.remove()


def _shown_version(submission: Submission, data: Mapping[str, Any]) -> FormVersion:
    """Return the version that the typed page was made from; the present one unless the page says otherwise."""
    number = str(data.get(EDITION, ""))[:9]
    if not number.isdecimal() or int(number) == submission.version.number:
        return submission.version
    return submission.version.draft.versions.filter(number=int(number)).first() or submission.version


def _take_away(submission: Submission, page: Page, data: Mapping[str, Any]) -> set[Spot]:
    """Take away the rows and files that a button named; return the places of the rows."""
    rows = set(removals(data))
    gone = {Spot(question.id, row) for group, question in page.questions() for key, row in rows if key == group.id}
    clear(submission, gone)
    if "remove_upload" in data:
        for upload in submission.uploads.kept().filter(token=data["remove_upload"]):
            upload.remove()
    return gone


def _attach(
    submission: Submission, page_id: str, name: str, file: UploadedFile[Any], by: Actor, staff: bool
) -> list[Problem]:
    place = spot_of(name)
    if place is None or place.question not in submission.document.by_id:
        return []
    if submission.document.question(place.question).required is Required.STAFF and not staff:
        return []
    try:
        submission.attach(place.question, file, by=by, row=place.row)
    except NotAccepted as refusal:
        return [Problem(place.question, str(refusal), place.row, page=page_id)]
    return []
