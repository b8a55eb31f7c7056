"""Staff proposals 職員提案: from whoever works here, by name, to the secretariat alone, or by nobody at all."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import Transitions, transition
from todoke.cases.models.tokens import new_token
from todoke.flows.models import Flow
from todoke.japanese.calendar import today
from todoke.meetings.models import Meeting
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused
from todoke.systems.models import InformationSystem
from todoke.voices.models.proposal_authors import Authorship
from todoke.voices.models.proposal_call import ProposalCall, ProposalLot, require_secretariat
from todoke.voices.permissions import MAKE_STAFF_PROPOSAL

NOBODY = System("職員提案")


class StaffProposalQuerySet(models.QuerySet["StaffProposal"]):
    def to_be_heard(self, on: date | None = None) -> "StaffProposalQuerySet":
        """What stands on the next agenda: the favoured ones, and the conditional ones whose day has come."""
        due = Q(status=StaffProposal.Status.CONDITIONAL, review_on__lte=on or today())
        return self.filter(Q(status=StaffProposal.Status.FAVOURED) | due)


class StaffProposal(models.Model):
    """職員提案: one idea of staff with what it would save; who made it is sealed, or known to nobody."""

    class Mode(models.TextChoices):
        NAMED = "named", "記名"
        SECRETARIAT = "secretariat", "事務局のみ"
        ANONYMOUS = "anonymous", "匿名"

    class Status(models.TextChoices):
        SUBMITTED = "submitted", "受付"
        ACCEPTED = "accepted", "受理"
        NOT_ACCEPTED = "not_accepted", "不受理"
        HEARD = "heard", "紹介"
        FAVOURED = "favoured", "深掘り"
        CONDITIONAL = "conditional", "条件つき"
        DECLINED = "declined", "見送り"
        ADOPTED = "adopted", "採用"
        DONE = "done", "実施"
        MEASURED = "measured", "測定済み"
        WITHDRAWN = "withdrawn", "取下げ"

    NEXT: ClassVar[Transitions] = {
        Status.SUBMITTED: frozenset({Status.ACCEPTED, Status.NOT_ACCEPTED, Status.WITHDRAWN}),
        Status.ACCEPTED: frozenset({Status.HEARD, Status.WITHDRAWN}),
        Status.NOT_ACCEPTED: frozenset(),
        Status.HEARD: frozenset({Status.FAVOURED, Status.CONDITIONAL, Status.DECLINED}),
        Status.FAVOURED: frozenset({Status.CONDITIONAL, Status.DECLINED, Status.ADOPTED}),
        Status.CONDITIONAL: frozenset({Status.HEARD}),
        Status.DECLINED: frozenset(),
        Status.ADOPTED: frozenset({Status.DONE}),
        Status.DONE: frozenset({Status.MEASURED}),
        Status.MEASURED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    call = models.ForeignKey(ProposalCall, models.PROTECT, related_name="proposals", verbose_name="職員提案の募集")
    number = models.PositiveIntegerField("番号", editable=False)
    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token, editable=False)
    mode = models.CharField("名前の扱い", max_length=12, choices=Mode)
    title = models.CharField("提案名", max_length=150)
    problem = models.TextField("困っていること", max_length=2000)
    remedy = models.TextField("こうしたい", max_length=2000)
    minutes = models.PositiveIntegerField("一回で減る分数(見込み)", null=True, blank=True)
    times = models.PositiveIntegerField("一年の回数(見込み)", null=True, blank=True)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="手続"
    )
    flow = models.ForeignKey(Flow, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="業務フロー")
    system = models.ForeignKey(
        InformationSystem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="情報システム"
    )
    lot = models.ForeignKey(
        ProposalLot, models.SET_NULL, null=True, related_name="proposals", verbose_name="提案のまとまり"
    )
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同じ提案"
    )
    status = models.CharField("状態", max_length=12, choices=Status, default=Status.SUBMITTED)
    words = models.TextField("前回の言葉・理由", blank=True)
    condition = models.CharField("条件", max_length=300, blank=True)
    review_on = models.DateField("条件を確かめる日", null=True, blank=True)
    on_agenda = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="+", verbose_name="付議される会議")
    submitted_on = models.DateField("受付の日", default=today, editable=False)

    objects = StaffProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "職員提案"
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="voices_one_proposal_per_number"),
            models.CheckConstraint(
                condition=~Q(status="conditional") | (~Q(condition="") & Q(review_on__isnull=False)),
                name="voices_a_condition_has_words_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "not_accepted"]) | ~Q(words=""),
                name="voices_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}号 {self.title}"

    @classmethod
    @transaction.atomic
    def submit(
        cls, call: ProposalCall, *, by: User, mode: str, with_others: list[User] | None = None, **facts: Any
    ) -> "StaffProposal":
        """提案: submit it in the chosen mode; of an anonymous one the author is written nowhere.

        Raises NotAllowed, Closed, Refused.
        """
        if not MAKE_STAFF_PROPOSAL.held_by(by):
            raise NotAllowed("職員提案を出せるのは、職位のある職員です。")
        if not call.is_open:
            raise Closed(f"「{call}」の募集は、{call.opens_on}から{call.closes_on}までです。")
        if mode == cls.Mode.ANONYMOUS and (not call.allows_anonymous or with_others):
            raise Refused("この募集では、または共同の提案では、匿名を選べません。")
        made = cls.objects.create(
            call=call, number=next_position(call.proposals.all(), call, "number"), mode=mode, **facts
        )
        if mode != cls.Mode.ANONYMOUS:
            Authorship.seal(made, [by, *(with_others or [])])
        record(made, "職員提案の受付", by=NOBODY, after={"番号": made.number}, first=True)
        return made

    def _move(self, to: str, act: str, *, by: Actor, reason: str = "", **changes: Any) -> None:
        before = self.status
        if not transition(self, to, **changes):
            raise Conflict(f"この提案は「{self.get_status_display()}」で、いまはできないか、ほかの人が先に進めました。")
        record(self, act, by=by, before={"状態": before}, after={"状態": to}, reason=reason)

    @transaction.atomic
    def withdraw(self) -> None:
        """取下げ: by whoever holds the token, until it is heard; the trail names nobody. Raises Conflict."""
        self._move(self.Status.WITHDRAWN, "職員提案の取下げ", by=NOBODY)

    @transaction.atomic
    def accept(self, *, by: User) -> None:
        """受理. Raises NotAllowed, Conflict."""
        require_secretariat(by)
        self._move(self.Status.ACCEPTED, "職員提案の受理", by=by)

    @transaction.atomic
    def refuse(self, *, reason: str, by: User) -> None:
        """不受理: not accepted, with the reason. Raises NotAllowed, Refused, Conflict."""
        require_secretariat(by)
        if not reason.strip():
            raise Refused("受理しない理由を書いてください。提案した人に見えます。")
        self._move(self.Status.NOT_ACCEPTED, "職員提案の不受理", by=by, reason=reason, words=reason)

    @transaction.atomic
    def hear(self, *, by: Actor) -> None:
        """紹介: it was presented to the body, or its condition came due. Raises Conflict."""
        self._move(self.Status.HEARD, "職員提案の紹介", by=by)

    @transaction.atomic
    def finish(self, *, by: User) -> None:
        """実施: what was adopted is in use. Raises NotAllowed, Conflict."""
        require_secretariat(by)
        self._move(self.Status.DONE, "職員提案の実施", by=by)

    def judge(self, to: str, *, words: str, by: Actor, condition: str = "", review_on: date | None = None) -> None:
        """Move it by a verdict in the caller's transaction. Raises Conflict."""
        changes = {"words": words, "condition": condition, "review_on": review_on, "on_agenda": None}
        self._move(to, "職員提案の審査", by=by, reason=words, **changes)

    def mark_measured(self, *, by: Actor) -> None:
        """Say that its effect was measured, in the caller's transaction; a second measurement changes no status."""
        if self.status == self.Status.DONE:
            self._move(self.Status.MEASURED, "職員提案の効果の測定", by=by)

    @property
    def expected_hours(self) -> float | None:
        """Hours a year that the proposer expects (見込み), or None without both numbers."""
        return None if self.minutes is None or self.times is None else self.minutes * self.times / 60
