"""Proposals 起案: a matter submitted to a route of posts, and the acts that change its state."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.approvals import signals
from todoke.approvals.authority import Authority, Capacity, authorities_of
from todoke.approvals.models.proposal_status import NEXT, ProposalStatus
from todoke.approvals.models.querysets import ProposalQuerySet
from todoke.approvals.models.route import DecisionClass, Importance, Route, RouteVersion, Stop
from todoke.approvals.models.serial_numbers import SerialCounter
from todoke.approvals.models.step import Dossier, Step, StepDecision, steps_of
from todoke.approvals.permissions import OPEN_PROPOSAL
from todoke.approvals.routing import create_steps
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, can_transition, compare_and_set, transition
from todoke.organization.models import Department
from todoke.runtime.refusals import NotAllowed, Refused


class Proposal(models.Model):
    """起案: a matter on a route of posts."""

    Status = ProposalStatus
    NEXT: ClassVar[Transitions] = NEXT

    number = models.CharField("起案番号", max_length=20, unique=True)
    route_version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="+", verbose_name="決裁ルートの版")
    decision_class = models.ForeignKey(DecisionClass, models.PROTECT, related_name="+", verbose_name="専決区分")
    title = models.CharField("件名", max_length=200)
    kind = models.CharField("件名の種類", max_length=40, blank=True)
    amount = models.BigIntegerField("金額", null=True)
    importance = models.CharField("重要度", max_length=10, choices=Importance.choices, default=Importance.ORDINARY)
    urgent_reason = models.CharField("至急の理由", max_length=200, blank=True)
    drafter = models.ForeignKey(User, models.PROTECT, related_name="drafts", verbose_name="起案者")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="起案部署")
    status = models.CharField("状態", max_length=12, choices=Status.choices, default=Status.CIRCULATING)
    round = models.PositiveSmallIntegerField("回", default=1)
    position = models.PositiveSmallIntegerField("いまの順序", default=0)
    turn = models.PositiveIntegerField("処理の数", default=0)
    remark = models.TextField("直近の引戻し・廃案の理由", blank=True)
    dossier_hash = models.CharField("いまの内容の封印", max_length=64, blank=True)
    opened_at = models.DateTimeField("起案日時", auto_now_add=True)
    settled_at = models.DateTimeField("確定日時", null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "起案"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["approved", "rejected", "dropped"], settled_at__isnull=False)
                | Q(status__in=["circulating", "returned", "taken_back"], settled_at__isnull=True),
                name="approvals_settled_proposals_have_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "opened_at"], name="approvals_proposal_status"),
            models.Index(fields=["opened_at", "id", "number", "title", "department"], name="approvals_by_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    @transaction.atomic
    def open(
        cls, *, route: Route, title: str, dossier: dict[str, Any], by: User, kind: str = "", amount: int | None = None,
        importance: str = Importance.ORDINARY, urgent_reason: str = "", department: Department | None = None,
    ) -> "Proposal":  # fmt: skip
        """Create a proposal (起案する) and start its first round; amount in yen.

        Raises NoRule, or NotAllowed without a post.
        """
        sections = OPEN_PROPOSAL.departments_of(by)
        if not sections or (department is not None and department not in sections):
            raise NotAllowed("起案できるのは、その部署の職位に就いている人だけです。")
        version = route.version_on()
        proposal = cls.objects.create(
            number=SerialCounter.next_number(), route_version=version, title=title, kind=kind, amount=amount,
            decision_class=version.decision_class_for(kind, amount, importance), importance=importance,
            urgent_reason=urgent_reason, drafter=by, department=department or sections[0],
        )  # fmt: skip
        record(proposal, "起案", by=by, after={"件名": title, "金額": amount, "状態": proposal.status})
        proposal._start_round(dossier, by=by)  # noqa: SLF001 - a proposal made by its own class
        return proposal

    @property
    def dossier(self) -> Dossier:
        """The dossier of the current round."""
        return self.dossiers.get(round=self.round)

    def _start_round(self, content: dict[str, Any], *, by: User) -> None:
        """Freeze the dossier of this round, create its steps and open the first."""
        dossier = Dossier.objects.create(
            proposal=self, round=self.round, title=self.title, amount=self.amount, content=content
        )
        self.dossier_hash = dossier.hash
        Proposal.objects.filter(pk=self.pk).update(dossier_hash=dossier.hash)
        create_steps(self)
        self._advance(by=by)

    def _move(self, to: ProposalStatus, **changes: Any) -> None:
        """Change the status where it still is what was read. Raises Refused when somebody else was first."""
        if not can_transition(self, to):
            raise Refused(f"「{self.get_status_display()}」の起案は「{to.label}」にできません。")
        if not transition(self, to, read={"round": self.round}, **changes):
            raise Refused("ほかの人が先に処理しました。最新の状態を確かめてください。")

    def _claim(self, seen: str) -> None:
        """Lock the proposal where it was read, with the dossier that was seen.

        Raises Refused when either has changed.
        """
        read = {"status": self.Status.CIRCULATING, "round": self.round, "position": self.position, "dossier_hash": seen}
        if not compare_and_set(self, read, turn=F("turn") + 1):
            raise Refused("内容か状態が変わりました。最新の内容を確かめてから、もう一度処理してください。")

    def decidable_step_for(
        self, user: User, *capacities: Capacity, kinds: tuple[str, ...] = ()
    ) -> tuple[Step, Authority]:
        """Right to decide 決裁の権限: return the open step that a person may decide now, and by which authority.

        Raises NotAllowed: for one's own draft, and when no open step waits for a post of theirs.
        """
        if user.pk == self.drafter_id:
            raise NotAllowed("自分の起案は、どの職位でも決裁できません。")
        wanted = [
            step
            for step in steps_of(self.pk, self.round)
            if step.status == Step.Status.OPEN and (not kinds or step.kind in kinds)
        ]
        held = authorities_of(user) if wanted else []
        held = [s for s in held if s.capacity in capacities and s.principal != self.drafter]
        for step in wanted:
            for authority in held:
                if authority.matches_step(step.role, step.department, self.drafter_id):
                    return step, authority
        raise NotAllowed("この起案は、いまあなたの番ではありません。")

    def _write(
        self, step: Step, authority: Authority, outcome: StepDecision.Outcome, *, by: User, opinion: str, seen: str
    ) -> None:
        """Write the decision of a step, once. Raises Refused when the step is no longer open."""
        if not transition(step, Step.Status.DONE):
            raise Refused("この回付先は、すでに処理されています。")
        StepDecision.objects.create(
            step=step, by=by, post=authority.post, capacity=authority.capacity, principal=authority.principal,
            outcome=outcome, opinion=opinion, dossier_hash=seen,
        )  # fmt: skip
        act = f"{step.get_kind_display()} {outcome.label}"
        record(self, act, by=by, after={"職位": str(authority.post), "立場": authority.capacity, "内容": seen})

    def _advance(self, *, by: User) -> None:
        """Open the next position when no step is open; settle after the last decision."""
        steps = steps_of(self.pk, self.round)
        deciding = [step for step in steps if step.kind != Stop.Kind.CIRCULATE]
        if any(step.status == Step.Status.OPEN for step in deciding):
            return
        waiting = [step for step in deciding if step.status == Step.Status.WAITING]
        if not waiting:
            self._settle(self.Status.APPROVED, by=by)
            self._open_steps([step for step in steps if step.status == Step.Status.WAITING])
            return
        self.position = min(step.position for step in waiting)
        Proposal.objects.filter(pk=self.pk).update(position=self.position)
        self._open_steps([step for step in waiting if step.position == self.position])

    def _open_steps(self, opened: list[Step]) -> None:
        Step.objects.filter(pk__in=[step.pk for step in opened]).update(
            status=Step.Status.OPEN, arrived_at=timezone.now()
        )
        signals.steps_opened.send(Proposal, proposal=self, steps=opened)

    def _settle(self, outcome: ProposalStatus, *, by: Actor, **changes: Any) -> None:
        self._move(outcome, settled_at=timezone.now(), **changes)
        record(self, outcome.label, by=by, after={"状態": outcome})
        signals.settled.send(Proposal, proposal=self, outcome=outcome, by=by)

    def _halt(self) -> None:
        Step.objects.filter(proposal=self, round=self.round, status__in=[Step.Status.OPEN, Step.Status.WAITING]).update(
            status=Step.Status.CANCELLED
        )

    def _decide(
        self, outcome: StepDecision.Outcome, *capacities: Capacity, by: User, opinion: str, seen: str,
        kinds: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        step, authority = self.decidable_step_for(by, *capacities, kinds=kinds)
        seen = seen or self.dossier_hash
        self._claim(seen)
        self._write(step, authority, outcome, by=by, opinion=opinion, seen=seen)

    @transaction.atomic
    def approve(self, *, by: User, opinion: str = "", seen: str = "") -> None:
        """Approve (承認する) in one's own or a delegated post; the last approval settles the proposal.

        ``seen`` is the hash of the dossier that was on the person's screen (default: the one this object was read
        with). Raises NotAllowed when it is not the person's turn, Refused when the dossier or the state has changed.
        """
        self._decide(StepDecision.Outcome.APPROVE, Capacity.OWN, Capacity.DELEGATED, by=by, opinion=opinion, seen=seen)
        self._advance(by=by)

    @transaction.atomic
    def decide_in_absence(self, *, by: User, opinion: str = "", seen: str = "") -> None:
        """Approve for an absent holder (代決する) as the first present deputy; the holder reads it afterwards."""
        self._decide(StepDecision.Outcome.APPROVE, Capacity.ABSENCE, by=by, opinion=opinion, seen=seen)
        self._advance(by=by)

    @transaction.atomic
    def return_to_drafter(self, *, by: User, reason: str, seen: str = "") -> None:
        """Return (差し戻す) to the drafter with a reason; the next round starts at the first step."""
        _needs_reason(reason)
        self._decide(StepDecision.Outcome.RETURN, *Capacity, by=by, opinion=reason, seen=seen)
        self._move(self.Status.RETURNED)
        self._halt()
        signals.returned_to_drafter.send(Proposal, proposal=self, outcome=self.status, reason=reason, by=by)

    @transaction.atomic
    def reject(self, *, by: User, reason: str, seen: str = "") -> None:
        """Reject (否決する) for good; only at the deciding step."""
        _needs_reason(reason)
        self._decide(
            StepDecision.Outcome.REJECT, *Capacity, by=by, opinion=reason, seen=seen, kinds=(Stop.Kind.DECIDE,)
        )
        self._halt()
        self._settle(self.Status.REJECTED, by=by)

    @transaction.atomic
    def take_back(self, *, by: User, reason: str) -> None:
        """Withdraw (引き戻す) one's own proposal before it is decided."""
        self._only_drafter(by)
        _needs_reason(reason)
        self._move(self.Status.TAKEN_BACK, remark=reason)
        self._halt()
        record(self, "引戻し", by=by, after={"理由": reason})
        signals.returned_to_drafter.send(Proposal, proposal=self, outcome=self.status, reason=reason, by=by)

    @transaction.atomic
    def resubmit(self, *, dossier: dict[str, Any], by: User, title: str = "", amount: int | None = None) -> None:
        """Submit a corrected dossier as a new round (再起案する), on the decision class of its amount (yen) now."""
        self._only_drafter(by)
        amount = self.amount if amount is None else amount
        decision_class = self.route_version.decision_class_for(self.kind, amount, self.importance)
        self._move(
            self.Status.CIRCULATING, round=self.round + 1, position=0, title=title or self.title, amount=amount,
            decision_class=decision_class,
        )  # fmt: skip
        record(self, "再起案", by=by, after={"件名": self.title, "金額": amount, "回": self.round})
        self._start_round(dossier, by=by)

    @transaction.atomic
    def drop(self, *, by: User, reason: str) -> None:
        """Close a returned or withdrawn proposal for good (廃案にする). Raises Refused while it circulates."""
        self._only_drafter(by)
        _needs_reason(reason)
        if self.status == self.Status.CIRCULATING:
            raise Refused("回議中の起案は、先に引き戻してください。")
        self.lapse(reason=reason, by=by)

    @transaction.atomic
    def lapse(self, *, reason: str, by: Actor) -> None:
        """Close a proposal in any open state because its matter is gone, such as a withdrawn application (廃案)."""
        self._settle(self.Status.DROPPED, by=by, remark=reason)
        self._halt()

    @transaction.atomic
    def mark_read_after(self, *, by: User) -> None:
        """Mark decisions in one's absence as read (後閲する). Raises NotAllowed when there are none."""
        own = [authority.post for authority in authorities_of(by) if authority.capacity == Capacity.OWN]
        unread = StepDecision.objects.filter(
            step__proposal=self, capacity=Capacity.ABSENCE, post__in=own, read_after_at__isnull=True
        ).exclude(by=by)
        if not unread.update(read_after_by=by, read_after_at=timezone.now()):
            raise NotAllowed("後閲する代決はありません。")
        record(self, "後閲", by=by)

    @transaction.atomic
    def mark_read(self, *, by: User) -> None:
        """Mark a settled proposal circulated for information as read (供覧)."""
        step, authority = self.decidable_step_for(by, *Capacity, kinds=(Stop.Kind.CIRCULATE,))
        self._write(step, authority, StepDecision.Outcome.READ, by=by, opinion="", seen=self.dossier_hash)

    def _only_drafter(self, by: User) -> None:
        if by.pk != self.drafter_id:
            raise NotAllowed("これができるのは起案者だけです。")


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("理由を書いてください。")
