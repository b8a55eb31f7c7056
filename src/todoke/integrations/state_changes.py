"""State changes 状態の変更: what another system may do to a case, once however often it says so."""

from django.db import transaction

from todoke.cases.models import Case
from todoke.cases.models.status import Status
from todoke.integrations.models import HandedIn, MachineAccount
from todoke.integrations.sent_applications import claim, digest_of_body
from todoke.runtime.refusals import Refused


def set_status(case: Case, to: str, *, reason: str, machine: MachineAccount) -> bool:
    """Begin the review of a case, or withdraw it at the applicant's stated wish; False when it is so already.

    Never decides: a decision is approved by people. Raises Refused for another status, and as the verbs of the case do.
    """
    if case.status == to:
        return False
    if to == Status.REVIEW:
        case.start_review(by=machine.user, reason=reason, assigns=False)
    elif to == Status.WITHDRAWN:
        case.withdraw(by=machine.user, reason=reason)
    else:
        raise Refused(
            "連携先が変えられる状態は、審査中(review)と取下げ(withdrawn)だけです。決定は、庁内の決裁で行います。"
        )
    return True


@transaction.atomic
def write_result(case: Case, text: str, *, key: str, machine: MachineAccount) -> bool:
    """Write what another system found as a note for colleagues; False when the key was used for it before.

    Raises OtherBody for a key used for another content.
    """
    claimed, earlier = claim(machine, key, "結果", digest_of_body([case.number, text]))
    if earlier is not None:
        return False
    case.add_note(text, by=machine.user)
    HandedIn.objects.filter(pk=claimed).update(case=case)
    return True
