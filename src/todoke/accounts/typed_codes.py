"""Typed codes 番号の読み取り: a code as it was issued, however a person typed or pasted it."""

import unicodedata


def plain_code(typed: str) -> str:
    """Return a typed code in half-width characters (NFKC) without blanks."""
    return "".join(unicodedata.normalize("NFKC", typed).split())
