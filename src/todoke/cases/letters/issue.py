"""Letter issue 通知書の作成: created with the decision, rendered by a job, held where a stop flag says so."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.cases.letters.letter_data import letter_of_case
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, Letter
from todoke.cases.models.status import DeliveryStatus
from todoke.cases.models.stop_flag import is_flagged
from todoke.cases.tasks import make_letter
from todoke.runtime.refusals import Conflict


@transaction.atomic
def issue_letter(case: Case, *, by: Actor) -> Letter | None:
    """Create the letter of a decision with its frozen text, and enqueue its rendering; held for a flagged person."""
    data = letter_of_case(case, case.status, case.decision_reason)
    if data is None:
        notify_applicant(case, "case-decided", by=by)
        return None
    kind = data.pop("kind")
    held = is_flagged(case)
    letter = Letter.objects.create(case=case, kind=kind, data=data, held_at=timezone.now() if held else None)
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
