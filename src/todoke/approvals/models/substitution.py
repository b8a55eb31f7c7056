"""Substitution 代行: absences, ranked deputies, and delegations with an end date."""

from datetime import date

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import Refused


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def current(self, on: date | None = None) -> "AbsenceQuerySet":
        """Absences on a business date that did not end early."""
        on = on or today()
        return self.filter(starts_on__lte=on, ends_on__gte=on, returned_at__isnull=True)


class Absence(models.Model):
    """不在: a person is away from a date to a date, both included, so that a deputy may decide."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name="利用者")
    starts_on = models.DateField("開始日")
    ends_on = models.DateField("終了日")
    reason = models.CharField("理由", max_length=100, blank=True)
    returned_at = models.DateTimeField("早く戻った日時", null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "不在"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="approvals_absence_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.starts_on}〜{self.ends_on}"

    @classmethod
    @transaction.atomic
    def announce(cls, *, starts_on: date, ends_on: date, reason: str, by: User) -> "Absence":
        """Create an absence of one's own (不在の届出). Raises Refused for days in the past or in the wrong order."""
        if ends_on < max(starts_on, today()):
            raise Refused("終了日は、開始日より後の、きょう以降の日にしてください。")
        made = cls.objects.create(user=by, starts_on=starts_on, ends_on=ends_on, reason=reason)
        record(made, "不在の届出", by=by, after={"開始日": starts_on, "終了日": ends_on})
        return made

    @transaction.atomic
    def end_early(self, *, by: User) -> None:
        """End one's absence at once (早い復帰). Raises Refused for another person's, or when it has ended."""
        if not stamp_once(self, "returned_at", read={"user": by}):
            raise Refused("自分の、続いている不在だけを終えられます。")
        record(self, "復帰", by=by)


class Deputy(models.Model):
    """代決順位: a post that decides for another whose holders are absent; the first present one in the order."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deputies", verbose_name="不在の職位")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="deputises", verbose_name="代決する職位")
    order = models.PositiveSmallIntegerField("順位", default=1)

    class Meta:
        verbose_name = "代決順位"
        ordering = ["post", "order"]
        constraints = [
            models.UniqueConstraint(fields=["post", "order"], name="approvals_one_deputy_per_rank"),
            models.UniqueConstraint(fields=["post", "deputy"], name="approvals_one_rank_per_deputy"),
            models.CheckConstraint(condition=~Q(post=F("deputy")), name="approvals_nobody_deputises_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.deputy}"

    @classmethod
    @transaction.atomic
    def appoint(cls, *, post: Post, deputy: Post, by: User) -> "Deputy":
        """Append a deputy to a post that one holds (代決者の指定). Raises Refused for any other post."""
        if not Tenure.objects.of(by).current().filter(post=post).exists():
            raise Refused("いま就いている職位の代決者だけを決められます。")
        if post == deputy or cls.objects.filter(post=post, deputy=deputy).exists():
            raise Refused("その職位は、すでに代決者か、不在になる職位そのものです。")
        last = cls.objects.filter(post=post).aggregate(last=models.Max("order"))["last"] or 0
        made = cls.objects.create(post=post, deputy=deputy, order=last + 1)
        record(post, "代決者の指定", by=by, after={"代決者": str(deputy), "順位": made.order})
        return made

    @transaction.atomic
    def dismiss(self, *, by: User) -> None:
        """Remove a deputy (代決者の解除). Raises Refused for a post that one does not hold."""
        if not Tenure.objects.of(by).current().filter(post=self.post).exists():
            raise Refused("いま就いている職位の代決者だけを決められます。")
        record(self.post, "代決者の解除", by=by, before={"代決者": str(self.deputy)})
        self.delete()


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def current(self, on: date | None = None) -> "DelegationQuerySet":
        """Delegations in force: begun, not ended, not revoked, and given by somebody who still holds the post."""
        on = on or today()
        holders = Tenure.objects.current(on).filter(post=models.OuterRef("post"), user=models.OuterRef("principal"))
        return self.filter(
            models.Exists(holders), starts_on__lte=on, ends_on__gte=on, revoked_at__isnull=True,
            principal__is_active=True, delegate__is_active=True,
        )  # fmt: skip


class Delegation(models.Model):
    """委任: the holder of a post lets another person act in it, up to a fixed day."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name="職位")
    principal = models.ForeignKey(User, models.PROTECT, related_name="given_delegations", verbose_name="委任した人")
    delegate = models.ForeignKey(User, models.PROTECT, related_name="delegations", verbose_name="委任された人")
    starts_on = models.DateField("開始日")
    ends_on = models.DateField("終了日")
    revoked_at = models.DateTimeField("取消日時", null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "委任"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="approvals_delegation_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("delegate")), name="approvals_nobody_delegates_to_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.principal} → {self.delegate}"

    @classmethod
    @transaction.atomic
    def give(cls, *, post: Post, to: User, starts_on: date, ends_on: date, by: User) -> "Delegation":
        """Create a delegation of a post that the giver holds today. Raises Refused otherwise."""
        if not Tenure.objects.of(by).current().filter(post=post).exists() or to == by:
            raise Refused("いま就いている職位だけを、ほかの人に委任できます。")
        if ends_on < max(starts_on, today()):
            raise Refused("終了日は、開始日より後の、きょう以降の日にしてください。")
        given = cls.objects.create(post=post, principal=by, delegate=to, starts_on=starts_on, ends_on=ends_on)
        record(given, "委任", by=by, after={"職位": str(post), "開始日": starts_on, "終了日": ends_on})
        return given

    @transaction.atomic
    def revoke(self, *, by: Actor) -> None:
        """End the delegation at once. Raises Refused when it has been revoked before."""
        if not stamp_once(self, "revoked_at"):
            raise Refused("この委任は、すでに取り消されています。")
        record(self, "委任の取消し", by=by)
