"""Online availability オンライン受付中: procedures that residents can do online, here or in another system."""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from todoke.japanese.calendar import business_date
from todoke.offers.models import Release
from todoke.procedures.models.procedure import Procedure


def with_open_offer(at: datetime | None = None) -> Q:
    """Return the condition that a procedure has an open offer in this system at an instant (default: now)."""
    return Q(pk__in=Release.objects.open(at).order_by().values("offer__procedure"))


def available_elsewhere(at: datetime | None = None) -> Q:
    """Return the condition that a procedure is online in another system at an instant (default: now)."""
    return Q(online_since__lte=business_date(at or timezone.now()))


def available_online(at: datetime | None = None) -> Q:
    """Return the condition that a procedure is online at an instant: by an open offer, or in another system."""
    return available_elsewhere(at) | with_open_offer(at)


def usable_on_phone(at: datetime | None = None) -> Q:
    """Return the condition that it works on a phone: an open offer (tested at 375 px), or checked by a person."""
    return Q(phone_checked_on__lte=business_date(at or timezone.now())) | with_open_offer(at)


def available_online_ids(at: datetime | None = None) -> set[int]:
    """Return the ids of procedures available online at an instant, by two index scans (cheaper than a test per row)."""
    elsewhere = Procedure.objects.filter(available_elsewhere(at)).order_by().values_list("pk", flat=True)
    return set(elsewhere.union(Release.objects.open(at).order_by().values_list("offer__procedure", flat=True)))


def online_flag() -> Case:
    """Return an expression: 1 when a procedure is available online now, else 0."""
    return Case(When(available_online(), then=Value(1)), default=Value(0), output_field=IntegerField())
