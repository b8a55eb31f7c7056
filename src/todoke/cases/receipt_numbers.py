"""Receipt numbers 受付番号: 2026-000123-C, the fiscal year, a serial that is never used twice, and a check letter."""

import re
import unicodedata

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
_FORM = re.compile(r"^(\d{4})-?(\d{6,})-?([A-Z])$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ－─", "-"))


def check_letter(digits: str) -> str:
    """Return the check letter, which detects any wrong digit and any two swapped digits (weights modulo 23)."""
    return LETTERS[sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), start=1)) % 23]


def format_number(year: int, serial: int) -> str:
    """Return the receipt number of a fiscal year and serial."""
    digits = f"{year:04d}{serial:06d}"
    return f"{digits[:4]}-{digits[4:]}-{check_letter(digits)}"


def parse_number(typed: str) -> str | None:
    """Return the number that a person typed (full width, blanks, any dash), or None if it cannot be one."""
    found = _FORM.match(re.sub(r"\s", "", unicodedata.normalize("NFKC", typed).translate(_DASHES)).upper())
    if found is None or check_letter(found[1] + found[2]) != found[3]:
        return None
    return f"{found[1]}-{found[2]}-{found[3]}"
