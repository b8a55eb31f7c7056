"""SLA measurement 稼働率の測定: availability from recorded outages, planned stops and probes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from todoke.japanese.calendar import JAPAN, business_date, format_date, start_of_day
from todoke.japanese.periods import Period
from todoke.runtime.refusals import Refused
from todoke.systems.availability import Availability, Span, Window, credit, from_probes, measure
from todoke.systems.models import InformationSystem, Outage, PlannedStop, Probe, ServiceLevel

WINDOWS = {"always": "24時間365日", "office": "開庁時間(開庁日 8時30分〜17時15分)"}
PROBE_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class SlaResult:
    """判定: the availability within one window, and whether the promise is broken."""

    window: str
    availability: Availability
    target: Decimal
    is_agreed: bool
    credit_percent: Decimal = Decimal(0)
    credit_yen: int = 0
    is_running: bool = False

    @property
    def is_broken(self) -> bool:
        return self.availability.breaks(self.target)

    @property
    def verdict(self) -> str:
        """判定: whether the promise was kept; of a running period, whether it is kept so far."""
        if not self.availability.promised:
            return "約束した時間がありません"
        if self.is_running:
            return "いまのところ下回っています" if self.is_broken else "いまのところ守られています"
        return "下回りました" if self.is_broken else "守られました"


def local_naive(at: datetime) -> datetime:
    """Return an instant as a naive Japan time."""
    return at.astimezone(JAPAN).replace(tzinfo=None)


def outages_of(system: InformationSystem, first: date, last: date, now: datetime) -> list[Span]:
    """Return outages of a system that touch a period; an open one lasts until ``now``."""
    rows = Outage.objects.filter(incident__system=system, starts_at__lt=_after(last))
    rows = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=start_of_day(first))).select_related("incident")
    return [
        Span(
            local_naive(each.starts_at),
            local_naive(each.ends_at or now),
            each.weight,
            f"{each.incident.number} {each.what}".strip(),
        )
        for each in rows
    ]


def planned_stops(system: InformationSystem, first: date, last: date) -> list[Span]:
    """Return planned stops that touch a period."""
    rows = PlannedStop.objects.filter(system=system, starts_at__lt=_after(last), ends_at__gt=start_of_day(first))
    return [Span(local_naive(each.starts_at), local_naive(each.ends_at), label=each.reason) for each in rows]


def outages_by_probes(system: InformationSystem, first: date, last: date) -> list[Span]:
    """Return outages as probes saw them, to compare with those reported."""
    rows = Probe.objects.filter(system=system, at__gte=start_of_day(first), at__lt=_after(last)).order_by("at")
    return from_probes(
        [(local_naive(at), outcome == "ok") for at, outcome in rows.values_list("at", "outcome")], PROBE_EVERY
    )


def _after(last: date) -> datetime:
    return start_of_day(last + timedelta(days=1))


def promised_period(level: ServiceLevel, asked: Period, on: date) -> Period:
    """Return the part of a period that the contract covers and that has begun. Raises Refused where there is none."""
    contract = level.contract
    if asked.first > on:
        raise Refused(f"{asked.label}は、まだ始まっていません。始まってから測ります。")
    found = asked.overlap(contract.starts_on, contract.ends_on)
    if found is None:
        raise Refused(
            f"{asked.label}は、契約の期間({format_date(contract.starts_on)}から{format_date(contract.ends_on)}まで)に"
            "入っていません。約束がないので、測れません。"
        )
    return found


def evaluate(
    level: ServiceLevel, period: Period, outages: Iterable[Span], stops: Iterable[Span], now: datetime
) -> list[SlaResult]:
    """Evaluate a period in the agreed window; without agreed hours, in each usual window.

    A running period is measured until ``now``; a reduction is said only when it is over.
    """
    agreed, is_running = level.window(), period.is_running(business_date(now))
    windows: dict[str, Window] = {"agreed": agreed} if agreed else {}
    windows |= {kind: Window(kind) for kind in WINDOWS if agreed is None or agreed.kind != kind}
    held, planned, until = (
        list(outages),
        list(stops),
        local_naive(now).replace(second=0, microsecond=0) if is_running else None,
    )
    found = []
    for kind, window in windows.items():
        rate = measure(window, period.first, period.last, held, planned, until)
        name = level.get_hours_display() if kind == "agreed" else WINDOWS[kind]
        part, yen = credit(rate.percent, level.steps(), level.contract.monthly_fee_yen or 0)
        part, yen = (Decimal(0), 0) if is_running else (part, yen)
        found.append(SlaResult(name, rate, level.target, kind == "agreed", part, yen, is_running))
    return found
