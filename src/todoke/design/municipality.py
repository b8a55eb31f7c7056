"""Municipality 自治体の表示: name, colours, logo and links of the municipality on every page, letter and mail.

What is published lies in a room above; ``provide`` tells from where it is read. Each process asks again after a while.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECONDS = 10.0
LINKS: Mapping[str, str | Promise] = {
    "accessibility": _("ウェブアクセシビリティ方針"),
    "accessibility_results": _("ウェブアクセシビリティの試験結果"),
    "privacy": _("個人情報の取扱い"),
    "terms": _("利用規約"),
    "contact": _("お問い合わせ"),
    "site": _("公式サイト"),
}
"""The links at the foot of the residents' pages by kind, in their order."""


@dataclass(frozen=True)
class Municipality:
    """自治体の表示: the name, the addresses of stylesheet and logo ("" for none), and links by kind."""

    name: str
    stylesheet: str = ""
    logo: str = ""
    links: Mapping[str, str] = field(default_factory=dict)

    def footer_links(self) -> list[tuple[str | Promise, str]]:
        """Return label and address of each link that is set."""
        return [(label, self.links[kind]) for kind, label in LINKS.items() if self.links.get(kind)]


Reader = Callable[[], Municipality | None]


class _Current:
    """What this process knows, until when, and from where it learns more."""

    reader: Reader = staticmethod(lambda: None)
    logo_reader: Callable[[], bytes] = staticmethod(lambda: b"")
    known: Municipality | None = None
    until = 0.0


def provide(reader: Reader, logo_reader: Callable[[], bytes]) -> None:
    """Tell from where the published municipality and its logo are read; None means that nothing is published."""
    _Current.reader, _Current.logo_reader = staticmethod(reader), staticmethod(logo_reader)


def municipality() -> Municipality:
    """Return the municipality as published, at most ``SECONDS`` old; before that, its name in the settings.

    While the database does not answer, what was known last stays.
    """
    if time.monotonic() >= _Current.until:
        try:
            remember(_Current.reader())
        except DatabaseError:
            remember(_Current.known)
    return _Current.known or Municipality(settings.MUNICIPALITY)


def logo_image() -> bytes:
    """Return the logo for a printed page (PNG, JPEG or WebP); no bytes where none is published."""
    return _Current.logo_reader() if municipality().logo else b""


def remember(known: Municipality | None, *, seconds: float = SECONDS) -> None:
    """Keep what is published for a while, None for nothing."""
    _Current.known, _Current.until = known, time.monotonic() + seconds


def forget() -> None:
    """Ask again at the next page, because something was published."""
    _Current.until = 0.0
