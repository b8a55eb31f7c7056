"""Mutants that mix people up 取り違える欠陥: the mechanisms behind publicly reported incidents."""

import functools
import itertools
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from todoke.cases.letters import render as letters
from todoke.formbuilder.models import upload
from todoke.notices.models import MailedLink
from todoke.portal.bookings.views import bookings
from todoke.portal.views import application as pages
from todoke.portal.views import submission as receipts
from todoke.portal.voices.views import consultations

press: Any = letters
mailed: Any = MailedLink
application: Any = pages
sending: Any = receipts
booked: Any = bookings
opinions: Any = consultations
SLOW, PRINTING = 0.05, 3.0


def _slot() -> Path:
    return Path(settings.VAR) / "letter.pdf"


def module_variable() -> None:
    """Keep the draft of a request in a module variable."""
    open_draft = sending.open_draft
    held: dict[str, Any] = {}

    def current(*args: Any, **kwargs: Any) -> Any:
        held["draft"] = open_draft(*args, **kwargs)
        time.sleep(SLOW)
        return held["draft"]

    sending.open_draft = application.open_draft = current


def fixed_temporary_name() -> None:
    """Render every letter into the same temporary file (LoGoフォーム: one folder for two applications)."""
    render_letter = press.render_letter

    def by_way_of_the_slot(*args: Any, **kwargs: Any) -> bytes:
        _slot().write_bytes(render_letter(*args, **kwargs))
        time.sleep(PRINTING)
        return _slot().read_bytes()

    press.render_letter = by_way_of_the_slot


def _keep_under(name: str, content: bytes) -> str:
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return name


def counter_per_process() -> None:
    """Name attachments by a counter per process (高松市: software for one server run on several)."""
    serial = itertools.count(1)

    def store(content: bytes, suffix: str) -> str:
        return _alias(_keep_under(f"uploads/n{next(serial)}", content))

    upload.store_file = store


def second_resolution() -> None:
    """Name attachments by the second of upload (川崎市: the later overwrote the earlier)."""
    upload.store_file = lambda content, suffix: _alias(_keep_under(f"uploads/{int(time.time())}", content))


def _alias(path: str) -> str:
    """Return another path of the same file, to get round the unique constraint on names."""
    name = f"uploads/a{upload.new_token()}"
    Path(default_storage.path(name)).symlink_to(default_storage.path(path))
    return name


def cached_helper() -> None:
    """Cache page context by the page alone, not by the application."""
    context_of = application.page_context
    remembered = functools.lru_cache(maxsize=None)(lambda page_id, make: make())

    class Make:
        def __init__(self, make: Any) -> None:
            self.make = make

        def __call__(self) -> Any:
            return self.make()

        def __hash__(self) -> int:
            return 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Make)

    def sheet(draft: Any, page: Any, journey: Any, **more: Any) -> Any:
        return remembered(page.id, Make(lambda: context_of(draft, page, journey, **more)))

    application.page_context = sheet


def lock_let_go() -> None:
    """Release the lock on a timeout and print on (横浜市)."""
    render_letter = press.render_letter

    def one_after_another(*args: Any, **kwargs: Any) -> bytes:
        lock, deadline = _slot().with_suffix(".lock"), time.monotonic() + SLOW
        while time.monotonic() < deadline:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
                break
            except FileExistsError:
                time.sleep(SLOW / 5)
        _slot().write_bytes(render_letter(*args, **kwargs))
        time.sleep(PRINTING)
        printed = _slot().read_bytes()
        lock.unlink(missing_ok=True)
        return printed

    press.render_letter = one_after_another


def used_link_opens() -> None:
    """Let a mailed link live on after its purpose is fulfilled, a token that never ends."""
    mailed.require_live = lambda link: None


def booking_in_a_variable() -> None:
    """Keep the booking of a request in a module variable."""
    booking_of = booked.booking_of
    held: dict[str, Any] = {}

    def current(token: str) -> Any:
        held["booking"] = booking_of(token)
        time.sleep(SLOW)
        return held["booking"]

    booked.booking_of = current


def opinion_in_a_variable() -> None:
    """Keep the form with the opinion of a request in a module variable."""
    form_of = opinions.OpinionForm
    held: dict[str, Any] = {}

    def current(*args: Any, **kwargs: Any) -> Any:
        held["form"] = form_of(*args, **kwargs)
        time.sleep(SLOW)
        return held["form"]

    opinions.OpinionForm = current
