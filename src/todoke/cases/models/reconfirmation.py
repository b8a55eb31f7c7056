"""Reconfirmation 現況届: a yearly check whether what was granted still holds."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.cases.models.case import Case
from todoke.cases.models.draft import Draft
from todoke.offers.models import Offer


class ReconfirmationRound(models.Model):
    """現況届の回: one year's requests to everybody whose application to a service was granted."""

    source = models.ForeignKey(Offer, models.PROTECT, related_name="+", verbose_name="もとの手続")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="rounds", verbose_name="現況届の手続")
    year = models.PositiveSmallIntegerField("年度")
    opened_at = models.DateTimeField("開始日時", auto_now_add=True)
    due_on = models.DateField("提出期限")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="開始した人")

    class Meta:
        verbose_name = "現況届の回"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "year"], name="cases_one_round_per_year"),
            models.CheckConstraint(condition=Q(year__gte=2000), name="cases_round_has_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.year}年度"


def new_token() -> str:
    return secrets.token_urlsafe(24)


class ReconfirmationQuerySet(models.QuerySet["Reconfirmation"]):
    def unanswered(self) -> "ReconfirmationQuerySet":
        """Requests without a received answer (未提出)."""
        return self.filter(answer__isnull=True)

    def overdue(self, on: date) -> "ReconfirmationQuerySet":
        return self.unanswered().filter(round__due_on__lt=on)


class Reconfirmation(models.Model):
    """現況届: the request to one person in one round, the granted case, and the case that answers."""

    round = models.ForeignKey(ReconfirmationRound, models.PROTECT, related_name="asked", verbose_name="現況届の回")
    token = models.CharField("整理番号", max_length=40, unique=True, default=new_token)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reconfirmations", verbose_name="もとの案件")
    draft = models.OneToOneField(
        Draft, models.SET_NULL, null=True, related_name="reconfirmation", verbose_name="申請の下書き"
    )
    answer = models.OneToOneField(Case, models.PROTECT, null=True, related_name="answers_to", verbose_name="提出")
    reminded_at = models.DateTimeField("催促した日時", null=True)
    reminders = models.PositiveSmallIntegerField("催促の回数", default=0)
    held_at = models.DateTimeField("留め置いた日時", null=True)
    released_at = models.DateTimeField("留め置きを解いた日時", null=True)

    objects = ReconfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = "現況届"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "case"], name="cases_asked_once_a_round"),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | ~Q(answer=F("case")), name="cases_answer_is_another_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.case}"

    @property
    def is_held(self) -> bool:
        """Whether neither link nor prefilled answers may go out until a person has checked them (支援措置)."""
        return self.held_at is not None and self.released_at is None
