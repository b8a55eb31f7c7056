"""Offers オンライン受付: the online services of procedures, with the period and the capacity of all their releases."""

from datetime import datetime
from typing import TypeAlias

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.expressions import BaseExpression
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.offers.permissions import MANAGE_OFFER
from todoke.organization.models import Department
from todoke.procedures.models.procedure import Procedure

Instant: TypeAlias = datetime | BaseExpression
"""A datetime, or an expression in its place, such as the parameter of a compiled query."""


def is_open(at: Instant | None, offer: str = "") -> Q:
    """Return the condition that the offer at a path takes applications at an instant (default: now)."""
    at = at or timezone.now()
    still = Q(**{f"{offer}closes_at__isnull": True}) | Q(**{f"{offer}closes_at__gt": at})
    return Q(**{f"{offer}opens_at__lte": at}) & still


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self, at: Instant | None = None) -> "OfferQuerySet":
        """Offers that take applications at an instant (default: now)."""
        return self.filter(is_open(at))


class Offer(models.Model):
    """オンライン受付: the online service of a procedure; period and capacity hold for all its releases."""

    code = models.SlugField("公開コード", max_length=50, unique=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="offers", verbose_name="手続")
    department = models.ForeignKey(Department, models.PROTECT, related_name="offers", verbose_name="担当部署")
    opens_at = models.DateTimeField("受付開始")
    closes_at = models.DateTimeField("受付終了", null=True, blank=True)
    capacity = models.PositiveIntegerField("定員", null=True, blank=True, help_text="空欄は定員なし")
    closing_reason = models.CharField("終了・停止の理由", max_length=200, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "オンライン受付"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="offers_offer_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.procedure.title

    def is_open(self, at: datetime | None = None) -> bool:
        """Return whether it takes applications at a time (default: now): ``opens_at`` included, ``closes_at`` not."""
        at = at or timezone.now()
        return self.opens_at <= at and (self.closes_at is None or at < self.closes_at)

    def can_manage(self, user: User) -> bool:
        """Designers of any department, and chiefs of the department in charge."""
        return MANAGE_OFFER.held_by(user, self.department)

    @transaction.atomic
    def reschedule(
        self, *, opens_at: datetime, closes_at: datetime | None, capacity: int | None, reason: str, by: Actor
    ) -> None:
        """受付期間・定員の変更: change the period and the capacity (None is unlimited); one audit entry."""
        before = {"opens_at": self.opens_at, "closes_at": self.closes_at, "capacity": self.capacity}
        self.opens_at, self.closes_at, self.capacity, self.closing_reason = opens_at, closes_at, capacity, reason
        self.save()
        after = {"opens_at": opens_at, "closes_at": closes_at, "capacity": capacity}
        log.record(self, "受付期間の変更", by=by, before=before, after=after, reason=reason)
