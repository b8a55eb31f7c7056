"""Cases 案件: the aggregate, its facts, and the acts that concern it alone."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.audit import log
from todoke.cases import receipt_numbers, signals
from todoke.cases.deadlines import Act, Tick, days_left, deadline, left_in_words
from todoke.cases.models.history import ClockRow, Note, Passage
from todoke.cases.models.querysets import CaseQuerySet, works_in
from todoke.cases.models.search_name import LONGEST, SoughtField
from todoke.cases.models.status import CLOSED, DECIDED, NEXT, Channel, Delivery, Status
from todoke.formbuilder.models import Submission
from todoke.japanese.calendar import business_date, fiscal_year, today
from todoke.offers.models import Release
from todoke.organization.models import Department
from todoke.payments.models import Charge
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class IssuedNumber(models.Model):
    """受付番号: a serial that was given out; the row stays when the case is gone, so none is ever used twice."""

    year = models.PositiveSmallIntegerField("年度")
    issued_at = models.DateTimeField("発行日時", auto_now_add=True)

    class Meta:
        verbose_name = "受付番号"

    def __str__(self) -> str:
        return receipt_numbers.written(self.year, self.pk)

    @classmethod
    def issue(cls, on: date) -> str:
        """Give out the next number of the database's own sequence; concurrent acts never wait for one another."""
        return str(cls.objects.create(year=fiscal_year(on)))


