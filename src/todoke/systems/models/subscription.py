"""Subscriptions 利用契約: tools paid by seat or flat, their prices, use and alternatives, and what was decided."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import lock_subject, record, subject_of
from todoke.japanese.calendar import fiscal_year, format_date, today
from todoke.organization.models import Department
from todoke.runtime.refusals import Refused
from todoke.systems.models.register import InformationSystem
from todoke.systems.subscriptions.licence_cost import BudgetGap, PriceRange, budget_gap, yearly_yen

LEAST_USE_PERCENT = 60
DECIDE_BEFORE = timedelta(days=30)
SETTLED_BY = timedelta(days=180)
"""A decision made so long before the last day to cancel has settled the renewal."""


class BudgetCalendar(models.Model):
    """予算の日程: when the budget of a fiscal year is asked for, and from when it pays."""

    fiscal_year = models.PositiveIntegerField("年度", unique=True)
    request_opens_on = models.DateField("予算要求の始まり")
    request_closes_on = models.DateField("予算要求の締切")
    effective_on = models.DateField("使える日")

    class Meta:
        verbose_name = "予算の日程"
        ordering = ["fiscal_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(request_closes_on__gte=F("request_opens_on"), effective_on__gt=F("request_closes_on")),
                name="systems_budget_days_in_order",
                violation_error_message="始まり、締切、使える日の順にしてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}年度"

    @classmethod
    def following(cls, on: date) -> "BudgetCalendar | None":
        """Return the next budget whose request is still open on a day, or None where none is entered."""
        return cls.objects.filter(request_closes_on__gte=on).order_by("request_closes_on").first()


class Subscription(models.Model):
    """利用契約: a tool that is paid for by seat or flat, with its trial and the days of its notice."""

    class Kind(models.TextChoices):
        SEAT = "seat", "利用者ごと"
        FLAT = "flat", "定額"

    code = models.SlugField("契約番号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100)
    system = models.ForeignKey(
        InformationSystem, models.PROTECT, null=True, blank=True, related_name="subscriptions", verbose_name="システム"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="所管部署")
    kind = models.CharField("払い方", max_length=10, choices=Kind.choices)
    trial_from = models.DateField("試用の始まり", null=True, blank=True)
    trial_until = models.DateField("試用の終わり", null=True, blank=True)
    notice_days = models.PositiveIntegerField("解約の予告(日)", default=30)
    stated_yen = models.PositiveBigIntegerField(
        "説明された年間の費用", null=True, blank=True, help_text="資料や会議で言われた額を、そのまま書きます。"
    )
    stated_source = models.CharField("その出典", max_length=200, blank=True)

    class Meta:
        verbose_name = "利用契約"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trial_until=None) | Q(trial_from__isnull=False, trial_until__gte=F("trial_from")),
                name="systems_trial_ends_after_it_starts",
                violation_error_message="試用の終わりは、始まりより後の日にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(stated_yen=None) | ~Q(stated_source=""), name="systems_statement_has_a_source",
                violation_error_message="説明された額には、その出典を書いてください。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def ranges(self) -> list[PriceRange]:
        """Return its prices; of a flat one the seats do not multiply."""
        flat = self.kind == self.Kind.FLAT
        return [PriceRange(row.yen, 1 if flat else row.seats, row.starts_on, row.ends_on) for row in self.prices.all()]

    def yearly_yen(self, year: int) -> int:
        """Return the yen of a fiscal year by month, price and seats."""
        return yearly_yen(self.ranges, year)

    def gap(self, calendar: BudgetCalendar | None) -> BudgetGap:
        """Return the months after the trial that no budget pays for; none without a trial or a calendar."""
        if self.trial_until is None or calendar is None:
            return BudgetGap((), 0)
        return budget_gap(self.ranges, self.trial_until, calendar.effective_on)

    def use_percent(self) -> tuple[int, "LicenceUse"] | None:
        """Return how much of the seats was used in the last month known, in percent, and that row."""
        last = max(self.uses.all(), key=lambda use: use.month, default=None)
        seats = sum(price.seats for price in self.ranges if last and price.holds_on(last.month))
        return (last.active_seats * 100 // seats, last) if last and seats else None

    def alerts(self, on: date | None = None) -> list[str]:
        """Return what must be decided or looked at on a day, in sentences."""
        day = on or today()
        return self.alerts_before(BudgetCalendar.following(day), day)

    def alerts_before(self, calendar: BudgetCalendar | None, day: date) -> list[str]:
        """Return the alerts of a day before the budget of a calendar; no query where all it has is prefetched."""
        return list(self.named_alerts(calendar, day).values())

    @property
    def cancel_by(self) -> date | None:
        """Return the last day to say that it is not renewed: so many days before its last price ends, if it does."""
        ends = [price.ends_on for price in self.prices.all()]
        last = max((day for day in ends if day is not None), default=None)
        return None if last is None or None in ends else last - timedelta(days=self.notice_days)

    def named_alerts(self, calendar: BudgetCalendar | None, day: date) -> dict[str, str]:
        """Return the alerts of a day by what each is about, so that it is told once (決めることの知らせ)."""
        found = dict[str, str]()
        gap = self.gap(calendar)
        if gap.months and self.trial_until and self.trial_until >= day - timedelta(days=366):
            found[f"gap {self.trial_until}"] = (
                f"試用が終わってから予算が使えるまで、{len(gap.months)}か月({gap.yen:,}円)の予算がありません。"
            )
        decided = {decision.for_year for decision in self.decisions.all()}
        if calendar and calendar.fiscal_year not in decided and day >= calendar.request_closes_on - DECIDE_BEFORE:
            found[f"decision {calendar.fiscal_year}"] = (
                f"{calendar}の予算要求の締切まで30日を切り、採否がまだ決まっていません。"
            )
        last = self.cancel_by
        is_open = last is not None and all(each.decided_on < last - SETTLED_BY for each in self.decisions.all())
        if last is not None and is_open and last - DECIDE_BEFORE <= day <= last + timedelta(days=self.notice_days):
            found[f"renewal {last}"] = (
                f"契約の更新が近づいています。やめるときは、{format_date(last)}までに事業者に知らせてください。"
                if day <= last
                else f"解約を知らせる期限({format_date(last)})を過ぎました。更新するかを事業者に確かめてください。"
            )
        use = self.use_percent()
        if use and use[0] < LEAST_USE_PERCENT:
            found[f"use {use[1].month:%Y-%m}"] = (
                f"使っている人が{use[0]}%です({use[1].month:%Y年%-m月})。60%を下回っています。"
            )
        return found


class LicencePrice(models.Model):
    """単価: yen a month, the seats, and from when to when both hold; the ranges of one subscription never overlap."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="prices", verbose_name="利用契約")
    yen = models.PositiveIntegerField("月額(1人または定額、円)")
    seats = models.PositiveIntegerField("人数", default=1)
    starts_on = models.DateField("始まり")
    ends_on = models.DateField("終わり", null=True, blank=True)
    is_taxed = models.BooleanField("税込み", default=True)

    class Meta:
        verbose_name = "単価"
        ordering = ["subscription", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="systems_price_ends_after_it_starts",
                violation_error_message="終わりは、始まりより後の日にしてください。",
            ),
            models.UniqueConstraint(fields=["subscription", "starts_on"], name="systems_one_price_per_start"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.yen:,}円 × {self.seats:,}人"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save where no other price holds on one of its days. Raises ValidationError."""
        lock_subject(subject_of(self.subscription))
        others = self.subscription.prices.exclude(pk=self.pk).filter(Q(ends_on=None) | Q(ends_on__gte=self.starts_on))
        if self.ends_on is not None:
            others = others.filter(starts_on__lte=self.ends_on)
        if others.exists():
            raise ValidationError("同じ日に2つの単価は使えません。前の単価の終わりを書いてから、登録してください。")
        super().save(*args, **kwargs)


