"""Parameters 渡された値: cursors and instants in an address or a form, read by one rule; malformed ones answer 400."""

from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from todoke.runtime.refusals import Refused

LONGEST = 200


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
