"""The legal clock 標準処理期間の進み: office days counted from rows, never typed. The first day is not counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from todoke.japanese.calendar import is_office_day


class Act(TextChoices):
    START = "start", "起算"
    PAUSE = "pause", "停止"
    RESUME = "resume", "再開"
    RESTART = "restart", "起算のやり直し"
    EXTEND = "extend", "延長"
    STOP = "stop", "終了"


@dataclass(frozen=True)
class Tick:
    """What happened to the clock (期間の記録) on a business date; ``days`` are the office days of an extension."""

    act: str
    on: date
    days: int = 0


def _pauses(ticks: Iterable[Tick]) -> list[tuple[date, date | None]]:
    spans: list[tuple[date, date | None]] = []
    for tick in ticks:
        if tick.act == Act.PAUSE:
            spans.append((tick.on, None))
        elif tick.act == Act.RESUME and spans and spans[-1][1] is None:
            spans[-1] = (spans[-1][0], tick.on)
    return spans


def deadline(ticks: Iterable[Tick], standard_days: int) -> date | None:
    """Return the last day of the period, or None while it stands still, has not begun, or has ended.

    A pause takes out the days after it began, up to and including the day on which the period resumes.
    """
    rows = list(ticks)
    starts = [index for index, tick in enumerate(rows) if tick.act in {Act.START, Act.RESTART}]
    if not starts or any(tick.act == Act.STOP for tick in rows):
        return None
    rows = rows[starts[-1] :]
    pauses = _pauses(rows)
    if pauses and pauses[-1][1] is None:
        return None
    left = standard_days + sum(tick.days for tick in rows if tick.act == Act.EXTEND)
    day = rows[0].on
    while left > 0:
        day += timedelta(days=1)
        held = any(start < day <= end for start, end in pauses if end is not None)
        if is_office_day(day) and not held:
            left -= 1
    return day


def days_left(due_on: date | None, today: date) -> int | None:
    """Return the calendar days until the deadline (negative when it has passed)."""
    return None if due_on is None else (due_on - today).days


def left_in_words(days: int | None) -> str:
    """Write what is left of a period: あと3日, きょうまで, 2日超過; nothing while it stands still."""
    if days is None:
        return ""
    if days == 0:
        return "きょうまで"
    return f"あと{days}日" if days > 0 else f"{-days}日超過"
