"""Identifiers 番号: the form in which numbers that people copy are compared, however they were typed."""

import re
import unicodedata

from todoke.japanese.parsers import to_ascii_hyphens

_TO_ASCII = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}


def identifier_text(written: str) -> str:
    """Return an identifier as shown, its full-width letters, digits and signs folded, no blanks around it."""
    return written.translate(_TO_ASCII).strip()


def identifier_key(typed: str) -> str:
    """Return NFKC in capitals without spaces and hyphens: Ａ－１２３４５, a 12345 and A-12345 are one."""
    plain = to_ascii_hyphens(unicodedata.normalize("NFKC", typed))
    return re.sub(r"[\s-]", "", plain).upper()
