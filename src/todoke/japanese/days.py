"""Days 日付と日時: days and moments as people and programs write them, in eras or the Gregorian calendar."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone

from todoke.japanese.calendar import JAPAN
from todoke.japanese.parsers import to_ascii_hyphens

_ERA_STARTS = {
    "令和": date(2019, 5, 1),
    "平成": date(1989, 1, 8),
    "昭和": date(1926, 12, 25),
    "大正": date(1912, 7, 30),
    "明治": date(1868, 10, 23),
}
_ERA_SIGNS = {"r": "令和", "h": "平成", "s": "昭和", "t": "大正", "m": "明治"} | {era[0]: era for era in _ERA_STARTS}
_GREGORIAN_START = date(1873, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1868, 2200
_KANJI = {letter: number for number, letter in enumerate("〇一二三四五六七八九")}
_KANJI_UNITS = {"十": 10, "百": 100}
_COUNT = r"(?:\d{1,4}|[〇一二三四五六七八九十百]{1,5})"
_DAY = re.compile(
    rf"(?:西暦|(?P<era>令和|平成|昭和|大正|明治|[令平昭大明rhstm]))?\.?\s*(?P<year>元|{_COUNT})\s*[年./-]\s*"
    rf"(?P<month>{_COUNT})\s*[月./-]\s*(?P<day>{_COUNT})(?:\s*+日)?"
    r"(?:\s*+(?:\([月火水木金土日](?:曜日?)?\)|[月火水木金土日]曜日?))?",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})|(?P<era>[rhstm])(?P<of>\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<half>午前|午後|[AP]M)?\s?(?P<hour>\d{1,2})(?::|時)\s?(?:(?P<minute>\d{1,2})分?)?"
    r"(?::?(?P<second>\d{1,2})秒?)?(?:[.,](?P<part>\d{1,9}))?\s?(?P<late>[AP]M)?\s?"
    r"(?:(?P<utc>Z|UTC)|(?P<zone>[+-])(?P<off>\d{2}):?(?P<min>\d{2})?)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{8})T?(\d{2})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - the zero of a table, which has no zone
_SERIALS = (20_000, 80_000)
_LAST_HOUR = 47


def era_to_gregorian(era: str, year: str) -> int:
    """Return the Gregorian year of 令和 and 7, or of four digits without an era. Raises ValueError."""
    number = 1 if year == "元" else int(year)
    name = _ERA_SIGNS.get(era.lower(), era)
    if name:
        first = _ERA_STARTS[name].year
        later = [start.year for start in _ERA_STARTS.values() if start.year > first]
        if number < 1 or first + number - 1 > min(later, default=2200):
            raise ValueError(f"{name}{number}年はありません。")
        return first + number - 1
    if year == "元" or not 1868 <= number <= 2200:
        raise ValueError(f"{year}年は、西暦4けたではありません。")
    return number


def parse_date(text: str) -> date | None:
    """Return the day of what ``parse_moment`` reads; None when there is no such day."""
    moment = parse_moment(text)
    if moment is None:
        return None
    return moment.date() if moment.tzinfo is None else moment.astimezone(JAPAN).date()


def parse_moment(text: str) -> datetime | None:
    """Return a day with or without a time, in an era or in the Gregorian calendar; None when there is no such day.

    Read are 2026/11/5, 2026年11月5日(木), R8.11.5, 令8.11.5, ㋿8年11月5日, 令和八年十一月五日, 20261105, R081105, also
    in full width. Four digits under an era are a year of the Gregorian calendar. A year that the era no longer had
    (平成33年) is counted on; a day before the era, or in the lunar calendar, is none. A time may be 9:05, 午後1時30分,
    1:30 PM, and with an offset, which alone makes the moment aware; 24:00 and 25:10 are of the next day.
    """
    written = to_ascii_hyphens(unicodedata.normalize("NFKC", text[:80]).strip())
    if joined := _DIGITS.fullmatch(written):
        written = f"{joined[1]} {joined[2]}:{joined[3]}:{joined[4] or '00'}"
    found = _DAY.match(written) or _PLAIN.match(written)
    if found is None:
        return None
    parts = found.groupdict()
    numbers = [
        _count(parts.get(short) or parts[name]) for short, name in (("of", "year"), ("m", "month"), ("d", "day"))
    ]
    sign = (parts.get("era") or "").lower()
    day = _day_of(_ERA_SIGNS.get(sign, sign), *numbers)
    rest = written[found.end() :]
    if day is None or not rest:
        return None if day is None else datetime.combine(day, time())
    clock = _CLOCK.fullmatch(rest.lstrip(" T,"))
    if clock is None or not (clock["half"] or rest[0] in " T," or written[found.end() - 1] in "日)曜"):
        return None
    return _at(day, clock)


def _at(day: date, clock: re.Match[str]) -> datetime | None:
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    half = (clock["half"] or clock["late"] or "").upper()
    if half:
        hour = hour % 12 + (12 if half in {"午後", "PM"} else 0) if hour <= 12 else hour
    if hour > _LAST_HOUR or minute > 59 or second > 59:
        return None
    part = int((clock["part"] or "").ljust(6, "0")[:6] or 0)
    moment = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute, seconds=second, microseconds=part)
    return moment.replace(tzinfo=_zone(clock))


def _zone(clock: re.Match[str]) -> timezone | None:
    if clock["utc"]:
        return UTC
    if not clock["zone"]:
        return None
    minutes = int(clock["off"]) % 24 * 60 + int(clock["min"] or 0) % 60
    return timezone(timedelta(minutes=-minutes if clock["zone"] == "-" else minutes))


def parse_cell_moment(text: str) -> datetime | None:
    """Return what ``parse_moment`` reads, or the moment of a number of days as Excel counts them (46113.378472)."""
    plain = unicodedata.normalize("NFKC", text[:80]).strip()
    if _SERIAL.fullmatch(plain) and _SERIALS[0] <= float(plain) <= _SERIALS[1]:
        return _EXCEL_ZERO + timedelta(seconds=round(float(plain) * 86_400))
    return parse_moment(plain)


def parse_cell_date(text: str) -> date | None:
    """Return the day of a cell of a table: what ``parse_date`` reads, or a number of days as Excel counts them."""
    moment = parse_cell_moment(text)
    return parse_date(text) if moment is None or moment.tzinfo else moment.date()


def _count(text: str) -> int:
    """Return a number in digits or in kanji, as 二十三 or as 二〇二六; 元 is 1, what is no number 0."""
    if text == "元":
        return 1
    if not text.isdecimal() and _KANJI_UNITS.keys() & set(text):
        total = here = 0
        for letter in text:
            if letter in _KANJI_UNITS:
                total, here = total + (here or 1) * _KANJI_UNITS[letter], 0
            else:
                here = _KANJI[letter]
        return total + here
    return int("".join(str(_KANJI.get(letter, letter)) for letter in text))


def _day_of(era: str, year: int, month: int, day: int) -> date | None:
    counted = bool(era) and year < _FIRST_YEAR
    start = _ERA_STARTS.get(era, date.min)
    western = start.year + year - 1 if counted else year
    if not _FIRST_YEAR <= western <= _LAST_YEAR or (counted and year < 1):
        return None
    try:
        read = date(western, month, day)
    except ValueError:
        return None
    return None if counted and read < max(start, _GREGORIAN_START) else read
