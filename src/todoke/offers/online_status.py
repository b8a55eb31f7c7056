"""Taken online オンライン受付中: whether the office itself takes a procedure online, here or in another system."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from todoke.japanese.calendar import business_date
from todoke.offers.models import Release
from todoke.procedures.models.procedure import Procedure


def served(at: datetime | None = None) -> Q:
    """Procedures with a service of this system that is open at an instant."""
    return Q(pk__in=Release.objects.open(at).order_by().values("offer__procedure"))


def taken_online(at: datetime | None = None) -> Q:
    """Procedures that residents can do online at an instant: by a service here, or in another system since a day."""
    return Q(online_since__lte=business_date(at or timezone.now())) | served(at)


def usable_on_phone(at: datetime | None = None) -> Q:
    """Of those, procedures usable on a phone: services here, which are tested at that width, or checked by a person."""
    return Q(phone_checked_on__lte=business_date(at or timezone.now())) | served(at)


def taken_ids(at: datetime | None = None) -> set[int]:
    """The same as a set of ids, by two indexes; testing every row of a long list for it is what costs."""
    day = business_date(at or timezone.now())
    elsewhere = Procedure.objects.filter(online_since__lte=day).order_by().values_list("pk", flat=True)
    return {*elsewhere, *Release.objects.open(at).order_by().values_list("offer__procedure", flat=True)}
