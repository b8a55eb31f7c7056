"""Use records 利用の記録: anonymous facts that outlive the cases they came from."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from todoke.audit.immutable import ImmutableModel
from todoke.cases.models.status import Channel
from todoke.insights import percentages
from todoke.offers.models import Offer, Release


class UseEvent(ImmutableModel):
    """利用の記録: one anonymous step from viewing to decision."""

    FROZEN = "利用の記録"

    class Step(models.TextChoices):
        VIEWED = "viewed", "案内を見た"
        STARTED = "started", "入力を始めた"
        SUBMITTED = "submitted", "申請した"
        RETURNED = "returned", "補正を求められた"
        WITHDRAWN = "withdrawn", "取り下げた"
        DECIDED = "decided", "決定された"

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="use_events", verbose_name="オンライン受付")
    release = models.ForeignKey(Release, models.PROTECT, related_name="use_events", verbose_name="公開版")
    step = models.CharField("段階", max_length=10, choices=Step.choices)
    channel = models.CharField("受付経路", max_length=10, choices=Channel.choices, default=Channel.WEB)
    on = models.DateField("業務日")
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "利用の記録"
        ordering = ["pk"]
        indexes = [models.Index(fields=["offer", "on", "step", "channel"], name="insights_use_of_offer_by_day")]

    def __str__(self) -> str:
        return self.get_step_display()


class RateRecord(models.Model):
    """割合の記録: one of the four online rates as of a day."""

    key = models.CharField("指標", max_length=20)
    on = models.DateField("基準日")
    numerator = models.PositiveIntegerField("分子")
    denominator = models.PositiveIntegerField("分母")
    recorded_at = models.DateTimeField("記録日時", auto_now=True)

    class Meta:
        verbose_name = "割合の記録"
        ordering = ["key", "on"]
        constraints = [
            models.UniqueConstraint(fields=["key", "on"], name="insights_one_rate_per_day"),
            models.CheckConstraint(condition=Q(numerator__lte=F("denominator")), name="insights_rate_within_its_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.on} {self.numerator}/{self.denominator}"

    @property
    def percent(self) -> Decimal | None:
        """The share in percent with two digits."""
        return percentages.percent(self.numerator, self.denominator, 2)


class ChannelCount(models.Model):
    """経路別件数: a count by one channel in a period, as another system reports it."""

    what = models.CharField("証明書・手続", max_length=100)
    channel = models.CharField("経路", max_length=40)
    starts_on = models.DateField("期間の初日")
    ends_on = models.DateField("期間の末日")
    count = models.PositiveIntegerField("件数")
    source = models.CharField("出典", max_length=200)
    imported_at = models.DateTimeField("取込日時", auto_now=True)

    class Meta:
        verbose_name = "経路別件数"
        ordering = ["-starts_on", "what", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["what", "channel", "starts_on"], name="insights_one_count_per_channel"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="insights_count_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.channel} {self.count}"
