"""Consultation rules 意見募集の根拠: what an ordinance or guideline of the municipality asks of a call for opinions."""

from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.voices.notice_period import CountedFrom
from todoke.voices.permissions import WRITE_CONSULTATION_RULE


class ConsultationRuleQuerySet(models.QuerySet["ConsultationRule"]):
    def in_force(self, on: date | None = None) -> "ConsultationRuleQuerySet":
        """Those valid on a day."""
        day = on or today()
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))


class ConsultationRule(ImmutableModel):
    """意見募集の根拠: the period and the ways that a rule of the municipality asks for, in versions.

    Chapter 6 of the Administrative Procedure Act does not bind a municipality (行政手続法3条3項, 46条), so that each
    enters its own.
    """

    FROZEN, INSTEAD = "登録した根拠", "新しい版を登録してください。"

    class AppliesTo(models.TextChoices):
        ORDER = "order", "規則・審査基準・処分基準・行政指導指針"
        PLAN = "plan", "計画"
        ORDINANCE = "ordinance", "条例案"

    title = models.CharField("根拠の名称", max_length=150)
    applies_to = models.CharField("対象", max_length=10, choices=AppliesTo, default=AppliesTo.PLAN)
    minimum_days = models.PositiveSmallIntegerField("下限の日数")
    maximum_days = models.PositiveSmallIntegerField("上限の日数", null=True, blank=True)
    counted_from = models.CharField("数え始め", max_length=10, choices=CountedFrom)
    name_required = models.BooleanField("氏名を求める", default=False)
    oral_allowed = models.BooleanField("口頭の意見を受け付ける", default=False)
    retention_years = models.PositiveSmallIntegerField("提出者の情報を残す年数", default=5, db_default=5)
    valid_from = models.DateField("いつから")
    valid_until = models.DateField("いつまで", null=True, blank=True)

    objects = ConsultationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "意見募集の根拠"
        ordering = ["title", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["title", "valid_from"], name="voices_one_version_of_a_rule_per_day"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="voices_a_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(maximum_days=None) | Q(maximum_days__gte=F("minimum_days")),
                name="voices_the_most_days_are_not_fewer_than_the_least",
                violation_error_message="上限の日数は、下限の日数より多くしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def register(cls, *, by: User, **terms: object) -> "ConsultationRule":
        """Register a version; the one before ends the day before. Raises NotAllowed, Refused where versions overlap."""
        if not WRITE_CONSULTATION_RULE.held_by(by):
            raise NotAllowed("意見募集の根拠を登録できるのは、文書法規担当です。")
        made = cls(**terms)
        later = cls.objects.filter(title=made.title, valid_from__gte=made.valid_from)
        if later.exists():
            raise Refused("同じ名称で、同じ日かそれより後に始まる版があります。始まりの日を確かめてください。")
        cls.objects.filter(title=made.title).in_force(made.valid_from).update(
            valid_until=made.valid_from - timedelta(days=1)
        )
        made.save()
        record(made, "意見募集の根拠の登録", by=by, after={"名称": made.title, "下限": made.minimum_days}, first=True)
        return made

    def require_days(self, days: int, short_reason: str) -> None:
        """Raises Refused for a period that is too long, or too short without a reason."""
        if self.maximum_days is not None and days > self.maximum_days:
            raise Refused(f"{self.title}では{self.maximum_days}日までです(いまは{days}日)。最終日を早めてください。")
        if days < self.minimum_days and not short_reason.strip():
            raise Refused(
                f"{self.title}では{self.minimum_days}日以上です(いまは{days}日)。"
                "最終日を延ばすか、短くする理由を書いてください。"
            )
