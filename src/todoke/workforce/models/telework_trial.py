"""Telework trials and rules テレワークの実証と定め: who takes part, what people said, and what a week bears."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.permissions import KEEP_TELEWORK
from todoke.workforce.section_members import section_of
from todoke.workforce.telework_fairness import TeleworkTerms


def _require_permission(by: User) -> None:
    if not KEEP_TELEWORK.held_by(by):
        raise NotAllowed("テレワークの実証と定めを登録できるのは、推進本部の事務局と人事担当です。")


class TeleworkRule(ImmutableModel):
    """テレワークの定め: the cap of a week, who stays in the office, newcomers, from a day on."""

    FROZEN, INSTEAD = "テレワークの定め", "次の版を、始まる日とともに登録してください。"

    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部署"
    )
    valid_from = models.DateField("始まる日")
    weekly_halves = models.PositiveSmallIntegerField("1週間の上限(半日の数)")
    on_site = models.PositiveSmallIntegerField("出勤する人の下限")
    newcomer_months = models.PositiveSmallIntegerField("着任から出勤を基本とする月数", default=0)
    source = models.CharField("根拠", max_length=200)

    class Meta:
        verbose_name = "テレワークの定め"
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "valid_from"], name="workforce_one_telework_rule_a_section"),
            models.UniqueConstraint(
                fields=["valid_from"], condition=Q(department=None), name="workforce_one_telework_rule"
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @classmethod
    def in_force(cls, on: date, department: Department) -> TeleworkTerms | None:
        """Return the terms of a section on a day: its own, else those of the whole office; the latest begun."""
        known = cls.objects.filter(valid_from__lte=on).filter(Q(department=department) | Q(department=None))
        rule = known.order_by(F("department").asc(nulls_last=True), "-valid_from").first()
        return TeleworkTerms(rule.weekly_halves, rule.on_site, rule.newcomer_months) if rule else None

    @classmethod
    @transaction.atomic
    def establish(cls, *, by: User, **terms: Any) -> "TeleworkRule":
        """Register a version. Raises NotAllowed, Refused without a source, Conflict the second time."""
        _require_permission(by)
        made = cls(**terms)
        if not made.source.strip():
            raise Refused("根拠を書いてください。")
        if cls.objects.filter(department=made.department, valid_from=made.valid_from).exists():
            raise Conflict("同じ日に始まる定めがあります。始まる日を変えてください。")
        made.save()
        record(
            made, "テレワークの定めの登録", by=by, after={"始まる日": made.valid_from, "根拠": made.source}, first=True
        )
        return made


class TeleworkTrial(models.Model):
    """実証: telework that is tried for a time, with what is offered to those who cannot take part."""

    code = models.SlugField("コード", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("始まる日")
    ends_on = models.DateField("終わる日")
    next_call = models.DateField("次の募集", null=True, blank=True)
    offered_instead = models.CharField("できない人への代わりのもの", max_length=200)

    class Meta:
        verbose_name = "実証"
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="workforce_a_trial_has_days"),
            models.CheckConstraint(condition=~Q(offered_instead=""), name="workforce_a_trial_offers_something_instead"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: User, **terms: Any) -> "TeleworkTrial":
        """実証を始める. Raises NotAllowed, Refused for days in the wrong order or nothing offered instead, Conflict."""
        _require_permission(by)
        made = cls(**terms)
        if made.ends_on < made.starts_on or not made.offered_instead.strip():
            raise Refused("終わる日は始まる日より後に。参加できない人への代わりのものも書いてください。")
        if cls.objects.filter(code=made.code).exists():
            raise Conflict("このコードの実証は、もうあります。")
        made.save()
        record(
            made,
            "テレワークの実証",
            by=by,
            after={"名称": made.title, "期間": [made.starts_on, made.ends_on]},
            first=True,
        )
        return made

    @transaction.atomic
    def join(self, user: User, on: date, *, by: User) -> "TeleworkTrialMember":
        """参加する: with the section of that day. Raises NotAllowed, Conflict for who takes part already."""
        _require_permission(by)
        department = section_of(user, on)
        member, made = TeleworkTrialMember.objects.get_or_create(
            trial=self, user=user, defaults={"department": department, "joined_on": on}
        )
        if not made:
            raise Conflict(f"{user.name}さんは、もう参加しています。")
        record(self, "実証への参加", by=by, after={"職員": user.pk, "日": on})
        return member


class TeleworkTrialMember(models.Model):
    """参加者: a person in a trial, with the section at that time."""

    trial = models.ForeignKey(TeleworkTrial, models.PROTECT, related_name="members", verbose_name="実証")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="参加したときの部署")
    joined_on = models.DateField("参加した日")
    left_on = models.DateField("終えた日", null=True, blank=True)

    class Meta:
        verbose_name = "参加者"
        ordering = ["department__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "user"], name="workforce_one_membership_of_a_trial"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class TeleworkComment(models.Model):
    """声: what somebody in a trial said, of one kind, without a name."""

    class Kind(models.TextChoices):
        GOOD = "good", "よかったこと"
        TROUBLE = "trouble", "困ったこと"
        UNFAIR = "unfair", "不公平に感じること"
        PROPOSAL = "proposal", "提案"

    trial = models.ForeignKey(TeleworkTrial, models.PROTECT, related_name="comments", verbose_name="実証")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    text = models.CharField("声", max_length=400)
    said_on = models.DateField("日付", default=today)

    class Meta:
        verbose_name = "声"
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    @transaction.atomic
    def say(cls, trial: TeleworkTrial, kind: str, text: str, *, by: User) -> "TeleworkComment":
        """声を寄せる: without the name in row or trail; who takes part or could not may say something.

        Raises Refused without words or a kind.
        """
        if kind not in cls.Kind.values or not text.strip():
            raise Refused("種類を選び、声を書いてください。")
        made = cls.objects.create(trial=trial, kind=kind, text=text.strip())
        record(trial, "実証への声", by=System("実証の参加者"), after={"種類": kind})
        return made
