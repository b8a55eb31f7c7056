"""Case 案件: the aggregate of an application, and the acts that concern it alone."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.accounts.session_assurance import SessionAssurance
from todoke.approvals.models import Proposal
from todoke.audit import log
from todoke.audit.transitions import Transitions, can_transition, transition
from todoke.cases import receipt_numbers, signals
from todoke.cases.deadlines import ClockAct, ClockEvent, days_left, deadline, left_in_words
from todoke.cases.models.case_event import CaseEvent, ClockRow, Note
from todoke.cases.models.case_indexes import INDEXES
from todoke.cases.models.querysets import CaseQuerySet, works_in
from todoke.cases.models.search_name import MAX_LENGTH, SearchNameField
from todoke.cases.models.status import CLOSED, DECIDED, FEE_KEPT, NEXT, Channel, DeliveryStatus, Status
from todoke.cases.required_level import require_level
from todoke.federation.levels import Act
from todoke.formbuilder.models import Submission
from todoke.japanese.calendar import business_date, fiscal_year, today
from todoke.offers.models import Release
from todoke.organization.models import Department
from todoke.payments.models import Charge
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class IssuedNumber(models.Model):
    """受付番号: an issued serial; the row stays when the case is erased, so that none is used twice."""

    year = models.PositiveSmallIntegerField("年度")
    issued_at = models.DateTimeField("発行日時", auto_now_add=True)

    class Meta:
        verbose_name = "受付番号"

    def __str__(self) -> str:
        return receipt_numbers.format_number(self.year, self.pk)

    @classmethod
    def issue(cls, on: date) -> str:
        """Return the next number from the database's own sequence, without locks between concurrent acts."""
        return str(cls.objects.create(year=fiscal_year(on)))


