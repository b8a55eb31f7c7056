"""Issuance 交付: what was granted was made and handed over or posted, as staff record it."""

from django.db import transaction

from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.models import Case, CaseEvent
from todoke.cases.models.status import Status
from todoke.runtime.refusals import Conflict

ISSUED = "交付"


def is_issued(case: Case) -> bool:
    """Tell whether staff recorded that what was granted was handed over or posted."""
    return case.events.filter(act=ISSUED).exists()


@transaction.atomic
def record_issuance(case: Case, *, by: User) -> None:
    """Record that what was granted was handed over or posted (交付の記録).

    Raises NotAllowed to other departments, Conflict unless it was granted, and when that was recorded before.
    """
    case.require_department(by)
    held = Case.objects.select_for_update().get(pk=case.pk)
    if held.status not in {Status.GRANTED, Status.PARTLY} or is_issued(held):
        raise Conflict("交付する決定がないか、すでに交付を記録しています。何も変わっていません。")
    case.log_event(ISSUED, by=by, audience=CaseEvent.Audience.OFFICE)
    log.record(case, ISSUED, by=by)
