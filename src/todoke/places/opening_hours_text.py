"""Opening hours in words 利用可能日時特記事項: what offices write into one column, and what of it cannot be read."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import time

from todoke.places.opening_hours import HOLIDAY, WEEKDAYS, YEAR_END, ClosedOn, Moved, OpeningHours

LONGEST = 500
_TIME = r"(午前|午後)?([0-9]{1,2})(?::([0-9]{2})|時(?:([0-9]{1,2})分|(半))?)"
_RANGE = re.compile(rf"{_TIME}(?:~|-|から|より){_TIME}")
_HOLIDAYS = re.compile(r"祝休日|祝日|休日|祝")
_DAYS = re.compile(r"[(]?(平日|[月火水木金土日祝休曜・~及びと,、]{1,20})[)]?(?:は|:)?")
_CLOSED = re.compile(
    r"(?P<last>月末日)|(?:月の|毎月)?第(?P<nth>[1-5])(?P<of>[月火水木金土日])曜日?|(?:毎週)?(?P<week>[月火水木金土日])曜日?"
    r"|(?P<from>[0-9]{1,2})月(?P<day>[0-9]{1,2})日(?:(?:~|から)(?:翌年|翌月)?(?P<to>[0-9]{1,2})月(?P<end>[0-9]{1,2})日(?:まで)?)?"
    r"|(?P<year>年末年始)|(?P<holidays>祝休日|祝日)|(?P<none>なし|無休)"
)
_BRACKET = re.compile(r"[(]([^()]{0,80})[)]")
_BESIDES = re.compile(r"[(]?([^()、;]{1,30})休館日を除く[)]?")
_SAYS_NOTHING = re.compile(r"[、。・;:()及びとは又]|館内整理日")


def read_opening_hours(written: str) -> OpeningHours:
    """Return the rules of what stands in the column; pieces that were not understood are in ``unread``."""
    text = (
        re.sub(r"\s", "", unicodedata.normalize("NFKC", written[:LONGEST])).replace("〜", "~").replace("旧館", "休館")
    )
    hours_text, _, closed_text = text.partition("【休館日】")
    hours_text = hours_text.removeprefix("【開館時間】")
    if hours_text == "不定期":
        return OpeningHours({}, irregular=True)
    follows = next((found[1] for found in _BESIDES.finditer(hours_text)), "")
    hours, left = _hours(_BESIDES.sub("", hours_text))
    closed, more = _closures(closed_text)
    unread = tuple(piece for piece in (left, more) if piece) + (() if hours else ("開館時間",))
    return OpeningHours(hours, closed, follows, unread=unread)


def _hours(text: str) -> tuple[dict[int, tuple[time, time]], str]:
    """Return the hours by weekday, and what was left over."""
    named: dict[int, tuple[time, time]] = {}
    usual: tuple[time, time] | None = None
    left, at = "", 0
    for found in _RANGE.finditer(text):
        span = _moment(*found.groups()[:5]), _moment(*found.groups()[5:])
        before, at = text[at : found.start()], found.end()
        after = _BRACKET.match(text, at)
        days = _days(after[1]) if after else None
        if days is not None and after:
            at = after.end()
        else:
            days = _days(before.strip("();、"))
            before = "" if days is not None else before
        left += _SAYS_NOTHING.sub("", before)
        if days is None:
            usual = usual or span
        named |= dict.fromkeys(days or (), span)
    left += _SAYS_NOTHING.sub("", text[at:])
    return ({day: usual for day in range(7) if day not in named} if usual else {}) | named, left


def _moment(half: str | None, hour: str, minute: str | None, minutes: str | None, half_past: str | None) -> time:
    at = int(hour) + (12 if half == "午後" and int(hour) < 12 else 0)
    past = 30 if half_past else int(minute or minutes or 0)
    return time(23, 59) if at >= 24 else time(at, min(past, 59))


def _days(text: str) -> list[int] | None:
    """Return the weekdays that a text names and nothing else: 平日, 土・日・祝休日, 火~日; None for other words."""
    found = _DAYS.fullmatch(text)
    if not found:
        return None
    if found[1] == "平日":
        return list(range(5))
    named = _HOLIDAYS.sub("", found[1])
    days = [WEEKDAYS.index(letter) for letter in named if letter in WEEKDAYS]
    if "~" in named and len(days) == 2:
        days = list(range(days[0], days[1] + 1))
    return days + ([HOLIDAY] if named != found[1] else [])


def _closures(text: str) -> tuple[tuple[ClosedOn, ...], str]:
    """Return the rules of closed days, and what was left over."""
    found, left, at = list[ClosedOn](), "", 0
    while at < len(text):
        item = _CLOSED.match(text, at)
        if item is None:
            left += text[at]
            at += 1
            continue
        at = item.end()
        bracket = _BRACKET.match(text, at)
        moved = _moved(bracket[1]) if bracket else Moved.STAYS
        if bracket and (moved != Moved.STAYS or bracket[1] == "年末年始"):
            at = bracket.end()
        found += _rules(item, moved)
    return tuple(dict.fromkeys(found)), _SAYS_NOTHING.sub("", left)


def _moved(text: str) -> Moved:
    if "直前の平日" in text:
        return Moved.WEEKDAY_BEFORE
    if "翌平日" in text:
        return Moved.NEXT_WEEKDAY
    return Moved.NEXT_DAY if "翌日" in text else Moved.STAYS


def _rules(item: re.Match[str], moved: Moved) -> Iterator[ClosedOn]:
    if item["last"]:
        yield ClosedOn(last_day=True, moved=moved)
    elif item["nth"]:
        yield ClosedOn(weekday=WEEKDAYS.index(item["of"]), nth=int(item["nth"]), moved=moved)
    elif item["week"]:
        yield ClosedOn(weekday=WEEKDAYS.index(item["week"]), moved=moved)
    elif item["from"]:
        first = (int(item["from"]), int(item["day"]))
        yield ClosedOn(days=(first, (int(item["to"]), int(item["end"])) if item["to"] else first))
    elif item["year"]:
        yield ClosedOn(days=YEAR_END)
    elif item["holidays"]:
        yield ClosedOn(holidays=True)
