"""Money of the tests: charges, attempts and what a provider says of them."""

import csv
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import ThreadingHTTPServer

from django.utils import timezone
from pytest_django import Settings

from todoke.accounts.actors import Guest
from todoke.payments.fake_provider import FakeProvider
from todoke.payments.management.commands.psp import Counter
from todoke.payments.models import Attempt, Charge, Due
from todoke.payments.providers.interface import EventKind, Notification

COPY_OF_RESIDENT_RECORD = Due("住民票の写し", "13-01-01", 300, quantity=2)


def charge(*dues: Due, due_on: date | None = None) -> Charge:
    chosen = dues or (COPY_OF_RESIDENT_RECORD,)
    return Charge.assess("住民票の写しの交付", chosen, applied_on=date(2026, 11, 22), due_on=due_on, by=Guest())


def attempt(of: Charge | None = None) -> Attempt:
    return Attempt.start(of or charge(), provider="simulator", method="card", by=Guest())


@contextmanager
def simulator(settings: Settings, book: FakeProvider) -> Iterator[FakeProvider]:
    """The payment simulator on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    Counter.book, Counter.address = book, f"http://127.0.0.1:{server.server_port}"
    settings.PSP_URL = Counter.address
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield book
    finally:
        server.shutdown()
        server.server_close()


def told(
    attempt: Attempt,
    kind: EventKind = EventKind.CAPTURED,
    *,
    event: str = "evt-1",
    yen: int | None = None,
    late: int = 1,
) -> Notification:
    """What the provider tells of an attempt, some seconds later."""
    return Notification(
        provider=attempt.provider,
        event=event,
        kind=kind,
        key=attempt.key,
        reference=f"psp-{attempt.key[:8]}",
        yen=attempt.yen if yen is None else yen,
        happened_at=timezone.now() + timedelta(seconds=late),
    )


def table(*rows: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("cp932")
