"""Parsers 手入力: widths, hyphens and whole numbers as people type them."""

import re
import unicodedata

_FULL_TO_HALF = str.maketrans(
    "０１２３４５６７８９／．，：（）＠＋",
    "0123456789/.,:()@+",
)
_HYPHENS = re.compile("[-‐‑‒–—―−－ー]")
_SIGN = "[▲△▼-]"
_WHOLE = re.compile(rf"({_SIGN}?)[¥\\]?({_SIGN}?)(\d{{1,15}}|\d{{1,3}}(?:,\d{{3}}){{1,4}})(?:\.0{{1,4}})?(?:円也?)?")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNCARRIED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


def carried_text(text: str) -> str:
    """Return what databases, mails, workbooks and fonts can carry of a text, with every line end as LF.

    Removed are control characters (but tabs), byte order marks, lone surrogates and noncharacters: nobody sees them.
    """
    return _UNCARRIED.sub("", _LINE_ENDS.sub("\n", text))


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
    """Return 1,234 or １２３４円, ￥1,200, \\1,200, ▲300, △300, −300 and (300) as a whole number; None when it is none.

    A comma, also 、 or ，, must part thousands. A part of a yen, 約300 and ¥300- are none.
    """
    plain = re.sub(r"\s", "", to_ascii_hyphens(unicodedata.normalize("NFKC", text[:100]))).replace("、", ",")
    bracketed = plain.startswith("(") and plain.endswith(")")
    found = _WHOLE.fullmatch(plain[1:-1] if bracketed else plain)
    if found is None or sum(map(bool, (found[1], found[2], bracketed))) > 1:
        return None
    number = int(found[3].replace(",", ""))
    return -number if bracketed or found[1] or found[2] else number
