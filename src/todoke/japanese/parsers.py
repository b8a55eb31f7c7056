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
