"""Day limits 受け付ける日の範囲: the first or last day that answers a question, fixed or counted from the application.

Stored as ``2027-04-01``, or as days after (``+14``) or before (``-30``) the day of the application.
"""

import re
from datetime import date, timedelta

from todoke.japanese import days, parsers
from todoke.japanese.calendar import format_era_date
from todoke.runtime.refusals import Unreadable

LIMIT = re.compile(r"\d{4}-\d{2}-\d{2}|[+-]\d{1,5}")
_COUNTED = re.compile(r"(?:申請の?日?(?:から|の))?(\d{1,5})日(後|前)")
_TODAY = {"当日", "申請の日", "申請する日", "今日"}


def is_limit(text: str) -> bool:
    """Tell whether a stored limit can be read."""
    try:
        return bool(LIMIT.fullmatch(text)) and limit_day(text, date(2026, 1, 1)) is not None
    except ValueError:
        return False


def limit_day(limit: str, on: date) -> date | None:
    """Return the day of a limit for an application on a day, None without a limit. Raises ValueError."""
    if not limit:
        return None
    return on + timedelta(days=int(limit)) if limit[0] in "+-" else date.fromisoformat(limit)


def read_limit(words: str) -> str:
    """Return what a designer wrote (令和9年4月1日, 14日後, 30日前, 当日) as it is stored. Raises Unreadable."""
    text = parsers.to_half_width(words).replace(" ", "").strip()
    if not text:
        return ""
    if text in _TODAY:
        return "+0"
    if counted := _COUNTED.fullmatch(text):
        return f"{'+' if counted[2] == '後' else '-'}{int(counted[1])}"
    if day := days.parse_date(text):
        return day.isoformat()
    raise Unreadable("日付(令和9年4月1日)か、申請の日から数えた日数(14日後、30日前、当日)で書いてください。")


def limit_in_words(limit: str) -> str:
    """Return a stored limit as a designer writes it."""
    if not limit:
        return ""
    if limit[0] in "+-":
        count = int(limit)
        return f"{abs(count)}日{'後' if count > 0 else '前'}" if count else "当日"
    return format_era_date(date.fromisoformat(limit))
