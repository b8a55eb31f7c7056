"""Parameters 渡された値: cursors, instants and numbers in an address or a form, each read by one rule.

A malformed cursor or instant answers 400; a number or a year that is none counts as not given.
"""

from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from todoke.runtime.refusals import Refused

LONGEST = 200
YEARS = range(1900, 2200)


class Malformed(Refused):
    """壊れた値: a value that no page of ours gives out; nothing was changed."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "ページのアドレスか、送られた値の一部が壊れています。何も変わっていません。"
                "前のページに戻り、ボタンやリンクからもう一度お進みください。"
            )
        )


def cursor(text: str) -> str:
    """Return the key of a row that a page begins after. Raises Malformed unless it is short and printable."""
    if len(text) > LONGEST or not text.isprintable():
        raise Malformed
    return text


def instant(text: str) -> datetime | None:
    """Return a moment with its zone, written as isoformat() does; None for "". Raises Malformed."""
    if not text:
        return None
    try:
        found = parse_datetime(cursor(text))
        if found is None or found.tzinfo is None:
            raise Malformed
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed from None


def whole_number(text: str, *, digits: int = 9) -> int | None:
    """Return a number from 0 in half-width digits; None for anything else, and for more digits than a column holds."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def year(text: str) -> int | None:
    """Return a year of the calendar that people now alive reckon with (1900 to 2199); None for anything else."""
    found = whole_number(text, digits=4)
    return found if found in YEARS else None
