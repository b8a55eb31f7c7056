"""Identifiers 番号: the form in which numbers that people copy are compared, however they were typed."""

import re
import unicodedata

from todoke.japanese.parsers import to_ascii_hyphens


def identifier_key(typed: str) -> str:
    """Return NFKC in capitals without spaces and hyphens: Ａ－１２３４５, a 12345 and A-12345 are one."""
    plain = to_ascii_hyphens(unicodedata.normalize("NFKC", typed))
    return re.sub(r"[\s-]", "", plain).upper()
