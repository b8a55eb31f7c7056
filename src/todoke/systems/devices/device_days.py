"""Device-days 台日: lendable, lent and used days of devices in a period. Pure arithmetic.

One device on one day is one device-day (台日); the days of hand-over and return count as lent.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

Span = tuple[date, date | None]


@dataclass(frozen=True)
class DeviceDays:
    """台日: the figures of a period; ``unknown`` are lent device-days of which nobody knows whether they were used."""

    lendable: int
    lent: int
    used: int
    unused: int

    @property
    def unknown(self) -> int:
        return self.lent - self.used - self.unused

    @property
    def lending_rate(self) -> Decimal | None:
        """貸出率 = lent ÷ lendable device-days in percent with one digit; None without a denominator."""
        return percent(self.lent, self.lendable)

    @property
    def use_rate(self) -> Decimal | None:
        """稼働率 = used ÷ lent device-days, the least it can be; None without a denominator."""
        return percent(self.used, self.lent)

    @property
    def highest_use_rate(self) -> Decimal | None:
        """稼働率, the most it can be: as if all unknown device-days had been used."""
        return percent(self.used + self.unknown, self.lent)


def percent(part: int, whole: int) -> Decimal | None:
    """Return a share in percent, rounded half up to one digit; None of nothing."""
    return (Decimal(part) / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def days_within(span: Span, first: date, last: date) -> Iterable[date]:
    """Yield the days of a span inside a period, all ends included; an open end reaches to the end of the period."""
    begins, ends = max(span[0], first), min(span[1] or last, last)
    return (begins + timedelta(days=n) for n in range(max(0, (ends - begins).days + 1)))


def lent_days(spans: Iterable[Span], until: date) -> set[date]:
    """Return the days on which a device was out, each once; an open span reaches to ``until``."""
    return {day for span in spans for day in days_within(span, span[0], until)}


def device_days(
    kept: Mapping[int, Span], lent: Mapping[int, Collection[Span]], uses: Mapping[tuple[int, date], bool],
    first: date, last: date,
) -> DeviceDays:  # fmt: skip
    """Return the figures of a period, both days included.

    ``kept`` are the days on which the municipality had each device, ``lent`` those on which it was out, ``uses`` say
    of a device and a day whether it was used. Loans and uses on days on which a device was not kept are left out.
    """
    lendable, out = 0, set[tuple[int, date]]()
    for key, span in kept.items():
        lendable += sum(1 for _ in days_within(span, first, last))
        begins, ends = max(span[0], first), min(span[1] or last, last)
        out |= {(key, day) for each in lent.get(key, ()) for day in days_within(each, begins, ends)}
    said = [uses[each] for each in out if each in uses]
    return DeviceDays(lendable, len(out), sum(said), len(said) - sum(said))
