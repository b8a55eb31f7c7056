"""Deadlines 標準処理期間: computed in business days from the rows of the legal clock. The first day is not counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from todoke.japanese.calendar import is_office_day

ANSWER_DAYS = 10
"""Business days within which an applicant or another department is usually asked to answer."""


class ClockAct(TextChoices):
    START = "start", "起算"
    PAUSE = "pause", "停止"
    RESUME = "resume", "再開"
    RESTART = "restart", "起算のやり直し"
    EXTEND = "extend", "延長"
    STOP = "stop", "終了"


@dataclass(frozen=True)
class ClockEvent:
    """期間の記録: an event of the clock on a business date; ``days`` are the business days of an extension."""

    act: str
    on: date
    days: int = 0


def _pauses(ticks: Iterable[ClockEvent]) -> list[tuple[date, date | None]]:
    spans: list[tuple[date, date | None]] = []
    for tick in ticks:
        if tick.act == ClockAct.PAUSE:
            spans.append((tick.on, None))
        elif tick.act == ClockAct.RESUME and spans and spans[-1][1] is None:
            spans[-1] = (spans[-1][0], tick.on)
    return spans


def deadline(ticks: Iterable[ClockEvent], standard_days: int) -> date | None:
    """Return the last day of the period; None while it is suspended, before it begins, or after it has ended.

    A suspension takes out the days after it began, up to and including the day on which the period resumes.
    """
    rows = list(ticks)
    starts = [index for index, tick in enumerate(rows) if tick.act in {ClockAct.START, ClockAct.RESTART}]
    if not starts or any(tick.act == ClockAct.STOP for tick in rows):
        return None
    rows = rows[starts[-1] :]
    pauses = _pauses(rows)
    if pauses and pauses[-1][1] is None:
        return None
    left = standard_days + sum(tick.days for tick in rows if tick.act == ClockAct.EXTEND)
    day = rows[0].on
    while left > 0:
        day += timedelta(days=1)
        held = any(start < day <= end for start, end in pauses if end is not None)
        if is_office_day(day) and not held:
            left -= 1
    return day


def answer_due(on: date) -> date:
    """Return the usual last day to answer a question of the office that is asked on a day (回答の期限)."""
    day = deadline([ClockEvent(ClockAct.START, on)], ANSWER_DAYS)
    assert day is not None
    return day


def days_left(due_on: date | None, today: date) -> int | None:
    """Return the calendar days until the deadline, negative after it has passed."""
    return None if due_on is None else (due_on - today).days


def left_in_words(days: int | None) -> str:
    """Return the days left in Japanese: あと3日, きょうまで, 2日超過; "" without a deadline."""
    if days is None:
        return ""
    if days == 0:
        return "きょうまで"
    return f"あと{days}日" if days > 0 else f"{-days}日超過"
