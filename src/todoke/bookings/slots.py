"""Slots 枠: which starts of a fixed grid are free; pure, no clock, no database.

The grid begins where the opening begins and never moves with what is booked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from todoke.japanese.calendar import JAPAN, is_office_day


@dataclass(frozen=True, order=True)
class Span:
    """時間: from an instant to another, the second excluded."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a moment."""
        return self.start < other.end and other.start < self.end

    def widened(self, before: int, after: int) -> "Span":
        """Return the span with minutes added at its ends, as preparation and tidying take them."""
        return Span(self.start - timedelta(minutes=before), self.end + timedelta(minutes=after))

    @classmethod
    def on(cls, day: date, opens: time, closes: time) -> "Span":
        """Return the span of a day in Japan."""
        return cls(datetime.combine(day, opens, JAPAN), datetime.combine(day, closes, JAPAN))


def free_spans(opening: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of an opening between the spans that are taken, in their order."""
    at = opening.start
    for span in sorted(taken):
        if span.end <= at or span.start >= opening.end:
            continue
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < opening.end:
        yield Span(at, opening.end)


def starts(opening: Span, *, minutes: int, grid_minutes: int, taken: Iterable[Span] = ()) -> list[Span]:
    """Return the spans of ``minutes`` that begin on the grid of an opening and meet nothing that is taken."""
    step, length = timedelta(minutes=grid_minutes), timedelta(minutes=minutes)
    blocked, found, at = sorted(taken), list[Span](), opening.start
    while at + length <= opening.end:
        wanted = Span(at, at + length)
        if not any(wanted.overlaps(other) for other in blocked):
            found.append(wanted)
        at += step
    return found


def packed(offered: Sequence[Span], opening: Span, taken: Iterable[Span], *, minutes: int) -> list[Span]:
    """詰めて: return the offered spans that leave no rest shorter than ``minutes``; all of them where none does."""
    least, blocked = timedelta(minutes=minutes), list(taken)

    def is_tidy(span: Span) -> bool:
        rests = free_spans(opening, [*blocked, span])
        return all(rest.end - rest.start >= least for rest in rests if span.start == rest.end or span.end == rest.start)

    return [span for span in offered if is_tidy(span)] or list(offered)


def add_office_days(day: date, days: int) -> date:
    """Return the office day (開庁日) that lies so many office days after a day, the day itself not counted."""
    while days:
        day += timedelta(days=1)
        days -= is_office_day(day)
    return day
