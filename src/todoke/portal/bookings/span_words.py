"""Span words 時間の言葉: a booked time in the language of the page, and times read from an address."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from todoke.bookings.slots import Span
from todoke.design.page_forms import write_day
from todoke.japanese.calendar import JAPAN, today


def span_in_words(span: Span) -> str:
    """Return a time as 2026年12月1日(火) 9:00~12:00."""
    start, end = span.start.astimezone(JAPAN), span.end.astimezone(JAPAN)
    return f"{write_day(start.date())} {start:%H:%M}~{end:%H:%M}"


def until_in_words(instant: datetime) -> str:
    """Return the end of a term: the day alone where it ends with the day, as people read it, else with the time."""
    end = instant.astimezone(JAPAN)
    if (end.hour, end.minute) == (0, 0):
        return write_day(end.date() - timedelta(days=1))
    return f"{write_day(end.date())} {end:%H:%M}"


FURTHEST = timedelta(days=800)


def day_in(text: str) -> date | None:
    """Return a day that a page may be about, from today on for two years; None for anything else in an address."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and today() <= day <= today() + FURTHEST else None


def moment_in(text: str) -> datetime | None:
    """Return an instant that a page may be about, from now on for two years; None for anything else in an address."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None or not 2000 < found.year < 9000:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=JAPAN)
    return found if timezone.now() <= found <= timezone.now() + FURTHEST else None
