"""The LINE simulator as a server of the test, with the book that it keeps, and a channel that a decision opened."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

from django.test import override_settings

from tests import cast
from todoke.notices.line.channel_events import HEADER, signature
from todoke.notices.line.line_simulator import LineBook, LineFaults
from todoke.notices.management.commands.line import Platform
from todoke.notices.models import ChannelSwitch

TOKEN, SECRET = "a token", "a secret"


@contextmanager
def line(faults: LineFaults = LineFaults()) -> Iterator[LineBook]:  # noqa: B008 - frozen
    """The simulator on a free port; the product speaks to it."""
    book = LineBook(TOKEN, faults)

    class BoundPlatform(Platform):
        """The platform with the book of this test."""

    BoundPlatform.book = book
    server = ThreadingHTTPServer(("127.0.0.1", 0), BoundPlatform)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with override_settings(LINE_URL=address, LINE_TOKEN=TOKEN, LINE_SECRET=SECRET):
            yield book
    finally:
        server.shutdown()
        server.server_close()


def opened() -> ChannelSwitch:
    """The channel after the municipality decided."""
    by = cast.staff("本 部", "line@example.lg.jp", "headquarters", cast.department("DX推進課", "1002"))
    return ChannelSwitch.turn_on("R8-0001", by=by)


def said(words: str, event: str = "01EVENT", secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a webhook in which somebody says something."""
    message = {"type": "text", "text": words}
    told = {"type": "message", "webhookEventId": event, "replyToken": f"reply-{event}", "message": message}
    body = json.dumps({"destination": "U1", "events": [told]}).encode()
    return body, {HEADER: signature(body, secret)}
