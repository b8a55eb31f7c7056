"""Choices 選択肢: what a person can do with a proposal now, and what each act leads to, in words."""

from dataclasses import dataclass

from todoke.accounts.models import User
from todoke.approvals.authority import Capacity, Standing, standings
from todoke.approvals.models import Decision, Proposal, Step, Stop
from todoke.runtime.refusals import NotAllowed

IN_HAND = {Proposal.Status.RETURNED, Proposal.Status.TAKEN_BACK}


@dataclass(frozen=True)
class Choices:
    """選択肢: the acts open to one person at one proposal."""

    step: Step | None = None
    standing: Standing | None = None
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
        """Tell whether there is anything to do at all."""
        return self.step is not None or self.read_after or self.take_back or self.drop


def consequence_of(proposal: Proposal, step: Step) -> str:
    """Say what happens when this step is approved."""
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


def choices_of(proposal: Proposal, user: User) -> Choices:
    """Find out what a person can do with a proposal at this moment."""
    if user.pk == proposal.drafter_id:
        status = Proposal.Status(proposal.status)
        return Choices(
            take_back=status == Proposal.Status.CIRCULATING, drop=status in IN_HAND, reason=_reason(proposal)
        )
    unread = _unread(proposal, user)
    try:
        step, standing = proposal.place_of(user, *Capacity)
    except NotAllowed:
        return Choices(read_after=unread)
    in_absence = standing.capacity == Capacity.ABSENCE
    circulates = step.kind == Stop.Kind.CIRCULATE
    return Choices(
        step=step,
        standing=standing,
        consequence=consequence_of(proposal, step),
        approve=not circulates and not in_absence,
        in_absence=not circulates and in_absence,
        reject=step.kind == Stop.Kind.DECIDE,
        read=circulates,
        read_after=unread,
    )


def _reason(proposal: Proposal) -> str:
    """Return why the proposal is in hand again."""
    returned = Decision.objects.filter(step__proposal=proposal, step__round=proposal.round, outcome="return").first()
    return returned.opinion if returned else proposal.remark


def _unread(proposal: Proposal, user: User) -> bool:
    own = [held.post for held in standings(user) if held.capacity == Capacity.OWN]
    absent = Decision.objects.filter(step__proposal=proposal, capacity=Capacity.ABSENCE, post__in=own)
    return absent.filter(read_after_at__isnull=True).exclude(by=user).exists()
