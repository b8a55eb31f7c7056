"""Available actions 選択肢: what a person may do with a proposal now, and the consequence of each act."""

from dataclasses import dataclass

from todoke.accounts.models import User
from todoke.approvals.authority import Authority, Capacity, authorities_of
from todoke.approvals.models import Proposal, Step, StepDecision, Stop
from todoke.runtime.refusals import NotAllowed

EDITABLE = {Proposal.Status.RETURNED, Proposal.Status.TAKEN_BACK}


@dataclass(frozen=True)
class AvailableActions:
    """選択肢: the acts open to one person at one proposal."""

    step: Step | None = None
    authority: Authority | None = None
    consequence: str = ""
    reason: str = ""
    approve: bool = False
    in_absence: bool = False
    reject: bool = False
    read: bool = False
    read_after: bool = False
    take_back: bool = False
    drop: bool = False

    @property
    def any(self) -> bool:
        """Tell whether any act is open."""
        return self.step is not None or self.read_after or self.take_back or self.drop


def consequence_of(proposal: Proposal, step: Step) -> str:
    """Return in Japanese what happens when this step is approved."""
    if step.kind == Stop.Kind.CIRCULATE:
        return "供覧済みになります。決裁の結果は変わりません。"
    steps = list(proposal.steps.filter(round=proposal.round).select_related("department"))
    beside = [other for other in steps if other.status == Step.Status.OPEN and other.pk != step.pk]
    if beside:
        return f"承認すると記録され、{_names(beside)}の処理を待ちます。"
    if step.kind == Stop.Kind.DECIDE:
        return "承認すると決裁となり、この内容で確定します。あとから取り消せません。"
    waiting = [other for other in steps if other.status == Step.Status.WAITING and other.kind != Stop.Kind.CIRCULATE]
    following = [other for other in waiting if other.position == min(later.position for later in waiting)]
    return f"承認すると、次の{_names(following)}に回ります。"


def _names(steps: list[Step]) -> str:
    return "、".join(f"「{step}」" for step in steps)


def actions_for(proposal: Proposal, user: User) -> AvailableActions:
    """Return what a person may do with a proposal now."""
    if user.pk == proposal.drafter_id:
        status = Proposal.Status(proposal.status)
        return AvailableActions(
            take_back=status == Proposal.Status.CIRCULATING, drop=status in EDITABLE, reason=reason_of_return(proposal)
        )
    unread = _unread(proposal, user)
    try:
        step, authority = proposal.decidable_step_for(user, *Capacity)
    except NotAllowed:
        return AvailableActions(read_after=unread)
    in_absence = authority.capacity == Capacity.ABSENCE
    circulates = step.kind == Stop.Kind.CIRCULATE
    return AvailableActions(
        step=step,
        authority=authority,
        consequence=consequence_of(proposal, step),
        approve=not circulates and not in_absence,
        in_absence=not circulates and in_absence,
        reject=step.kind == Stop.Kind.DECIDE,
        read=circulates,
        read_after=unread,
    )


def reason_of_return(proposal: Proposal) -> str:
    """Return the reason of the last return or withdrawal."""
    returned = StepDecision.objects.filter(
        step__proposal=proposal, step__round=proposal.round, outcome="return"
    ).first()
    return returned.opinion if returned else proposal.remark


def _unread(proposal: Proposal, user: User) -> bool:
    own = [held.post for held in authorities_of(user) if held.capacity == Capacity.OWN]
    absent = StepDecision.objects.filter(step__proposal=proposal, capacity=Capacity.ABSENCE, post__in=own)
    return absent.filter(read_after_at__isnull=True).exclude(by=user).exists()
