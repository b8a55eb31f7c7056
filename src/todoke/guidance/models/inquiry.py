"""Inquiries 質問: what was asked, what was shown, and whether it helped; nobody's name, nobody's address."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.audit.transitions import stamp_once
from todoke.guidance.models.faq import FaqVersion

KEPT = timedelta(days=396)
"""Thirteen months: a year and the month to count it in."""


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def expired(self) -> "InquiryQuerySet":
        """Those whose thirteen months are over."""
        return self.filter(asked_at__lt=timezone.now() - KEPT)


class Inquiry(models.Model):
    """質問: the masked words of somebody who asked, and what the page showed; erased after thirteen months."""

    class Channel(models.TextChoices):
        PORTAL = "portal", "住民のページ"
        LINE = "line", "LINE"
        CLERK = "clerk", "職員"

    class Shown(models.TextChoices):
        DIRECT = "direct", "答えを開いた"
        CANDIDATES = "candidates", "候補を示した"
        NONE = "none", "分からない"

    token = models.CharField("整理番号", max_length=24, unique=True)
    channel = models.CharField("経路", max_length=10, choices=Channel.choices)
    words = models.CharField("質問", max_length=200)
    shown = models.CharField("示したもの", max_length=10, choices=Shown.choices)
    asked_at = models.DateTimeField("質問した日時", default=timezone.now)
    missed_at = models.DateTimeField("「この中にない」の日時", null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "質問"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["asked_at"], name="guidance_inquiry_time")]

    def __str__(self) -> str:
        return self.words

    def miss(self) -> bool:
        """「この中にない」: the first press counts; False later."""
        return stamp_once(self, "missed_at")


class InquiryHit(models.Model):
    """質問に示した答え: one of the candidates by its rank, and whether it was opened and helped."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="hits", verbose_name="質問")
    rank = models.PositiveSmallIntegerField("順位")
    version = models.ForeignKey(FaqVersion, models.PROTECT, related_name="+", verbose_name="問答の版")
    score = models.FloatField("点")
    chosen_at = models.DateTimeField("開いた日時", null=True)
    helped = models.BooleanField("足りた", null=True)

    class Meta:
        verbose_name = "質問に示した答え"
        ordering = ["inquiry", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "rank"], name="guidance_one_hit_per_rank"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=5), name="guidance_at_most_five_hits"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}-{self.rank}"

    def choose(self) -> None:
        """開く: the first opening counts."""
        stamp_once(self, "chosen_at")

    def judge(self, helped: bool) -> None:
        """足りたか: the last word counts."""
        InquiryHit.objects.filter(pk=self.pk).update(helped=helped)
