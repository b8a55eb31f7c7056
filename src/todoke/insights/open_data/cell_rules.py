"""Cell rules 値の検査: what is wrong in any value, and in a value of a typed column; each with its repair."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from stdnum.jp import cn

from todoke.insights.open_data.column_kinds import TYPED, Kind
from todoke.insights.open_data.municipalities import check_digit, complete_code, municipalities
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import to_ascii_hyphens

BLANKS = " \t　\u00a0"
Found = tuple[str, str | None]
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff\ufffd"
    "\U000f0000-\U0010ffff]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_HALF_KANA = re.compile("[｡-ﾟ]+")
_FORMULA = re.compile("[=+@]|-[A-Za-z]")
_NONE_SIGNS = frozenset("-‐‑‒–—―−－ーｰ─*＊/／")
_NONE_WORDS = frozenset({"なし", "無し", "ナシ", "該当なし", "該当無し", "未定", "不明", "N/A", "n/a", "NULL", "null"})
_MOBILE = re.compile(r"(?<!\d)0[789]0[-‐－ー(]?\d{4}[-‐－ー)]?\d{4}(?!\d)")
_FREE_MAIL = re.compile(
    r"@(gmail|yahoo|outlook|hotmail|icloud|live|docomo|ezweb|au|softbank|i\.softbank|nifty)\b", re.IGNORECASE
)
suspect = re.compile(
    f"[{BLANKS}]$|^[{BLANKS}]|[\r\n]|{_UNSEEN.pattern}|[｡-ﾟ]|^[=+@]|^-[A-Za-z]|^.$|0[789]0|@|^[なナ無該未不Nn]"
).search
_PHONE = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}|\(0\d{1,4}\)\d{1,4}-\d{3,4}")
_COORDINATE = re.compile(r"-?\d{1,3}(\.\d+)?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(:\d{2})?")
_SPOKEN_TIME = re.compile(r"(午前|午後)?(\d{1,2})時(?:(\d{1,2})分|(半))?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WITH_SIGNS = re.compile(r"[¥￥]?(-?[\d,]+(?:\.\d+)?)\s*(?:[^\d\s,.~〜～\-－×x/]{0,6})")
_READING = re.compile("[ァ-ヺー・\\s!-~！-～]*")
_NOT_READING = re.compile("[～〜―]")
_LOOKS_LIKE = str.maketrans("―─—二ニ八口力工夕卜～〜", "ーーーニニハロカエタトーー")
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s]+")


def any_cell(cell: str) -> Iterator[Found]:
    """Yield what is wrong in a value of any column, with the value repaired, None where a person must decide.

    Nothing is, where ``suspect`` finds nothing; that is asked first where many values are read.
    """
    trimmed = cell.strip(BLANKS)
    if trimmed != cell:
        yield "V20", trimmed
    if "\n" in cell or "\r" in cell:
        yield "V21", joined(cell)
    if _UNSEEN.search(cell):
        yield "V22", None if _PRIVATE.search(cell) else _UNSEEN.sub("", cell)
    if _HALF_KANA.search(cell):
        yield "V23", full_width_kana(cell)
    if _FORMULA.match(cell):
        yield "V24", None
    if trimmed in _NONE_SIGNS:
        yield "V25", ""
    if _MOBILE.search(cell) or _FREE_MAIL.search(cell):
        yield "V50", None


def joined(cell: str) -> str:
    """Return a value on one line: a line that ends a sentence is closed by 。, another by a blank."""
    lines = [line.strip(BLANKS) for line in re.split(r"[\r\n]+", cell) if line.strip(BLANKS)]
    text = ""
    for line in lines:
        if text:
            text += " " if text[-1] in "。、.!?！？:：" or len(text) < 10 else "。"
        text += line
    return text


def full_width_kana(cell: str) -> str:
    """Return a value with its half-width katakana in full width, voiced marks joined."""
    return _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), cell)


def typed_cell(kind: Kind, value: str) -> Iterator[Found]:
    """Yield what is wrong in a trimmed value of a typed column. An empty value and a sign for none have no type."""
    if not value or value in _NONE_SIGNS:
        return
    if kind in TYPED and value in _NONE_WORDS:
        yield "V25", ""
    elif rule := _TYPED.get(kind):
        yield from rule(value)


def _phone(value: str) -> Iterator[Found]:
    plain = to_ascii_hyphens(unicodedata.normalize("NFKC", value)).strip()
    if not value.isascii() and _PHONE.fullmatch(plain):
        yield "V26", plain
    elif not _PHONE.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        lone = plain == digits and plain.startswith(("0120", "0800", "0570")) and len(plain) == 10
        yield "V35", f"{plain[:4]}-{plain[4:7]}-{plain[7:]}" if lone else _bare_phone(plain)


def _bare_phone(plain: str) -> str | None:
    inside = plain.strip("()")
    return inside if _PHONE.fullmatch(inside) else None


def phone_form(value: str) -> str | None:
    """Return the form of a right telephone number: with brackets or with hyphens.

    None for another value, and for a mobile number, whose prefix is no area.
    """
    if not _PHONE.fullmatch(value) or _MOBILE.search(value):
        return None
    return value[0] if value[0] == "(" else "-"


def _postal(value: str) -> Iterator[Found]:
    if not re.fullmatch(r"\d{3}-\d{4}", value) or not value.isascii():
        digits = re.sub(r"[\s〒-]", "", to_ascii_hyphens(unicodedata.normalize("NFKC", value)))
        right = digits.isascii() and digits.isdecimal() and len(digits) == 7
        yield "V36", f"{digits[:3]}-{digits[3:]}" if right else None


def _coordinate(value: str, least: float, most: float) -> Iterator[Found]:
    if not _COORDINATE.fullmatch(value) or not value.isascii() or not least <= float(value) <= most:
        yield "V32", None
    elif len(value.partition(".")[2]) <= 3:
        yield "V34", None


def _latitude(value: str) -> Iterator[Found]:
    yield from _coordinate(value, 20, 46)


def _longitude(value: str) -> Iterator[Found]:
    yield from _coordinate(value, 122, 154)


def _code(value: str) -> Iterator[Found]:
    six = len(value) == 6 and value.isascii() and value.isdecimal()
    if not six or str(check_digit(value[:5])) != value[5] or value not in municipalities():
        yield "V30", complete_code(value)


def _corporate(value: str) -> Iterator[Found]:
    if not (value.isascii() and value.isdecimal() and cn.is_valid(value)):
        yield "V31", None


def _time(value: str) -> Iterator[Found]:
    found = _TIME.fullmatch(value) if value.isascii() else None
    if found and int(found[1]) <= 24 and int(found[2]) <= 59:
        if len(found[1]) == 1:
            yield "V46", f"0{value}"
    else:
        yield "V37", _clock(value)


def _clock(value: str) -> str | None:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
    spoken = _SPOKEN_TIME.fullmatch(plain) or _TIME.fullmatch(plain)
    if spoken is None:
        return None
    if spoken.re is _TIME:
        hour, minute = int(spoken[1]), int(spoken[2])
    else:
        hour, minute = int(spoken[2]), 30 if spoken[4] else int(spoken[3] or 0)
        hour = hour % 12 + 12 if spoken[1] == "午後" else hour
    return f"{hour:02}:{minute:02}" if hour <= 24 and minute <= 59 else None


def _date(value: str) -> Iterator[Found]:
    try:
        right = bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)) and value == date.fromisoformat(value).isoformat()
    except ValueError:
        right = False
    if not right:
        day = parse_cell_date(value)
        yield "V38", day.isoformat() if day else None


def _number(value: str) -> Iterator[Found]:
    if _NUMBER.fullmatch(value) and value.isascii():
        return
    found = _WITH_SIGNS.fullmatch(unicodedata.normalize("NFKC", value))
    if found:
        yield "V39", found[1].replace(",", "")


def _reading(value: str) -> Iterator[Found]:
    plain = full_width_kana(value)
    if not _READING.fullmatch(plain) or _NOT_READING.search(plain):
        repaired = plain.translate(_LOOKS_LIKE)
        repaired = "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in repaired)
        yield "V40", repaired if _READING.fullmatch(repaired) else None


def _url(value: str) -> Iterator[Found]:
    for each in re.split(r"[;\n\r]+", value):
        if each.strip() and not _URL.fullmatch(each.strip()):
            yield "V41", None
            return


_TYPED: dict[Kind, Callable[[str], Iterator[Found]]] = {
    Kind.PHONE: _phone,
    Kind.POSTAL: _postal,
    Kind.LATITUDE: _latitude,
    Kind.LONGITUDE: _longitude,
    Kind.CODE: _code,
    Kind.CORPORATE: _corporate,
    Kind.TIME: _time,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.READING: _reading,
    Kind.URL: _url,
}