class Case(models.Model):
    """案件: one application, by whatever channel it came, with the release it began with for life."""

    Status: ClassVar = Status
    Channel: ClassVar = Channel
    Delivery: ClassVar = Delivery

    number = models.CharField("受付番号", max_length=20, unique=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="cases", verbose_name="公開版")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="case", verbose_name="申請の内容")
    body_hash = models.CharField("申請時の内容の照合値", max_length=64)
    department = models.ForeignKey(Department, models.PROTECT, related_name="cases", verbose_name="担当部署")
    status = models.CharField("状態", max_length=12, choices=Status.choices, default=Status.RECEIVED)
    delivery = models.CharField("交付", max_length=10, choices=Delivery.choices, default=Delivery.NONE)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="cases", verbose_name="起案")
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="case", verbose_name="手数料の調定")
    channel = models.CharField("受付経路", max_length=10, choices=Channel.choices)
    applicant = models.ForeignKey(User, models.PROTECT, null=True, related_name="cases", verbose_name="申請者")
    applicant_name = models.CharField("申請者の氏名", max_length=200, blank=True)
    applicant_kana = models.CharField("申請者のフリガナ", max_length=200, blank=True)
    sought = SoughtField("探すための氏名", max_length=LONGEST, blank=True, default="", editable=False)
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
        indexes = [
            models.Index(fields=["department", "status", "due_on", "id", "assignee"], name="cases_by_due"),
            models.Index(fields=["department", "-received_at", "-id"], name="cases_by_receipt"),
            models.Index(fields=["assignee", "status"], name="cases_by_assignee"),
            models.Index(fields=["department", "applicant_kana", "id"], name="cases_by_kana"),
            models.Index(fields=["applicant_kana", "id"], name="cases_by_kana_everywhere"),
            models.Index(fields=["-received_at", "-id"], name="cases_by_receipt_everywhere"),
            models.Index(fields=["department", "sought", "due_on", "id"], name="cases_by_person"),
            models.Index(fields=["department", "delivery"], name="cases_by_delivery"),
        ]

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
        """Staff of the department, but never one's own application."""
        return self.applicant_id != user.pk and works_in(user, self.department_id)

    def can_withdraw(self, user: User) -> bool:
        return not self.is_closed and (self.applicant_id == user.pk or self.can_process(user))

    @transaction.atomic
    def start_review(self, *, by: Actor) -> None:
        """Begin the review (審査開始); whoever begins it without an assignee becomes the assignee."""
        self.only_office(by)
        if self.status != Status.RECEIVED:
            raise Conflict(f"この案件はすでに「{self.get_status_display()}」です。何も変わっていません。")
        self.move(Status.REVIEW, "審査開始", by=by, assignee=self.assignee or user_of(by))

    @transaction.atomic
    def assign(self, assignee: User | None, *, by: Actor) -> None:
        """Give the case to a colleague of the department, or put it back (担当者の変更)."""
        self.only_office(by)
        if assignee is not None and not self.can_process(assignee):
            raise NotAllowed("担当者は、この案件の部署の職員から選んでください(本人の申請は担当できません)。")
        self.only_open()
        before = {"assignee": self.assignee_id}
        Case.objects.filter(pk=self.pk).exclude(status__in=CLOSED).update(assignee=assignee)
        self.assignee = assignee
        self.note_passage("担当者の変更", by=by, reason=str(assignee or "未定"), audience=Passage.Audience.OFFICE)
        log.record(self, "担当者の変更", by=by, before=before, after={"assignee": self.assignee_id})

    @transaction.atomic
    def add_note(self, text: str, *, by: User) -> Note:
        """Write something for colleagues (内部メモ)."""
        self.only_office(by)
        note = Note.objects.create(case=self, text=text, written_by=by)
        log.record(self, "メモの記入", by=by)
        return note

    @transaction.atomic
    def extend(self, days: int, *, reason: str, by: Actor) -> None:
        """Lengthen the period by office days, with a reason that the applicant sees (期間の延長)."""
        self.only_office(by)
        self.only_open()
        self.tick(Act.EXTEND, on=today(), days=days, reason=reason)
        self.note_passage("期間の延長", by=by, reason=reason)
        log.record(self, "期間の延長", by=by, after={"days": days, "due_on": self.due_on, "reason": reason})

    @transaction.atomic
    def withdraw(self, *, by: Actor, reason: str = "") -> None:
        """Take the application back before it is decided (取下げ); staff do so only on the applicant's stated wish."""
        user = user_of(by)
        if user is not None and not self.can_withdraw(user):
            raise NotAllowed("この申請を取り下げられるのは、申請した本人と担当部署の職員です。")
        if user is not None and user.pk != self.applicant_id and not reason:
            raise Refused("申請者から取下げの申し出を受けた経緯を、理由に書いてください。")
        self._close_proposal(by=by)
        self.tick(Act.STOP, on=today())
        self.move(Status.WITHDRAWN, "取下げ", by=by, reason=reason)
        if self.charge is not None:
            self.charge.cancel(by=by, reason="申請の取下げ")

    def _close_proposal(self, *, by: Actor) -> None:
        """Close what is still before the deciders, for its matter is gone."""
        still = Proposal.objects.filter(cases=self, settled_at__isnull=True).first()
        try:
            if still is not None:
                still.lapse(reason="申請の取下げ", by=by)
        except Refused as refused:
            raise Conflict("決裁が先に進みました。画面を開き直して、結果を確かめてください。") from refused

    def record_view(self, *, by: User) -> None:
        """Leave an audit entry that somebody looked at the application (閲覧)."""
        log.record(self, "閲覧", by=by)

    def tick(self, act: Act, *, on: date, days: int = 0, reason: str = "") -> None:
        """Add a row to the clock and compute the deadline anew."""
        ClockRow.objects.create(case=self, act=act, on=on, days=days, reason=reason)
        ticks = [Tick(row.act, row.on, row.days) for row in ClockRow.objects.filter(case=self)]
        self.due_on = deadline(ticks, self.release.standard_days)
        Case.objects.filter(pk=self.pk).update(due_on=self.due_on)

    def deliver(self, to: str) -> None:
        """Note how far the letter has come; an axis of its own."""
        Case.objects.filter(pk=self.pk).update(delivery=to)
        self.delivery = to

    def note_passage(
        self, act: str, *, by: Actor, reason: str = "", before: str = "", audience: str = Passage.Audience.ALL
    ) -> None:
        Passage.objects.create(
            case=self, at=timezone.now(), act=act, before=before, after=self.status, actor=user_of(by),
            actor_label=label_of(by), reason=reason, audience=audience,
        )  # fmt: skip

    def only_office(self, by: Actor) -> None:
        user = user_of(by)
        if user is not None and not self.can_process(user):
            raise NotAllowed("この案件を扱えるのは、担当部署の職員です。本人の申請は扱えません。")

    def only_open(self) -> None:
        if self.is_closed:
            raise Conflict(f"この案件はすでに「{self.get_status_display()}」です。何も変わっていません。")

    def move(
        self, to: str, act: str, *, by: Actor, reason: str = "", audience: str = Passage.Audience.ALL, **changes: Any
    ) -> None:
        """Change the status where it is still what was read; whoever comes second is told so."""
        before = Status(self.status)
        if to not in NEXT[before]:
            raise Conflict(f"この案件は「{before.label}」のため、「{act}」はできません。何も変わっていません。")
        if not Case.objects.filter(pk=self.pk, status=before).update(status=to, **changes):
            now = Status(Case.objects.values_list("status", flat=True).get(pk=self.pk))
            raise Conflict(f"ほかの人が先に「{now.label}」にしました。画面を開き直して確かめてください。")
        self.status = to
        for name, value in changes.items():
            setattr(self, name, value)
        self.note_passage(act, by=by, reason=reason, before=before, audience=audience)
        log.record(self, act, by=by, before={"status": before}, after={"status": to, "reason": reason})
        signals.moved.send(Case, case=self, before=before, after=to)