class Case(models.Model):
    """案件: one application through any channel, bound for life to the release it began with."""

    NEXT: ClassVar[Transitions] = NEXT
    Status: ClassVar = Status
    Channel: ClassVar = Channel
    DeliveryStatus: ClassVar = DeliveryStatus

    number = models.CharField("受付番号", max_length=20, unique=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="cases", verbose_name="公開版")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="case", verbose_name="申請の内容")
    body_hash = models.CharField("申請時の内容の照合値", max_length=64)
    department = models.ForeignKey(Department, models.PROTECT, related_name="cases", verbose_name="担当部署")
    status = models.CharField("状態", max_length=12, choices=Status.choices, default=Status.RECEIVED)
    delivery = models.CharField("交付", max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.NONE)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="cases", verbose_name="起案")
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="case", verbose_name="手数料の調定")
    channel = models.CharField("受付経路", max_length=10, choices=Channel.choices)
    applicant = models.ForeignKey(User, models.PROTECT, null=True, related_name="cases", verbose_name="申請者")
    applicant_name = models.CharField("申請者の氏名", max_length=200, blank=True)
    applicant_kana = models.CharField("申請者のフリガナ", max_length=200, blank=True)
    delivery_wish = models.CharField("希望した受け取り方", max_length=200, blank=True, default="")
    search_name = SearchNameField("検索用の氏名", max_length=MAX_LENGTH, blank=True, default="", editable=False)
    applicant_email = models.EmailField("連絡先メールアドレス", max_length=254, blank=True)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="assigned_cases", verbose_name="担当者")
    happened_at = models.DateTimeField("申請した日時")
    received_at = models.DateTimeField("受け付けた日時")
    recorded_at = models.DateTimeField("記録した日時")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="入力した職員")
    takes_effect_on = models.DateField("効力の生じる日", null=True)
    decided_at = models.DateTimeField("決定した日時", null=True)
    due_on = models.DateField("処理期限", null=True, help_text="期間の記録から計算した日。停止中は空")
    decision_reason = models.TextField("決定の理由", blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="cases_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status__in=DECIDED) | Q(decided_at__isnull=False), name="cases_decided_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.REFUSED, Status.PARTLY]) | ~Q(decision_reason=""),
                name="cases_refusal_states_its_reason",
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        return self.release.offer.procedure.title

    @property
    def received_on(self) -> date:
        """The business date of the legal receipt."""
        return business_date(self.received_at)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def days_left(self) -> int | None:
        return days_left(self.due_on, today())

    @property
    def left_in_words(self) -> str:
        return left_in_words(self.days_left)

    def can_process(self, user: User) -> bool:
        """Whether a person may process it: staff of the department, but never one's own application."""
        return self.applicant_id != user.pk and works_in(user, self.department_id)

    def can_withdraw(self, user: User) -> bool:
        return not self.is_closed and (self.applicant_id == user.pk or self.can_process(user))

    @transaction.atomic
    def start_review(self, *, by: Actor, reason: str = "", assigns: bool = True) -> None:
        """Set the status to under review (審査開始), and assign it to whoever does so if nobody is and one ``assigns``.

        Raises NotAllowed to other departments, Conflict when its status changed meanwhile.
        """
        self.require_department(by)
        if self.status != Status.RECEIVED:
            raise Conflict(f"この案件はすでに「{self.get_status_display()}」です。何も変わっていません。")
        assignee = self.assignee or (user_of(by) if assigns else None)
        self.transition(Status.REVIEW, "審査開始", by=by, reason=reason, assignee=assignee)

    @transaction.atomic
    def assign(self, assignee: User | None, *, by: Actor) -> None:
        """Assign the case to a colleague of the department, or to nobody (担当者の変更).

        Raises NotAllowed for others, Conflict when it is closed.
        """
        self.require_department(by)
        if assignee is not None and not self.can_process(assignee):
            raise NotAllowed("担当者は、この案件の部署の職員から選んでください(本人の申請は担当できません)。")
        self.require_open()
        before = {"assignee": self.assignee_id}
        Case.objects.filter(pk=self.pk).open().update(assignee=assignee)
        self.assignee = assignee
        self.log_event("担当者の変更", by=by, reason=str(assignee or "未定"), audience=CaseEvent.Audience.OFFICE)
        log.record(self, "担当者の変更", by=by, before=before, after={"assignee": self.assignee_id})

    @transaction.atomic
    def add_note(self, text: str, *, by: User) -> Note:
        """Add a note for colleagues (内部メモ)."""
        self.require_department(by)
        note = Note.objects.create(case=self, text=text, written_by=by)
        log.record(self, "メモの記入", by=by)
        return note

    @transaction.atomic
    def extend(self, days: int, *, reason: str, by: Actor) -> None:
        """Extend the period by business days, with a reason that the applicant sees (期間の延長)."""
        self.require_department(by)
        self.require_open()
        self.record_clock(ClockAct.EXTEND, on=today(), days=days, reason=reason)
        self.log_event("期間の延長", by=by, reason=reason)
        log.record(self, "期間の延長", by=by, after={"days": days, "due_on": self.due_on, "reason": reason})

    @transaction.atomic
    def withdraw(self, *, by: Actor, reason: str = "", session: SessionAssurance | None = None) -> None:
        """Withdraw the application before it is decided (取下げ); staff do so only on the applicant's stated wish.

        Raises NotAllowed to others, Refused for staff without a reason, LevelTooLow for an applicant whose ``session``
        is below the level of the release.
        """
        user = user_of(by)
        if user is not None and not self.can_withdraw(user):
            raise NotAllowed("この申請を取り下げられるのは、申請した本人と担当部署の職員です。")
        if user is not None and user.pk != self.applicant_id and not reason:
            raise Refused("申請者から取下げの申し出を受けた経緯を、理由に書いてください。")
        if user is None or user.pk == self.applicant_id:
            require_level(self, Act.WITHDRAW, by=by, session=session)
        self._close_proposal(by=by)
        self.record_clock(ClockAct.STOP, on=today())
        self.transition(Status.WITHDRAWN, "取下げ", by=by, reason=reason)
        if self.charge is not None:
            self.charge.cancel(by=by, reason="申請の取下げ")

    def _close_proposal(self, *, by: Actor) -> None:
        """Close the case's open proposal."""
        still = Proposal.objects.filter(cases=self, settled_at__isnull=True).first()
        try:
            if still is not None:
                still.lapse(reason="申請の取下げ", by=by)
        except Refused as refused:
            raise Conflict("決裁が先に進みました。画面を開き直して、結果を確かめてください。") from refused

    def record_view(self, *, by: User) -> None:
        """Write an audit entry that somebody viewed the application (閲覧)."""
        log.record(self, "閲覧", by=by)

    def record_clock(self, act: ClockAct, *, on: date, days: int = 0, reason: str = "") -> None:
        """Add an event to the legal clock, and compute the deadline anew; ``days`` are business days."""
        ClockRow.objects.create(case=self, act=act, on=on, days=days, reason=reason)
        ticks = [ClockEvent(row.act, row.on, row.days) for row in ClockRow.objects.filter(case=self)]
        self.due_on = deadline(ticks, self.release.standard_days)
        Case.objects.filter(pk=self.pk).update(due_on=self.due_on)

    def set_delivery(self, to: str) -> None:
        """Set the delivery status of the letter, which is independent of the case's status."""
        Case.objects.filter(pk=self.pk).update(delivery=to)
        self.delivery = to

    def log_event(
        self, act: str, *, by: Actor, reason: str = "", before: str = "", audience: str = CaseEvent.Audience.ALL
    ) -> None:
        """Add an entry to the case's history (経過)."""
        CaseEvent.objects.create(
            case=self, at=timezone.now(), act=act, before=before, after=self.status, actor=user_of(by),
            actor_label=label_of(by), reason=reason, audience=audience,
        )  # fmt: skip

    def require_department(self, by: Actor) -> None:
        """Raises NotAllowed unless a person may process the case."""
        user = user_of(by)
        if user is not None and not self.can_process(user):
            raise NotAllowed("この案件を扱えるのは、担当部署の職員です。本人の申請は扱えません。")

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless a person sees the case as staff today, and so may take its papers."""
        user = user_of(by)
        if user is None or not works_in(user, self.department_id):
            raise NotAllowed("この案件の書類を取り出せるのは、担当部署の職員です。")

    @property
    def is_ended_unsuccessfully(self) -> bool:
        """Whether it ended without what was applied for (取下げ・却下), so that a paid fee needs a decision."""
        return self.status in {Status.WITHDRAWN, Status.REFUSED}

    @property
    def fee_is_undecided(self) -> bool:
        """Whether the case ended without success, its fee is paid, and nobody has decided about giving it back."""
        if not self.is_ended_unsuccessfully or self.charge is None or self.charge.status != Charge.Status.PAID:
            return False
        return not self.events.filter(act=FEE_KEPT).exists()

    @transaction.atomic
    def keep_fee(self, *, reason: str, by: Actor) -> None:
        """Record that a paid fee is not given back after the end (還付しないことの決定); the applicant sees the reason.

        Raises NotAllowed to other departments, Refused without a reason or while the case goes on.
        """
        self.require_department(by)
        if not reason.strip() or not self.is_ended_unsuccessfully:
            raise Refused("取下げか却下のあとに、還付しない理由を書いて記録してください。まだ記録していません。")
        self.log_event(FEE_KEPT, by=by, reason=reason)
        log.record(self, FEE_KEPT, by=by, reason=reason)

    def require_open(self) -> None:
        """Raises Conflict when the case is closed."""
        if self.is_closed:
            raise Conflict(f"この案件はすでに「{self.get_status_display()}」です。何も変わっていません。")

    def transition(
        self, to: str, act: str, *, by: Actor, reason: str = "", audience: str = CaseEvent.Audience.ALL, **changes: Any
    ) -> None:
        """Change the status if it still is what was read, and log the event. Raises Conflict otherwise."""
        before = Status(self.status)
        if not can_transition(self, to):
            raise Conflict(f"この案件は「{before.label}」のため、「{act}」はできません。何も変わっていません。")
        if not transition(self, to, **changes):
            now = Status(Case.objects.values_list("status", flat=True).get(pk=self.pk))
            raise Conflict(f"ほかの人が先に「{now.label}」にしました。画面を開き直して確かめてください。")
        self.log_event(act, by=by, reason=reason, before=before, audience=audience)
        log.record(self, act, by=by, before={"status": before}, after={"status": to, "reason": reason})
        signals.status_changed.send(Case, case=self, before=before, after=to)
