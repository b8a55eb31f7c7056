"""Corrections 補正: requests to an applicant to correct answers."""

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.cases.models.case import Case
from todoke.cases.models.status import Channel
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import format_date


class CorrectionRequest(models.Model):
    """補正の求め: one request to correct named answers; the applicant changes only those."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="correction_requests", verbose_name="案件")
    message = models.TextField("申請者へのことば", max_length=1000, blank=True)
    due_on = models.DateField("回答の期限", null=True, blank=True)
    requested_at = models.DateTimeField("求めた日時", auto_now_add=True)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="求めた人")
    answered_at = models.DateTimeField("回答のあった日時", null=True)
    cancelled_at = models.DateTimeField("取り消した日時", null=True)

    class Meta:
        verbose_name = "補正の求め"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(answered_at__isnull=True, cancelled_at__isnull=True),
                name="cases_one_open_correction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 補正の求め"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.cancelled_at is None

    def open_items(self) -> models.QuerySet["CorrectionItem"]:
        """Return what was asked for and has not come yet."""
        return self.items.filter(answered_at=None)

    def spots(self) -> list[AnswerKey]:
        """Return the keys of the answers that may be changed: those that have not come yet."""
        return [item.spot for item in self.open_items()]


class CorrectionItem(models.Model):
    """補正事項: one answer to correct, the kind of reason, the answer before and after, and how and when it came."""

    class Reason(models.TextChoices):
        MISSING = "missing", "記入がない"
        MISTAKE = "mistake", "記入に誤りがある"
        UNREADABLE = "unreadable", "書類が読み取れない"
        PAPER = "paper", "書類が足りない"
        MISMATCH = "mismatch", "書類と一致しない"
        EXPIRED = "expired", "書類の期限が切れている"
        OTHER = "other", "そのほか"

    class Means(models.TextChoices):
        ONLINE = "online", "オンラインの回答"
        ANSWER = "answer", "書面や口頭の回答"
        COPY = "copy", "写しを取り込んだ"
        RETURNED = "returned", "原本を確認して、返した"
        KEPT = "kept", "原本を確認して、預かった"

    ORIGINALS = (Means.RETURNED, Means.KEPT)
    request = models.ForeignKey(CorrectionRequest, models.CASCADE, related_name="items", verbose_name="補正の求め")
    question = models.CharField("設問", max_length=100)
    row = models.PositiveSmallIntegerField("行", default=0)
    label = models.CharField("設問の表示", max_length=300)
    reason = models.CharField("理由の種類", max_length=12, choices=Reason.choices)
    text = models.TextField("説明", max_length=500, blank=True)
    before = models.TextField("補正前の回答", blank=True)
    after = models.TextField("補正後の回答", blank=True)
    answered_at = models.DateTimeField("回答のあった日時", null=True)
    means = models.CharField(
        "受け取った形", max_length=10, choices=Means.choices, blank=True, default="", db_default=""
    )
    received_on = models.DateField("到達日", null=True)
    received_through = models.CharField(
        "受け取った経路", max_length=10, choices=Channel.choices, blank=True, default="", db_default=""
    )
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="受け取った職員")

    class Meta:
        verbose_name = "補正事項"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "question", "row"], name="cases_one_item_per_answer"),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(text=""), name="cases_other_reason_is_explained"),
            models.CheckConstraint(
                condition=~Q(means__in=["returned", "kept"])
                | Q(received_by__isnull=False, received_on__isnull=False, answered_at__isnull=False),
                name="cases_seen_original_has_its_witness",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def spot(self) -> AnswerKey:
        return AnswerKey(self.question, self.row)

    @property
    def is_seen_original(self) -> bool:
        """Whether staff saw the original, so that no file of it need be there."""
        return self.means in self.ORIGINALS

    @property
    def receipt_in_words(self) -> str:
        """Return how and when it came, and to whom; "" while it has not come, or from before this was kept."""
        if not self.means:
            return ""
        day = f"、{format_date(self.received_on)}" if self.received_on else ""
        who = f"、{self.received_by.name}" if self.received_by else ""
        through = f"({self.get_received_through_display()})" if self.received_through else ""
        return f"{self.get_means_display()}{through}{day}{who}"