class Alternative(models.Model):
    """代替案: another tool that would do, and what it costs a year."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="alternatives", verbose_name="利用契約")
    name = models.CharField("名称", max_length=100)
    yearly_yen = models.PositiveBigIntegerField("年間の費用(円)")
    criterion = models.CharField("比べた点", max_length=100)
    score = models.PositiveSmallIntegerField("点(5がよい)", choices=[(n, str(n)) for n in range(1, 6)])
    reason = models.CharField("理由", max_length=200)

    class Meta:
        verbose_name = "代替案"
        ordering = ["subscription", "name", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "name", "criterion"], name="systems_one_score_per_criterion"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LicenceUse(models.Model):
    """利用数: how many people used a tool in a month, and who says so."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="uses", verbose_name="利用契約")
    month = models.DateField("月(その月の1日)")
    active_seats = models.PositiveIntegerField("使った人数")
    source = models.CharField("出典", max_length=200)

    class Meta:
        verbose_name = "利用数"
        ordering = ["subscription", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "month"], name="systems_one_use_per_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="systems_use_of_a_month",
                                   violation_error_message="月は、その月の1日で書いてください。"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y年%-m月} {self.active_seats:,}人"


class ToolDecision(ImmutableModel):
    """採否: that a tool is adopted, tried longer or stopped, why, and what it cost then; frozen."""

    class Kind(models.TextChoices):
        ADOPT = "adopt", "採用"
        EXTEND = "extend", "試用の延長"
        STOP = "stop", "終了"

    FROZEN, INSTEAD = "採否", "新しい採否を加えてください。"

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="decisions", verbose_name="利用契約")
    kind = models.CharField("採否", max_length=10, choices=Kind.choices)
    for_year = models.PositiveIntegerField("年度")
    reason = models.CharField("理由", max_length=300)
    yearly_yen = models.PositiveBigIntegerField("そのときの年間の費用(円)")
    gap_yen = models.PositiveBigIntegerField("そのときの予算のない額(円)")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起案")
    decided_on = models.DateField("決めた日")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")

    class Meta:
        verbose_name = "採否"
        ordering = ["subscription", "-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.subscription} {self.get_kind_display()}"

    @classmethod
    @transaction.atomic
    def decide(
        cls, subscription: Subscription, *, kind: str, reason: str, proposal: Proposal | None = None, by: Actor
    ) -> "ToolDecision":
        """Record what was decided with the cost of that day (採否). Raises Refused without a reason."""
        if not reason.strip():
            raise Refused("理由を書いてください。")
        calendar = BudgetCalendar.following(today())
        year = calendar.fiscal_year if calendar else fiscal_year(today())
        made = cls.objects.create(
            subscription=subscription, kind=kind, for_year=year, reason=reason.strip(), proposal=proposal,
            yearly_yen=subscription.yearly_yen(year), gap_yen=subscription.gap(calendar).yen, decided_on=today(),
            decided_by=user_of(by),
        )  # fmt: skip
        record(subscription, "採否", by=by, after={"採否": kind, "年度": year, "円": made.yearly_yen})
        return made
