"""Opening hours 開館時間: the open hours of a day by the rules of a place; pure, with the national holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

import jpholiday

WEEKDAYS = "月火水木金土日"
HOLIDAY = 7
"""The place of public holidays beside the weekdays 0 to 6."""
YEAR_END = ((12, 29), (1, 3))
"""How 年末年始 is read where no days are given."""


class Moved(StrEnum):
    """休館日が休日に当たるとき: what happens to a closed day on a public holiday."""

    STAYS = "そのまま"
    NEXT_DAY = "翌日"
    NEXT_WEEKDAY = "翌平日"
    WEEKDAY_BEFORE = "直前の平日"


@dataclass(frozen=True)
class ClosedOn:
    """休館の定め: a weekday of every week, or with ``nth`` of a month; the last day of the month; days of the year."""

    weekday: int | None = None
    nth: int | None = None
    last_day: bool = False
    holidays: bool = False
    days: tuple[tuple[int, int], tuple[int, int]] | None = None
    """First and last day as (month, day); the last may lie in the next year."""
    moved: Moved = Moved.STAYS

    def regular(self, day: date) -> bool:
        """Whether the rule names the day, before it is moved from a holiday."""
        if self.days:
            first, last = self.days
            here = (day.month, day.day)
            return first <= here <= last if first <= last else here >= first or here <= last
        if self.last_day:
            return (day + timedelta(days=1)).day == 1
        if self.holidays:
            return jpholiday.is_holiday(day)
        return day.weekday() == self.weekday and self.nth in (None, (day.day - 1) // 7 + 1)


@dataclass(frozen=True)
class OpeningHours:
    """開館の定め: hours by weekday (7 = public holidays), closed days, and what was not read of them."""

    hours: Mapping[int, tuple[time, time]]
    closed: tuple[ClosedOn, ...] = ()
    follows: str = ""
    """Another place on whose closed days this one is closed too, as written."""
    irregular: bool = False
    unread: tuple[str, ...] = field(default=())

    def on(self, day: date) -> tuple[time, time] | None:
        """Return the open hours of a day, None when closed. Of an irregular place nothing is known: None."""
        if self.irregular or any(_is_closed(rule, day) for rule in self.closed):
            return None
        if jpholiday.is_holiday(day) and HOLIDAY in self.hours:
            return self.hours[HOLIDAY]
        return self.hours.get(day.weekday())


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5 and not jpholiday.is_holiday(day)


def _moved_to(rule: ClosedOn, day: date) -> date:
    """Return the day on which the place is closed for a regular closed day."""
    step = timedelta(days=-1 if rule.moved == Moved.WEEKDAY_BEFORE else 1)
    if rule.moved == Moved.WEEKDAY_BEFORE:
        while not _is_weekday(day):
            day += step
        return day
    if not jpholiday.is_holiday(day) or rule.moved == Moved.STAYS:
        return day
    day += step
    while rule.moved == Moved.NEXT_WEEKDAY and not _is_weekday(day):
        day += step
    return day


def _is_closed(rule: ClosedOn, day: date) -> bool:
    near = (day + timedelta(days=away) for away in range(-7, 8))
    return any(rule.regular(each) and _moved_to(rule, each) == day for each in near)


def in_words(found: OpeningHours) -> str:
    """Return the rules in one line: 月-金 09:00-19:00, 土日祝 09:00-17:00; 休: 月(翌平日)."""
    if found.irregular:
        return "不定期"
    groups: dict[tuple[time, time], str] = {}
    for place in sorted(found.hours):
        groups[found.hours[place]] = groups.get(found.hours[place], "") + (WEEKDAYS + "祝")[place]
    times = ", ".join(f"{days} {opens:%H:%M}-{closes:%H:%M}" for (opens, closes), days in groups.items())
    closed = "・".join(map(_rule_in_words, found.closed))
    follows = f"; {found.follows}の休館日も休み" if found.follows else ""
    return times + (f"; 休: {closed}" if closed else "") + follows


def _rule_in_words(rule: ClosedOn) -> str:
    moved = "" if rule.moved == Moved.STAYS else f"({rule.moved.value})"
    if rule.days:
        (month, day), (last_month, last) = rule.days
        return f"{month}/{day}" + ("" if rule.days[0] == rule.days[1] else f"-{last_month}/{last}")
    if rule.last_day or rule.holidays:
        return ("月末日" if rule.last_day else "祝") + moved
    return (f"第{rule.nth}" if rule.nth else "") + WEEKDAYS[rule.weekday or 0] + moved
