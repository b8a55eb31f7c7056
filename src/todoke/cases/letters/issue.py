"""Letter issue 通知書の作成: created with the decision, rendered by a job, held where a stop flag says so."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.cases.answers import applicant_of
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, Letter
from todoke.cases.models.status import DeliveryStatus
from todoke.cases.models.stop_flag import is_flagged
from todoke.cases.tasks import make_letter
from todoke.japanese.calendar import business_date, format_era_date, today
from todoke.runtime.refusals import Conflict

KINDS = {Case.Status.GRANTED: "grant", Case.Status.PARTLY: "partly", Case.Status.REFUSED: "refuse"}


@transaction.atomic
def issue_letter(case: Case, *, by: Actor) -> Letter | None:
    """Create the letter of a decision with its frozen text, and enqueue its rendering; held for a flagged person."""
    text = case.release.letters.filter(kind=KINDS.get(Case.Status(case.status), "")).first()
    if text is None:
        notify_applicant(case, "case-decided", by=by)
        return None
    applicant = applicant_of(case.submission)
    received = format_era_date(business_date(case.received_at))
    lines = text.opening.replace("{received}", received).replace("{procedure}", case.title).splitlines()
    data = {
        "title": text.title,
        "number": case.number,
        "date": format_era_date(today()),
        "sender": f"{settings.MUNICIPALITY}長",
        "recipient": case.applicant_name,
        "recipient_plain": applicant.plain,
        "address": applicant.address,
        "opening": lines,
        "rows": [
            {"label": "手続", "value": [case.title]},
            {"label": "受付番号", "value": [case.number]},
            {"label": "受付日", "value": [received]},
            {"label": "決定", "value": [case.get_status_display()]},
        ],
        "reasons": case.decision_reason.splitlines(),
        "appeal": text.appeal.splitlines(),
        "contact": f"{case.department.name} {case.department.phone}".strip(),
        "synthetic": "デモ(架空の区の見本です。効力はありません)" if settings.DEMO else "",
    }
    held = is_flagged(case)
    letter = Letter.objects.create(case=case, kind=text.kind, data=data, held_at=timezone.now() if held else None)
    case.set_delivery(DeliveryStatus.HELD if held else DeliveryStatus.MAKING)
    log.record(letter, "通知書の作成", by=by, after=data)
    if held:
        case.log_event("通知書の留め置き", by=System(), audience="office")
    else:
        make_letter.enqueue(letter.pk)
    return letter


@transaction.atomic
def release_letter(letter: Letter, *, reason: str, by: User) -> None:
    """Release a held letter after a person has checked it, and enqueue its rendering (留め置きの解除)."""
    letter.release(reason=reason, by=by)
    letter.case.set_delivery(DeliveryStatus.MAKING)
    make_letter.enqueue(letter.pk)


@transaction.atomic
def retry(letter: Letter, *, by: User) -> None:
    """Enqueue the rendering of a failed letter again (作成のやり直し). Raises Conflict unless it has failed."""
    letter.case.require_department(by)
    if not letter.problem or not compare_and_set(letter, {"made_at": None, "problem": letter.problem}, problem=""):
        raise Conflict("この通知書は、作り直す必要がありません。")
    letter.case.set_delivery(DeliveryStatus.MAKING)
    make_letter.enqueue(letter.pk)
