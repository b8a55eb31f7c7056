"""Hall setup 施設の登録: what a hall is made of and when it is lent, as a person types it; a fault names its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from todoke.places.opening_hours import WEEKDAYS, OpeningHours
from todoke.places.opening_hours_text import read_opening_hours
from todoke.runtime.refusals import Unreadable

ALL_DAY = "0:00~24:00【休館日】"
"""What stands before the closed days, so that the one reader of opening hours reads them."""
EXAMPLE = "午前、9:00、12:00"
_TIME = re.compile(r"(\d{1,2})[::](\d{2})")


class UnreadableSetup(Unreadable):
    """読めない施設の登録: the line and the fault, in Japanese."""


@dataclass(frozen=True)
class FrameLine:
    """区分の行: a name, from when until when, and on which weekdays (Monday is 0)."""

    name: str
    opens: time
    closes: time
    weekdays: tuple[int, ...]


@dataclass(frozen=True)
class HallDetails:
    """施設の内容: name, kind, address, the parts that can be lent apart, and what is lent as one."""

    name: str
    kind: str
    address: str = ""
    parts: tuple[str, ...] = ()
    capacity: int = 1
    part_capacity: int = 1
    step_free: bool = False
    rule_kind: str = ""
    purposes: str = ""


def frame_lines(text: str) -> list[FrameLine]:
    """Return the frames of the typed lines. Raises UnreadableSetup for a bad line, none, and two at one time."""
    found = [
        _frame(line, number) for number, line in enumerate(text.splitlines(), start=1) if line.strip()
    ]  # fmt: skip
    if not found:
        raise UnreadableSetup(f"区分を1行に1つ書いてください。例: {EXAMPLE}")
    for number, one in enumerate(found):
        for other in found[:number]:
            shared = set(one.weekdays) & set(other.weekdays)
            if shared and (one.name == other.name or (one.opens < other.closes and other.opens < one.closes)):
                raise UnreadableSetup(f"「{other.name}」と「{one.name}」が、同じ曜日で重なっています。")
    return found


def _frame(line: str, number: int) -> FrameLine:
    cells = [cell.strip() for cell in re.split("[、,,]", line)]
    if not 3 <= len(cells) <= 4 or not cells[0] or len(cells[0]) > 20:
        raise UnreadableSetup(f"区分の{number}行目: 「{EXAMPLE}」のように、「、」で区切って書いてください。")
    opens, closes = (_time(cell, number) for cell in cells[1:3])
    if opens >= closes:
        raise UnreadableSetup(f"区分の{number}行目: 終わりは、始まりより後にしてください。")
    days = cells[3] if len(cells) == 4 else WEEKDAYS
    if not days or any(letter not in WEEKDAYS for letter in days):
        raise UnreadableSetup(f"区分の{number}行目: 曜日は「月火水木金」のように、続けて書いてください。")
    return FrameLine(cells[0], opens, closes, tuple(sorted({WEEKDAYS.index(letter) for letter in days})))


def _time(text: str, number: int) -> time:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise UnreadableSetup(f"区分の{number}行目: 「{text}」は、「9:00」のように書いてください(23:59まで)。")
    return time(int(found[1]), int(found[2]))


def lines_of(frames: Sequence[FrameLine]) -> str:
    """Return frames as a person types them."""
    return "\n".join(
        "、".join([one.name, f"{one.opens:%-H:%M}", f"{one.closes:%-H:%M}", *_days(one.weekdays)]) for one in frames
    )


def _days(weekdays: Sequence[int]) -> list[str]:
    return [] if len(weekdays) == len(WEEKDAYS) else ["".join(WEEKDAYS[day] for day in weekdays)]


def require_closed_days(text: str) -> None:
    """Raises UnreadableSetup where a rule of closed days (休館日) is not understood, with the words."""
    found = _closed_days(text)
    if found.unread or (text.strip() and not found.closed):
        piece = "」「".join(found.unread) or text.strip()
        raise UnreadableSetup(
            f"休館日の「{piece}」が読めません。「月曜日(祝日の場合は翌平日)、第3日曜日、12月29日~1月3日」のように書いてください。"
        )


@lru_cache(maxsize=500)
def _closed_days(text: str) -> OpeningHours:
    return read_opening_hours(ALL_DAY + text)


@lru_cache(maxsize=20_000)
def is_closed(text: str, day: date) -> bool:
    """Whether a rule of closed days names a day, moved from a holiday where it says so."""
    return bool(text) and _closed_days(text).on(day) is None
