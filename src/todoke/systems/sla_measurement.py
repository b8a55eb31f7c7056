"""Measuring 稼働率の測定: from incidents, planned stops and probes to what a contract promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from todoke.japanese.calendar import JAPAN, midnight
from todoke.systems.availability import Availability, Span, Window, credit, from_probes, measure
from todoke.systems.models import InformationSystem, Outage, PlannedStop, Probe, ServiceLevel

WINDOWS = {"always": "24時間365日", "office": "開庁時間(開庁日 8時30分〜17時15分)"}
PROBE_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Judgement:
    """判定: the rate in one window, and whether the promise is broken in it."""

    window: str
    availability: Availability
    target: Decimal
    is_agreed: bool
    credit_percent: Decimal = Decimal(0)
    credit_yen: int = 0

    @property
    def is_broken(self) -> bool:
        return self.availability.breaks(self.target)


def clock(at: datetime) -> datetime:
    """Return an instant as the office's clock shows it."""
    return at.astimezone(JAPAN).replace(tzinfo=None)


def outages_of(system: InformationSystem, first: date, last: date, now: datetime) -> list[Span]:
    """Outages of a system that touch a period; one that goes on lasts until now."""
    rows = Outage.objects.filter(incident__system=system, starts_at__lt=_after(last))
    rows = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=midnight(first))).select_related("incident")
    return [
        Span(
            clock(each.starts_at),
            clock(each.ends_at or now),
            each.weight,
            f"{each.incident.number} {each.what}".strip(),
        )
        for each in rows
    ]


def stops_of(system: InformationSystem, first: date, last: date) -> list[Span]:
    """Planned stops that touch a period."""
    rows = PlannedStop.objects.filter(system=system, starts_at__lt=_after(last), ends_at__gt=midnight(first))
    return [Span(clock(each.starts_at), clock(each.ends_at), label=each.reason) for each in rows]


def probed(system: InformationSystem, first: date, last: date) -> list[Span]:
    """Outages as the probes saw them, to hold against what was reported."""
    rows = Probe.objects.filter(system=system, at__gte=midnight(first), at__lt=_after(last)).order_by("at")
    return from_probes([(clock(at), outcome == "ok") for at, outcome in rows.values_list("at", "outcome")], PROBE_EVERY)


def _after(last: date) -> datetime:
    return midnight(last + timedelta(days=1))


def judge(
    level: ServiceLevel, first: date, last: date, outages: Iterable[Span], stops: Iterable[Span] = ()
) -> list[Judgement]:
    """Judge a period in the agreed window first, then in the usual ones: a promise without hours is judged in each."""
    agreed = level.window()
    windows: dict[str, Window] = {"agreed": agreed} if agreed else {}
    windows |= {kind: Window(kind) for kind in WINDOWS if agreed is None or agreed.kind != kind}
    held, planned = list(outages), list(stops)
    found = []
    for kind, window in windows.items():
        rate = measure(window, first, last, held, planned)
        name = level.get_hours_display() if kind == "agreed" else WINDOWS[kind]
        part, yen = credit(rate.percent, level.steps(), level.contract.monthly_fee_yen or 0)
        found.append(Judgement(name, rate, level.target, kind == "agreed", part, yen))
    return found
