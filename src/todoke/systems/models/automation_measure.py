"""Measures of automations: how long the work takes by hand, what the automation costs people, and reviews."""

from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Refused
from todoke.systems.models.automation import Automation


class AutomationBaseline(ImmutableModel):
    """自動化の基準: how many minutes one unit takes by hand, as it was measured; frozen."""

    FROZEN, INSTEAD = "測った基準", "新しく測って、加えてください。"

    automation = models.ForeignKey(Automation, models.PROTECT, related_name="baselines", verbose_name="自動化")
    observed = models.PositiveIntegerField("測った件数")
    median_minutes = models.DecimalField("1件あたりの分(中央値)", max_digits=7, decimal_places=2)
    measured_on = models.DateField("測った日")
    measured_by = models.CharField("測った人", max_length=100)
    method = models.CharField("測り方", max_length=200)

    class Meta:
        verbose_name = "自動化の基準"
        ordering = ["automation", "-measured_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(observed__gte=1, median_minutes__gt=0) & ~Q(method=""), name="systems_baseline_is_measured"
            )
        ]

    def __str__(self) -> str:
        return f"{self.automation} {self.median_minutes}分"

    @classmethod
    @transaction.atomic
    def measure(
        cls, automation: Automation, *, observed: int, median_minutes: Decimal, measured_on: date, method: str, by: User
    ) -> "AutomationBaseline":
        """Keep a measurement of the work by hand (測定); it is the baseline from now on.

        Raises Refused for a measurement without units, minutes or a method, or of a day ahead.
        """
        if observed < 1 or median_minutes <= 0 or not method.strip() or measured_on > today():
            raise Refused("測った件数、1件あたりの分、測り方と、きょうまでの測った日を書いてください。")
        made = cls.objects.create(
            automation=automation, observed=observed, median_minutes=median_minutes, measured_on=measured_on,
            measured_by=label_of(by), method=method.strip(),
        )  # fmt: skip
        Automation.objects.filter(pk=automation.pk).update(baseline=made)
        automation.baseline = made
        record(automation, "基準の測定", by=by, after={"件数": observed, "分": str(median_minutes)})
        return made


class AutomationUpkeep(models.Model):
    """自動化の手間: minutes that people spent on mending or changing the automation itself."""

    automation = models.ForeignKey(Automation, models.PROTECT, related_name="upkeep", verbose_name="自動化")
    day = models.DateField("日")
    minutes = models.PositiveIntegerField("かかった分")
    what = models.CharField("したこと", max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="記録した人")

    class Meta:
        verbose_name = "自動化の手間"
        ordering = ["automation", "-day"]

    def __str__(self) -> str:
        return f"{self.automation} {self.minutes}分"

    @classmethod
    @transaction.atomic
    def add(cls, automation: Automation, *, day: date, minutes: int, what: str, by: Actor) -> "AutomationUpkeep":
        """Record minutes of people (手間の記録). Raises Refused for a day ahead."""
        if day > today():
            raise Refused("きょうまでの日を書いてください。")
        made = cls.objects.create(automation=automation, day=day, minutes=minutes, what=what, recorded_by=user_of(by))
        record(automation, "自動化の手間の記録", by=by, after={"日": day, "分": minutes})
        return made


class AutomationReview(ImmutableModel):
    """自動化の見直し: what was found when an automation was looked at, and when it is looked at again; frozen."""

    FROZEN, INSTEAD = "見直しの記録", "新しい見直しを加えてください。"

    automation = models.ForeignKey(Automation, models.PROTECT, related_name="reviews", verbose_name="自動化")
    on = models.DateField("見直した日")
    finding = models.CharField("結果", max_length=300)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="見直した人")

    class Meta:
        verbose_name = "自動化の見直し"
        ordering = ["automation", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.automation} {self.on}"

    @classmethod
    @transaction.atomic
    def add(cls, automation: Automation, finding: str, *, review_on: date, by: User) -> "AutomationReview":
        """Record a review and the day of the next one (見直し). Raises NotAllowed, Refused for that day."""
        automation.require_stopping(by=by)
        automation.review_until(review_on, by=by)
        made = cls.objects.create(automation=automation, on=today(), finding=finding, reviewed_by=by)
        record(automation, "自動化の見直し", by=by, after={"次": review_on})
        return made
