"""Quiet hours 静かな時間: when a person of the office is told, by their own hours and office days. Pure."""

from datetime import datetime, time, timedelta

from todoke.japanese.calendar import JAPAN, is_office_day


def is_quiet(at: datetime, quiet_from: time, quiet_until: time) -> bool:
    """Tell whether an instant lies in the quiet hours of Japan's clock, or on a day on which the office is closed."""
    local = at.astimezone(JAPAN)
    if not is_office_day(local.date()):
        return True
    now = local.time().replace(tzinfo=None)
    if quiet_from <= quiet_until:
        return quiet_from <= now < quiet_until
    return now >= quiet_from or now < quiet_until


def next_morning(at: datetime, quiet_until: time) -> datetime:
    """Return the next end of the quiet hours on an office day, after an instant."""
    local = at.astimezone(JAPAN)
    day = local.date()
    while True:
        morning = datetime.combine(day, quiet_until, JAPAN)
        if morning > local and is_office_day(day):
            return morning
        day += timedelta(days=1)


def next_telling(at: datetime, quiet_from: time, quiet_until: time) -> datetime:
    """Return when somebody who wants to know at once is told: now, or when the quiet hours end on an office day."""
    return next_morning(at, quiet_until) if is_quiet(at, quiet_from, quiet_until) else at
