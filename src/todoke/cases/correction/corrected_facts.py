"""Corrected facts 補正のあと: what a case keeps beside its answers follows them: the applicant, and the fee."""

from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.cases.answers import applicant_of
from todoke.cases.intake import charge_of, fee_of
from todoke.cases.models import Case
from todoke.cases.models.case_event import CaseEvent
from todoke.cases.models.status import FEE_CHANGED, FEE_DIFFERS
from todoke.offers.fees import Assessment
from todoke.payments.models import Charge


def current_fee(case: Case) -> Assessment | None:
    """Return the fee that the answers give, under the table of the day of receipt; None for a case without a charge."""
    return None if case.charge is None else fee_of(case.release, case.submission, at=case.received_at)


def follow_answers(case: Case, before: Assessment | None, *, by: Actor) -> None:
    """Update the applicant and the fee of a case after its answers changed; ``before`` is the fee until then.

    An unpaid fee is assessed anew. Of one that was paid, reduced, or whose payment is in doubt, the difference is noted
    for the office, which gives back or asks for the rest.
    """
    _update_applicant(case, by)
    if before is None or case.charge is None:
        return
    after = fee_of(case.release, case.submission, at=case.received_at)
    if after.total == before.total:
        return
    words = f"回答の補正で、手数料が {before.total:,}円から {after.total:,}円に変わりました。"
    charge = Charge.objects.select_for_update().get(pk=case.charge.pk)
    is_open = charge.yen == before.total and charge.status in {Charge.Status.UNPAID, Charge.Status.FREE}
    if not is_open or charge.live_attempt() is not None or (charge.yen and not charge.cancel(by=by, reason=words)):
        case.log_event(FEE_DIFFERS, by=by, reason=words, audience=CaseEvent.Audience.OFFICE)
        return
    case.charge = charge_of(case.release, after, case.received_at, by, told_at=timezone.now())
    Case.objects.filter(pk=case.pk).update(charge=case.charge)
    case.log_event(FEE_CHANGED, by=by, reason=words)


def _update_applicant(case: Case, by: Actor) -> None:
    """Take name, reading, mail address and way of delivery from the answers."""
    found = applicant_of(case.submission)
    account = case.applicant.email if case.applicant else ""
    facts = {
        "applicant_name": found.name, "applicant_kana": found.kana, "applicant_email": found.email or account,
        "delivery_wish": found.delivery,
    }  # fmt: skip
    changed = [name for name, value in facts.items() if getattr(case, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(case, name, facts[name])
    case.save(update_fields=[*changed, "search_name"])
    log.record(case, "申請者の変更", by=by, after={"items": changed})
