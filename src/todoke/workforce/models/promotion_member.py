"""Promotion members デジタル化推進委員(職員): one or two of each section beside their work, and what they hand over."""

from datetime import date

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import fiscal_year, today
from todoke.japanese.periods import fiscal_period
from todoke.organization.models import Department, Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.models.month_sheet import token
from todoke.workforce.permissions import NOMINATE_MEMBERS


class PromotionMemberQuerySet(models.QuerySet["PromotionMember"]):
    def in_force(self, on: date | None = None) -> "PromotionMemberQuerySet":
        """Members on a day: within their time, and only while they hold a post in that section."""
        on = on or today()
        held = Tenure.objects.current(on).filter(
            user=OuterRef("user"), user__is_active=True, post__department=OuterRef("department")
        )
        rows = self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        return rows.filter(Exists(held))

    def lapsed(self, on: date | None = None) -> "PromotionMemberQuerySet":
        """Members of the year whose post in the section is over although their time is not."""
        on = on or today()
        rows = self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        return rows.exclude(pk__in=self.in_force(on).values("pk"))


class PromotionMember(models.Model):
    """デジタル化推進委員(職員): somebody who promotes digital work in a section, with the agreed hours."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    year = models.PositiveSmallIntegerField("年度")
    starts_on = models.DateField("始まる日")
    ends_on = models.DateField("終わる日", null=True, blank=True)
    agreed_minutes = models.PositiveIntegerField("兼務の時間(月あたり、分)")
    token = models.CharField("番号", max_length=16, unique=True, default=token)

    objects = PromotionMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "デジタル化推進委員(職員)"
        ordering = ["-year", "department__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "user", "year"], name="workforce_one_membership_a_year"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="workforce_a_member_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.user}"

    @classmethod
    @transaction.atomic
    def nominate(
        cls, department: Department, user: User, *, agreed_minutes: int, by: User, starts_on: date | None = None
    ) -> "PromotionMember":
        """推薦する: for the rest of the year. Raises NotAllowed, Refused for who holds no post there, Conflict."""
        _require(by, department)
        day = starts_on or today()
        if not Tenure.objects.of(user).current(day).persons().filter(post__department=department).exists():
            raise Refused(f"{user.name}さんは、この日に{department.name}の職位に就いていません。")
        year = fiscal_year(day)
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    department=department, user=user, year=year, starts_on=day, ends_on=fiscal_period(year).last,
                    agreed_minutes=agreed_minutes,
                )  # fmt: skip
        except IntegrityError as twice:
            raise Conflict(f"{user.name}さんは、この年度の委員です。") from twice
        record(made, "推進委員の推薦", by=by, after={"部署": department.code, "年度": year}, first=True)
        return made

    @transaction.atomic
    def hand_over(self, open_points: str, *, by: User) -> "DutyHandover":
        """引き継ぐ: write down what is open for whoever follows. Raises NotAllowed, Refused without words."""
        if by.pk != self.user_id and not NOMINATE_MEMBERS.held_by(by, self.department):
            raise NotAllowed("引継ぎを書けるのは、委員本人か所属長です。")
        if not open_points.strip():
            raise Refused("続いていること、約束したことを書いてください。")
        made = DutyHandover.objects.create(of_member=self, open_points=open_points.strip())
        record(self, "推進委員の引継ぎ", by=by, after={"字数": len(made.open_points)})
        return made


class DutyHandover(models.Model):
    """引継ぎ: what a member leaves open, accepted by the next member of the section."""

    of_member = models.ForeignKey(
        PromotionMember, models.PROTECT, related_name="handovers", verbose_name="引き継ぐ委員"
    )
    open_points = models.TextField("続いていること", max_length=2000)
    written_at = models.DateTimeField("書いた日時", default=timezone.now)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="受けた人")
    accepted_at = models.DateTimeField("受けた日時", null=True)
    token = models.CharField("番号", max_length=16, unique=True, default=token)

    class Meta:
        verbose_name = "引継ぎ"
        ordering = ["-written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False), name="workforce_taken_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_member}の引継ぎ"

    @transaction.atomic
    def accept(self, *, by: User) -> None:
        """受ける: by a member of the section who is in force. Raises NotAllowed, Conflict when it was accepted."""
        here = PromotionMember.objects.in_force().filter(user=by, department=self.of_member.department)
        if by.pk == self.of_member.user_id or not here.exists():
            raise NotAllowed("引継ぎを受けられるのは、同じ部署の次の委員です。")
        if not stamp_once(self, "accepted_at", accepted_by=by):
            raise Conflict("この引継ぎは、もう受けられています。")
        record(self.of_member, "推進委員の引継ぎの受領", by=by, after={"受けた人": by.pk})


def _require(by: User, department: Department) -> None:
    if not NOMINATE_MEMBERS.held_by(by, department):
        raise NotAllowed("推進委員を推薦できるのは、部署の課長と、推進本部の事務局です。")
