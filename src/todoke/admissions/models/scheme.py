"""Schemes 利用調整の制度: nursery places or after-school clubs, run by one department."""

from django.db import models

from todoke.accounts.models import User
from todoke.admissions.permissions import HANDLE_DIRECTIVES, RUN_SELECTION, WRITE_RULES
from todoke.approvals.models import Route
from todoke.organization.models import Department
from todoke.organization.permissions import Permission


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, user: User) -> "SchemeQuerySet":
        """Schemes whose selection the person runs today."""
        return self.held(user, RUN_SELECTION)

    def designed_by(self, user: User) -> "SchemeQuerySet":
        """Schemes whose rules the person may write."""
        return self if WRITE_RULES.held_by(user) else self.held(user, WRITE_RULES)

    def held(self, user: User, permission: Permission) -> "SchemeQuerySet":
        """Schemes of the departments for which a person holds a permission."""
        return self.filter(department__in=[each.pk for each in permission.departments_of(user)])


class Scheme(models.Model):
    """利用調整の制度: child care or after-school clubs: the classes, the department, the route of its decision."""

    class Kind(models.TextChoices):
        NURSERY = "nursery", "保育所等"
        CLUB = "club", "学童クラブ"

    code = models.SlugField("制度コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("種類", max_length=10, choices=Kind)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    route = models.ForeignKey(Route, models.PROTECT, related_name="+", verbose_name="決裁ルート")
    appeal = models.TextField("教示", help_text="通知書の終わりに載る、審査請求と取消訴訟の案内")

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "利用調整の制度"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def classes(self) -> range:
        """The classes: ages 0 to 5, or school years 1 to 6."""
        return range(6) if self.kind == self.Kind.NURSERY else range(1, 7)

    def class_name(self, number: int) -> str:
        """Return a class in words: 1歳児, 3年生."""
        return f"{number}{'歳児' if self.kind == self.Kind.NURSERY else '年生'}"

    def can_run(self, user: User) -> bool:
        """Clerks and chief of the department, and the director above it."""
        return RUN_SELECTION.held_by(user, self.department)

    def can_handle_directives(self, user: User) -> bool:
        """The chief of the department and the director above it."""
        return HANDLE_DIRECTIVES.held_by(user, self.department)

    def can_write_rules(self, user: User) -> bool:
        """Designers, and clerks and chief of the department."""
        return WRITE_RULES.held_by(user, self.department)
