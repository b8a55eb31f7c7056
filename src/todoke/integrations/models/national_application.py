"""National applications 国の窓口の申請: what the national portal received for us, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.cases.models.querysets import departments_worked_in
from todoke.integrations.models.answer_import import ColumnMapping
from todoke.integrations.permissions import MANAGE_PARTNERS


class NationalApplicationQuerySet(models.QuerySet["NationalApplication"]):
    def visible_to(self, user: User) -> NationalApplicationQuerySet:
        """All for whoever manages partners; for staff those of procedures of their departments."""
        if MANAGE_PARTNERS.held_by(user):
            return self
        offers = ColumnMapping.objects.filter(
            source=ColumnMapping.Source.NATIONAL, offer__department__in=departments_worked_in(user).values("pk")
        )
        return self.filter(code__in=offers.values("code"))

    def waiting(self) -> NationalApplicationQuerySet:
        """Applications that are no case yet, because a person has to decide something."""
        return self.filter(case=None)


class NationalApplication(models.Model):
    """国の窓口の申請: one application of the national portal; ``told`` is the state that was set back there last."""

    number = models.CharField("国の受付番号", max_length=80, unique=True)
    code = models.CharField("手続のコード", max_length=64)
    title = models.CharField("手続の名前", max_length=200)
    path = models.CharField("届いたままのファイル", max_length=200, blank=True)
    sha256 = models.CharField("照合値", max_length=64)
    arrived_at = models.DateTimeField("届いた日時", default=timezone.now)
    case = models.OneToOneField(
        Case, models.CASCADE, null=True, related_name="national_application", verbose_name="案件"
    )
    waits_for = models.CharField("待っていること", max_length=500, blank=True)
    told = models.CharField("国の窓口に返した状態", max_length=20, blank=True)
    told_at = models.DateTimeField("状態を返した日時", null=True)

    objects = NationalApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "国の窓口の申請"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | ~Q(waits_for=""), name="integrations_no_case_waits_for_something"
            ),
        ]

    def __str__(self) -> str:
        return self.number
