"""Availability 稼働率: promised and lost minutes of a period, and the rate with its evidence. Pure arithmetic.

Minutes count within the promised hours (サービス時間帯): 24×7, the office hours of the calendar, or hours of its own.
Times are naive Japan times.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from todoke.japanese.calendar import is_office_day

OFFICE_HOURS = (time(8, 30), time(17, 15))


@dataclass(frozen=True)
class Window:
    """サービス時間帯: the hours for which availability is promised."""

    kind: str
    opens: time = OFFICE_HOURS[0]
    closes: time = OFFICE_HOURS[1]
    weekdays: frozenset[int] = frozenset(range(5))

    def span(self, day: date) -> "Span | None":
        """Return the promised hours of a day, or None for a day without."""
        midnight = datetime.combine(day, time())
        if self.kind == "always":
            return Span(midnight, midnight + timedelta(days=1))
        if (self.kind == "office" and not is_office_day(day)) or (
            self.kind == "custom" and day.weekday() not in self.weekdays
        ):
            return None
        closes = datetime.combine(day, self.closes)
        return Span(
            datetime.combine(day, self.opens), closes if self.closes > self.opens else closes + timedelta(days=1)
        )


@dataclass(frozen=True)
class Span:
    """A period of time 期間; ``weight`` is the share of the function that was lost (1 = all)."""

    starts: datetime
    ends: datetime
    weight: Decimal = Decimal(1)
    label: str = ""

    @property
    def minutes(self) -> Decimal:
        """Its length in minutes."""
        return Decimal((self.ends - self.starts).total_seconds()) / 60

    def within(self, other: "Span") -> "Span | None":
        """Return the part of this span inside another, or None."""
        starts, ends = max(self.starts, other.starts), min(self.ends, other.ends)
        return Span(starts, ends, self.weight, self.label) if starts < ends else None


@dataclass(frozen=True)
class OutageEvidence:
    """One line of evidence: how many minutes of an outage fell into the promised hours."""

    label: str
    starts: datetime
    ends: datetime
    weight: Decimal
    minutes: Decimal


@dataclass(frozen=True)
class Availability:
    """稼働率: promised and lost minutes and the evidence, enough to compute the rate again."""

    promised: Decimal
    lost: Decimal
    excluded: Decimal
    evidence: tuple[OutageEvidence, ...]
    days: int

    @property
    def percent(self) -> Decimal:
        """The rate in percent, rounded half up to two digits."""
        if not self.promised:
            return Decimal("100.00")
        return ((self.promised - self.lost) / self.promised * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def breaks(self, target: Decimal) -> bool:
        """Whether the rate is below ``target`` percent; compared without rounding."""
        return self.promised > 0 and (self.promised - self.lost) * 100 < target * self.promised

    @property
    def formula(self) -> str:
        """稼働率 = (約束した時間 − 停止時間) ÷ 約束した時間, with its numbers."""
        return f"({_n(self.promised)}分 − {_n(self.lost)}分) ÷ {_n(self.promised)}分 × 100 = {self.percent}%"


def _n(minutes: Decimal) -> str:
    return f"{minutes.quantize(Decimal('0.1')).normalize():,f}"


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return disjoint spans: each minute counts once, with its greatest weight."""
    edges = sorted({edge for span in spans for edge in (span.starts, span.ends)})
    found: list[Span] = []
    held = list(spans)
    for starts, ends in pairwise(edges):
        covering = [span for span in held if span.starts <= starts and ends <= span.ends]
        if not covering:
            continue
        top = max(covering, key=lambda span: span.weight)
        if found and found[-1].ends == starts and (found[-1].weight, found[-1].label) == (top.weight, top.label):
            found[-1] = Span(found[-1].starts, ends, top.weight, top.label)
        else:
            found.append(Span(starts, ends, top.weight, top.label))
    return found


def measure(
    window: Window, first: date, last: date, outages: Sequence[Span], exclusions: Sequence[Span] = (),
    until: datetime | None = None,
) -> Availability:  # fmt: skip
    """Return the availability of a period, both days included, of a running one ``until`` an instant.

    ``exclusions`` are neither promised nor lost.
    """
    planned, stops = merge_spans(list(exclusions)), merge_spans(list(outages))
    promised = lost = excluded = Decimal(0)
    evidence, days = [], 0
    for day in _days(first, last):
        hours = window.span(day)
        if hours is not None and until is not None:
            hours = hours.within(Span(hours.starts, max(hours.starts, until)))
        if hours is None:
            continue
        days += 1
        free = [part for stop in planned if (part := stop.within(hours))]
        off = sum((part.minutes for part in free), Decimal(0))
        promised, excluded = promised + hours.minutes - off, excluded + off
        for stop in stops:
            part = stop.within(hours)
            if part is None:
                continue
            minutes = part.minutes - sum((c.minutes for f in free if (c := f.within(part))), Decimal(0))
            if minutes > 0:
                lost += minutes * part.weight
                evidence.append(OutageEvidence(part.label, part.starts, part.ends, part.weight, minutes))
    return Availability(promised, lost, excluded, tuple(evidence), days)


@dataclass(frozen=True)
class CreditStep:
    """A step of the credit formula (減額): below ``below`` percent, ``percent`` of the fee is refunded."""

    below: Decimal
    percent: Decimal


def credit(rate: Decimal, steps: Sequence[CreditStep], monthly_fee: int) -> tuple[Decimal, int]:
    """Return the refund for a rate: percent of the monthly fee, and yen rounded down."""
    part = max((step.percent for step in steps if rate < step.below), default=Decimal(0))
    return part, int(monthly_fee * part / 100)


def from_probes(probes: Sequence[tuple[datetime, bool]], every: timedelta) -> list[Span]:
    """Return outages from failing probes: first failure to next success, or one interval after the last."""
    found: list[Span] = []
    began: datetime | None = None
    for at, works in probes:
        if not works and began is None:
            began = at
        elif works and began is not None:
            found.append(Span(began, at, Decimal(1), "監視"))
            began = None
    if began is not None:
        found.append(Span(began, probes[-1][0] + every, Decimal(1), "監視"))
    return found
