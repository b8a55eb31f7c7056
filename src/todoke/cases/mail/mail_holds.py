"""Mail holds 通知の留め置き: mails about a protected person's case are held until somebody has checked them."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.cases.models import Case, HeldMail, Reconfirmation
from todoke.cases.models.stop_flag import StopFlag, is_flagged
from todoke.notices.models import Delivery
from todoke.organization.permissions import is_staff

ABOUT = log.subject_of(Case(pk=0)).removesuffix("0")


def case_of(delivery: Delivery) -> Case | None:
    """Return the case that a mail to somebody outside the office is about; None for any other mail."""
    message = delivery.message
    number = message.about.removeprefix(ABOUT)
    if not message.about.startswith(ABOUT) or not number.isdecimal():
        return None
    case = Case.objects.select_related("submission__version").filter(pk=int(number)).first()
    if case is None or message.erased_at is not None:
        return None
    colleague = message.user is not None and message.user_id != case.applicant_id and is_staff(message.user)
    return None if colleague else case


def hold_mail(delivery: Delivery) -> bool:
    """Hold a mail before it is sent (留め置き) when its case names a person under a stop flag; True when held.

    Idempotent; a released mail is not held again.
    """
    if not StopFlag.objects.in_force().exists():
        return False
    case = case_of(delivery)
    if case is None or _was_let_go(delivery, case) or not is_flagged(case):
        return False
    with transaction.atomic():
        if not delivery.hold():
            return True
        HeldMail.objects.create(case=case, delivery=delivery)
        case.log_event("通知の留め置き", by=System(), audience="office")
        log.record(case, "通知の留め置き", by=System(), after={"文面": delivery.message.code})
    return True


def _was_let_go(delivery: Delivery, case: Case) -> bool:
    if HeldMail.objects.filter(delivery=delivery, outcome=HeldMail.Outcome.SENT).exists():
        return True
    links = Reconfirmation.objects.filter(case=case, released_at__isnull=False)
    return delivery.message.code == "reconfirmation" and links.exists()


def discard_held(case: Case) -> None:
    """Discard the mails still held about a case that is being erased."""
    waiting = HeldMail.objects.waiting().filter(case=case)
    for mail in waiting.select_related("delivery"):
        mail.delivery.discard()
    waiting.update(outcome=HeldMail.Outcome.DISCARDED, decided_at=timezone.now())
