"""Batch approval 一括決裁: several proposals approved by one person in one act, all or none."""

from collections.abc import Mapping

from django.db import transaction

from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.runtime.refusals import Refused


@transaction.atomic
def approve_all(seen: Mapping[str, str], *, by: User, opinion: str = "") -> list[Proposal]:
    """Approve the proposals of these numbers, each with the hash of the dossier that was on the person's list.

    Raises Refused, naming the number, when one of them cannot be approved; then none is.
    """
    found = {proposal.number: proposal for proposal in Proposal.objects.visible_to(by).filter(number__in=seen)}
    for number in sorted(seen):
        try:
            found[number].approve(by=by, opinion=opinion, seen=seen[number])
        except (KeyError, Refused) as problem:
            reason = "見つかりません。" if isinstance(problem, KeyError) else str(problem)
            raise Refused(f"{number}: {reason} 一括の承認は、一件も行っていません。") from problem
    return [found[number] for number in sorted(seen)]
