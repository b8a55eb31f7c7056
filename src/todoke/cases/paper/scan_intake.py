"""Scan intake 紙面からの受付: the checked fields of an application become a case by the intake of the counter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.cases import intake
from todoke.cases.models import Case, ScannedApplication
from todoke.cases.models.status import Channel
from todoke.formbuilder.answers.journey import AnswerProblem
from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.models import Submission
from todoke.offers.models import Release
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused
from todoke.scans.application_fields import ApplicationFields
from todoke.scans.models import FieldVerification, ScanBaseline, ScanBatch, ScanTemplate
from todoke.scans.models.scan_sheet import settle
from todoke.scans.recognition.field_types import FieldType

_CHANNELS = {
    ScanBatch.Channel.POST: Channel.POST,
    ScanBatch.Channel.COUNTER: Channel.COUNTER,
    ScanBatch.Channel.FAX: Channel.POST,
}
REASON = "紙の申請をスキャンして入力"


@dataclass(frozen=True)
class ScanIntake:
    """紙面からの受付の結果: the case, or what the form refuses, by the key of the field ("" for what has none)."""

    case: Case | None
    problems: Mapping[str, str]
    token: str


def release_of(template: ScanTemplate) -> Release:
    """Return the release whose printed form a template describes. Raises Refused where there is none."""
    found = Release.objects.filter(offer__code=template.key, number=template.version).first()
    if found is None:
        said = "この読取り様式に結び付く手続がありません。設計の担当に、読取り様式を確かめてもらってください。"
        raise Refused(said, link=path_to("office:scans"))
    return found


def receive(batch: ScanBatch, application: int, *, by: User) -> ScanIntake:
    """Receive an application whose fields are settled (紙面からの受付); done before, it returns the same case.

    What the form refuses comes back with nothing lost: the draft stays and is completed here or at the counter. Raises
    NotYet while a page is missing or a field is not settled, and as ``intake.begin`` and ``intake.accept`` do.
    """
    fields = ApplicationFields(batch, application, by)
    scanned = scanned_of(batch, application)
    if scanned is None or scanned.submission.status == Submission.Status.DRAFT:
        fields.require_complete()
        submission, problems = _entered(batch, application, fields, by)
        if problems:
            return ScanIntake(None, problems, submission.token)
    else:
        submission = scanned.submission
    case = intake.accept(submission, by=by, received_at=batch.received_at, reason=REASON)
    _note(batch, application, case, by)
    return ScanIntake(case, {}, submission.token)


def scanned_of(batch: ScanBatch, application: int) -> ScannedApplication | None:
    """Return what the sheets of an application were entered into before."""
    return ScannedApplication.objects.filter(batch=batch, application=application).first()


@transaction.atomic
def _entered(
    batch: ScanBatch, application: int, fields: ApplicationFields, by: User
) -> tuple[Submission, dict[str, str]]:
    """Return the submission with the values of the fields, and what stops it."""
    held = ScanBatch.objects.select_for_update().get(pk=batch.pk)
    scanned = scanned_of(held, application)
    if scanned is None:
        draft = intake.begin(release_of(batch.template), by=by, channel=_CHANNELS[ScanBatch.Channel(batch.channel)])
        scanned = ScannedApplication.objects.create(batch=held, application=application, submission=draft.submission)
        record(batch, "紙面からの入力", by=by, after={"件": application})
    submission, found = scanned.submission, list[AnswerProblem]()
    data = form_data(fields)
    for page in submission.document.pages:
        found += submission.save_page(page.id, data, by=by, staff=True)
    journey = submission.journey(staff=True)
    left = [problem for problem in journey.problems() if not problem.warning]
    return submission, {_field_of(problem, fields): problem.sentence for problem in left}


def form_data(fields: ApplicationFields) -> dict[str, str | list[str]]:
    """Return the values by the names of the inputs of the form."""
    data: dict[str, str | list[str]] = {}
    for row in fields.rows:
        several = row.field.kind is FieldType.CHOICES
        data[row.field.key] = row.state.value.split("\n") if several else row.state.value
        if several and not row.state.value:
            data[row.field.key], data[f"{row.field.key}__asked"] = [], "yes"
    return data


def _field_of(problem: AnswerProblem, fields: ApplicationFields) -> str:
    """Return the key of the field that a problem is about; "" where the paper has none."""
    exact = input_name(problem.question, problem.row, problem.part)
    whole = input_name(problem.question, problem.row)
    keys = [row.field.key for row in fields.rows]
    near = [key for key in keys if key == exact] or [
        key for key in keys if key == whole or key.startswith(f"{whole}__")
    ]
    return near[0] if near else ""


@transaction.atomic
def _note(batch: ScanBatch, application: int, case: Case, by: User) -> None:
    """Note that the sheets became a case, and without a reader the seconds as part of the baseline."""
    held = ScanBatch.objects.select_for_update().get(pk=batch.pk)
    if not held.sheets.live().filter(application=application, settled_at=None).exists():
        return
    settle(held, application)
    record(batch, "紙面からの受付", by=by, after={"件": application, "受付番号": case.number})
    spent = FieldVerification.objects.filter(sheet__batch=held, sheet__application=application)
    if spent.filter(reading__isnull=False).exists():
        return
    people = spent.values("by").annotate(seconds=Sum("seconds")).order_by("-seconds")
    whole = sum(each["seconds"] for each in people)
    if whole > 0:
        facts = {"template": held.template, "seconds": whole, "by_id": people[0]["by"]}
        ScanBaseline.objects.get_or_create(batch=held, application=application, defaults=facts)


def case_of(batch: ScanBatch, application: int) -> Case | None:
    """Return the case that an application became."""
    return Case.objects.filter(
        submission__scanned_application__batch=batch, submission__scanned_application__application=application
    ).first()
