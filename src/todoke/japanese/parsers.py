"""Parsers 手入力: parse dates and numbers typed in full width, in eras or with any kind of hyphen."""

import re
from datetime import date

from todoke.japanese.calendar import era_year

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
_ERA_LETTERS = {"r": "令和", "h": "平成", "s": "昭和", "t": "大正", "m": "明治"}
_DAY = re.compile(
    r"(?:西暦|(?P<era>令和|平成|昭和|大正|明治|[rhstmRHSTM]))?\s*(?P<year>元|\d{1,4})\s*[年./-]\s*"
    r"(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?(?:\([月火水木金土日]\))?"
)
_PLAIN = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")


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


def parse_date(text: str) -> date | None:
    """Parse a date in an era or in the Gregorian calendar; None when there is no such day in that era."""
    written = to_ascii_hyphens(text.strip())
    found = _DAY.fullmatch(written) or _PLAIN.fullmatch(written)
    if found is None:
        return None
    parts = found.groupdict()
    era = parts.get("era") or ""
    era = _ERA_LETTERS.get(era.lower(), era)
    year = 1 if parts["year"] == "元" else int(parts["year"])
    try:
        if not era:
            return date(year, int(parts["month"]), int(parts["day"])) if 1868 <= year <= 2200 else None
        read = date(_ERA_STARTS[era].year + year - 1, int(parts["month"]), int(parts["day"]))
        return read if era_year(read) == (era, year) else None
    except ValueError:
        return None
