"""Certificate figures 証明書の指標: shares by way with their denominator, and the months against their bills."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from todoke.insights.certificates.bill_check import BilledMonth, check_months
from todoke.insights.models import CertificateRoute, ChannelCount, IssuingBill, IssuingFee

KONBINI = str(CertificateRoute.Kind.KONBINI.label)


@dataclass(frozen=True)
class ChannelShare:
    """経路の割合: copies by one way out of all copies of which the way is known."""

    channel: str
    copies: int
    whole: int

    @property
    def percent(self) -> float:
        return self.copies * 100 / self.whole if self.whole else 0.0


def certificate_channels() -> list[str]:
    """Return the ways that statements know."""
    return [str(kind.label) for kind in CertificateRoute.Kind]


def shares(first: date, last: date) -> list[ChannelShare]:
    """Return the copies of a period by way, the most first; only whole months of the period are counted."""
    rows = ChannelCount.objects.filter(channel__in=certificate_channels(), starts_on__gte=first, ends_on__lte=last)
    found = list(rows.values_list("channel").annotate(copies=Sum("count")).order_by("-copies", "channel"))
    whole = sum(copies for _, copies in found)
    return [ChannelShare(channel, copies, whole) for channel, copies in found]


def billed_months() -> list[BilledMonth]:
    """Return every month from the first known to the last, also those without a statement; three queries."""
    copies = defaultdict[date, int](int)
    for month, count in ChannelCount.objects.filter(channel=KONBINI).values_list("starts_on", "count"):
        copies[month.replace(day=1)] += count
    bills = dict(IssuingBill.objects.values_list("month", "yen"))
    known = [*copies, *bills]
    if not known:
        return []
    fees = IssuingFee.objects.values_list("yen", "starts_on", "ends_on")
    return check_months(min(known), max(known), copies, fees, bills)


def known_period() -> tuple[date, date] | None:
    """Return the first and last day of which statements are known, or None."""
    ends = ChannelCount.objects.filter(channel__in=certificate_channels()).aggregate(Min("starts_on"), Max("ends_on"))
    first, last = ends["starts_on__min"], ends["ends_on__max"]
    return (first, last) if first and last else None
