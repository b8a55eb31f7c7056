"""Peer feed 他自治体の配信: takes in the signed figures of another municipality, each with its own definition."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.plans.models import Indicator, PeerFigure
from todoke.runtime.installation_key import read_signed
from todoke.runtime.refusals import Refused, Unreadable

FORMAT = "todoke-figures"
"""What a feed of public figures calls itself."""


@dataclass
class FeedReport:
    """読み取りの結果: how many figures were taken in, and why an address or a figure was not."""

    taken: int = 0
    problems: list[str] = field(default_factory=list)


def take_in_feeds(addresses: Iterable[str], read: Callable[[str], str], *, by: Actor) -> FeedReport:
    """Take in the feeds of several addresses; one that fails leaves the others and what stands already."""
    report = FeedReport()
    for address in addresses:
        try:
            taken, problems = take_in_feed(read(address), source=address, by=by)
        except (OSError, ValueError, Refused) as problem:
            report.problems.append(f"{address}: {problem}")
            continue
        report.taken += taken
        report.problems += [f"{address}: {each}" for each in problems]
    return report


@transaction.atomic
def take_in_feed(text: str, *, source: str, by: Actor) -> tuple[int, list[str]]:
    """Take in one feed; return how many figures, and why others were left out. A figure of the same day is replaced.

    Raises Unreadable for what is no feed, or is not signed by a municipality whose key was taken in by hand.
    """
    found = read_signed(text, wanted=FORMAT)
    if not found.signed_by:
        raise Unreadable("署名を確かめられません。相手の公開の鍵を電話などで確かめ、TODOKE_PEERS に書いてください。")
    figures, problems = list[PeerFigure](), list[str]()
    for given in found.body.get("figures", []):
        try:
            figure = _figure(given, found.signed_by, source)
            figure.full_clean(validate_unique=False, validate_constraints=False)
        except (KeyError, TypeError, ValueError, InvalidOperation, ValidationError):
            problems.append("読めない数値が一つあります。")
            continue
        figures.append(figure)
    for figure in figures:
        PeerFigure.objects.filter(municipality=figure.municipality, figure=figure.figure, on=figure.on).delete()
        figure.save()
    record(
        "plans.peerfigure/feed", "他自治体の数値の受信", by=by, after={"自治体": found.signed_by, "数": len(figures)}
    )
    return len(figures), problems


def _figure(given: dict[str, Any], municipality: str, source: str) -> PeerFigure:
    """Return one figure, not stored. Raises KeyError, TypeError or ValueError for what is none."""
    on = date.fromisoformat(given["on"])
    return PeerFigure(
        municipality=municipality, figure=Indicator.OwnFigure(given["key"]), period=f"{on:%Y-%m-%d}時点", on=on,
        numerator=int(given["numerator"]), denominator=int(given["denominator"]), value=Decimal(given["percent"]),
        meaning=given["meaning"], source=source, copied_on=today(),
    )  # fmt: skip
