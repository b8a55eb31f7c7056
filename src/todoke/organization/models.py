"""Organization 組織: departments 部署, posts 職位, and tenures 在任."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.runtime.mail_addresses import MACHINE_DOMAIN


class Department(models.Model):
    """部署: a section of the office; a bureau has sections below it."""

    code = models.CharField("部署コード", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上位の部署"
    )
    phone = models.CharField("電話番号", max_length=20, blank=True)
    address = models.CharField(
        "窓口の所在地", max_length=150, blank=True, help_text="例: 本庁舎2階 5番窓口(中央一丁目1番1号)"
    )
    hours = models.CharField(
        "受付時間",
        max_length=150,
        blank=True,
        help_text="例: 月曜日から金曜日の8時30分から17時まで(祝日・年末年始を除く)",
    )
    directions = models.CharField(
        "道案内",
        max_length=200,
        blank=True,
        help_text="地図を見られない人にも伝わる言葉で。例: 中央駅の北口から歩いて5分",
    )

    class Meta:
        verbose_name = "部署"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """職位: a position in a department with a role; rules name posts, never people."""

    class Role(models.TextChoices):
        CLERK = "clerk", "担当"
        CHIEF = "chief", "課長"
        DIRECTOR = "director", "部長"
        MAYOR = "mayor", "区長"
        DESIGNER = "designer", "手続設計担当"
        HEADQUARTERS = "headquarters", "DX推進本部事務局"
        RECORDS = "records", "文書法規担当"
        TREASURER = "treasurer", "会計担当"
        AUDITOR = "auditor", "監査担当"
        ADMINISTRATOR = "administrator", "システム管理担当"
        PERSONNEL = "personnel", "人事担当"

    department = models.ForeignKey(Department, models.PROTECT, related_name="posts", verbose_name="部署")
    title = models.CharField("職名", max_length=50)
    role = models.CharField("役割", max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = "職位"
        ordering = ["department__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "title"], name="organization_one_post_per_title"),
        ]

    def __str__(self) -> str:
        return f"{self.department.name} {self.title}"


class TenureQuerySet(models.QuerySet["Tenure"]):
    def current(self, on: date | None = None) -> "TenureQuerySet":
        """Tenures in force on a business date (default: today in Japan)."""
        on = on or today()
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def not_ended(self, on: date) -> "TenureQuerySet":
        """Tenures in force on a business date or from a later one."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def chiefs(self) -> "TenureQuerySet":
        """Tenures of chiefs, who are told what their department must do."""
        return self.filter(post__role=Post.Role.CHIEF)

    def administrators(self) -> "TenureQuerySet":
        """Tenures of whoever runs the installation and is told what failed."""
        return self.filter(post__role=Post.Role.ADMINISTRATOR)

    def persons(self) -> "TenureQuerySet":
        """Tenures of people, without the accounts of other systems (連携用アカウント)."""
        return self.exclude(user__email__endswith=f"@{MACHINE_DOMAIN}")

    def of(self, user: User) -> "TenureQuerySet":
        """Tenures of an active account."""
        return self.filter(user=user, user__is_active=True)


class Tenure(models.Model):
    """在任: a person holds a post from a date to a date, both included; an open end means until further notice."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", verbose_name="職位")
    user = models.ForeignKey(User, models.PROTECT, related_name="tenures", verbose_name="利用者")
    starts_on = models.DateField("着任日")
    ends_on = models.DateField("離任日", null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = "在任"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="organization_tenure_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.user}"
