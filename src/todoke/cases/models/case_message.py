"""Messages やりとり about a case, and opinions 意見照会 requested of other departments."""

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.cases.models.case import Case
from todoke.cases.models.case_event import CaseHistoryRow
from todoke.cases.models.querysets import department_ids_of, departments_worked_in
from todoke.cases.models.tokens import new_token
from todoke.organization.models import Department
from todoke.runtime.database.unindexed import unindexed


class CaseMessage(CaseHistoryRow):
    """やりとり: one message between the applicant and the office, and when the other side saw it."""

    class Sender(models.TextChoices):
        APPLICANT = "applicant", "申請者"
        OFFICE = "office", "担当"

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages", verbose_name="案件")
    sender = models.CharField("書いた側", max_length=10, choices=Sender.choices)
    text = models.TextField("内容", max_length=2000)
    written_at = models.DateTimeField("日時", auto_now_add=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="書いた人")
    seen_at = models.DateTimeField("相手が見た日時", null=True)

    class Meta:
        verbose_name = "やりとり"
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sender__in=["applicant", "office"]), name="cases_sender_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["case"], name="cases_unseen_messages", condition=Q(sender="applicant", seen_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} やりとり{self.pk}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def asked_of(self, user: User) -> "OpinionQuerySet":
        """Requests to the departments that a person works in."""
        return self.filter(department__in=departments_worked_in(user).values("pk"))

    def asked_by_office_of(self, user: User) -> "OpinionQuerySet":
        """Requests by the departments that a person works in.

        The expression lets the database begin at the few requests, not at all cases of the departments.
        """
        return self.alias(in_department=unindexed("case__department_id")).filter(
            in_department__in=department_ids_of(user)
        )

    def visible_to(self, user: User) -> "OpinionQuerySet":
        """Requests from or to a person's departments."""
        mine = departments_worked_in(user).values("pk")
        return self.filter(Q(department__in=mine) | Q(case__department__in=mine))

    def waiting(self) -> "OpinionQuerySet":
        return self.filter(answered_at__isnull=True, cancelled_at__isnull=True)


class Opinion(models.Model):
    """意見照会: a question about a case to another department, and its answer."""

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    case = models.ForeignKey(Case, models.CASCADE, related_name="opinions", verbose_name="案件")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="照会先")
    question = models.TextField("照会の内容", max_length=2000)
    due_on = models.DateField("回答の期限", null=True, blank=True)
    asked_at = models.DateTimeField("照会日時", auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="照会した人")
    answer = models.TextField("回答", max_length=4000, blank=True)
    answered_at = models.DateTimeField("回答日時", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="回答した人")
    cancelled_at = models.DateTimeField("取り下げた日時", null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "意見照会"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="cases_an_answered_opinion_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.department}への照会"

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.cancelled_at is None

    @property
    def status_in_words(self) -> str:
        """Whether it was answered, taken back, or waits, in words."""
        if self.is_waiting:
            return "回答待ち"
        return "回答済み" if self.answered_at else "取下げ"

    def can_answer(self, user: User) -> bool:
        """Whether a person may answer: staff of the department that was asked."""
        return self.is_waiting and departments_worked_in(user).filter(pk=self.department_id).exists()
