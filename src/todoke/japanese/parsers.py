"""Parsers 手入力: parse dates and numbers typed in full width, in eras or with any kind of hyphen."""

import re
import unicodedata
from datetime import date

_FULL_TO_HALF = str.maketrans(
    "０１２３４５６７８９／．，：（）＠＋",
    "0123456789/.,:()@+",
)
_HYPHENS = re.compile("[-‐‑‒–—―−－ー]")
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
    r"(?:\s*+(?:\([月火水木金土日]\)|[月火水木金土日]曜日?))?(?:(?:\s*+T|\s++)\d{1,2}[:時]\d{2}分?(?::\d{2}(?:\.\d{1,9})?)?)?\s*+",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})|(?P<era>[rhstm])(?P<of>\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    re.IGNORECASE,
)


def to_half_width(text: str) -> str:
    """Return the text with full-width digits and number signs in half width; other characters stay."""
    return text.translate(_FULL_TO_HALF)


def to_ascii_hyphens(text: str) -> str:
    """Return the half-width text with every kind of hyphen as an ASCII hyphen."""
    return _HYPHENS.sub("-", to_half_width(text))


def only_digits(text: str) -> str:
    """Return only the digits of the text, in half width."""
    return "".join(letter for letter in to_half_width(text) if letter in "0123456789")


def parse_integer(text: str) -> int | None:
    """Parse 1,234 or １２３４円 as a whole number; None when it is none."""
    cleaned = re.sub(r"[\s,、¥￥円]", "", to_ascii_hyphens(text))
    return int(cleaned) if re.fullmatch(r"-?\d{1,15}", cleaned) else None


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
    """Parse a day written in an era or in the Gregorian calendar; None when there is no such day.

    Read are 2026/11/5, 2026年11月5日(木), R8.11.5, 令8.11.5, ㋿8年11月5日, 令和八年十一月五日, 20261105, R081105, also
    in full width and with a clock time after it. Four digits under an era are a year of the Gregorian calendar. A
    year that the era no longer had (平成33年) is counted on; a day before the era, or in the lunar calendar, is none.
    """
    written = to_ascii_hyphens(unicodedata.normalize("NFKC", text).strip())
    found = _DAY.fullmatch(written) or _PLAIN.fullmatch(written)
    if found is None:
        return None
    parts = found.groupdict()
    numbers = [
        _count(parts.get(short) or parts[name]) for short, name in (("of", "year"), ("m", "month"), ("d", "day"))
    ]
    sign = (parts.get("era") or "").lower()
    return _day_of(_ERA_SIGNS.get(sign, sign), *numbers)


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
