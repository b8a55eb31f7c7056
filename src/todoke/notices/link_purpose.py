"""Link purposes リンクの用途: what a mailed link is for, how it ends, and which addresses in mails open nothing.

Each room declares its own in the module that its ``RoomConfig.mailed_links`` names; docs/reference/mailed-links.md is
written from them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TypeVar

from django.db import models

from todoke.runtime.refusals import Refused
from todoke.runtime.rooms import rooms

T = TypeVar("T")


class Ending(models.TextChoices):
    """終わったわけ: why a mailed link opens nothing any more."""

    REPLACED = "replaced", "新しいリンクを送った"
    FULFILLED = "fulfilled", "用が済んだ"
    WITHDRAWN = "withdrawn", "取り消された"
    EXPIRED = "expired", "期限が過ぎた"
    UNKNOWN = "unknown", "覚えのないリンク"


@dataclass(frozen=True)
class LinkPurpose:
    """リンクの用途: one purpose of mailed links; all but ``ending`` are words or names for the reference page.

    ``page`` is the name of the page that the mail carries, whose last argument is the secret. ``ending`` returns why a
    link on the object with a primary key, issued at an instant, is over by the facts of that object; None while it is
    not. It is asked each time the link is opened, so no act has to remember to end its links.
    """

    code: str
    title: str
    page: str
    reader: str
    span: str
    ends: str
    may: str
    ending: Callable[[int, datetime], Ending | None]


@dataclass(frozen=True)
class StandingAddress:
    """残る宛先: the address of a page in mails or on paper that is meant to stay, why, and what it can do at most."""

    page: str
    title: str
    reason: str
    may: str


class LinkEnded(Refused):
    """終わったリンク: a mailed link opens nothing any more, or never did; nothing was changed."""

    status = 410
    template = "portal/link_ended.html"

    def __init__(self, purpose: LinkPurpose, ending: Ending) -> None:
        super().__init__("このリンクは使えません。")
        self.purpose, self.ending = purpose.code, ending.value


def _declared(kind: type[T]) -> Iterator[T]:
    for room in rooms():
        if room.mailed_links:
            yield from (each for each in vars(import_module(room.mailed_links)).values() if isinstance(each, kind))


def declared_purposes() -> dict[str, LinkPurpose]:
    """Return every purpose of all rooms by its code."""
    return {purpose.code: purpose for purpose in _declared(LinkPurpose)}


def standing_addresses() -> list[StandingAddress]:
    """Return every address in mails that is meant to stay, in the order of the rooms."""
    return list(_declared(StandingAddress))
