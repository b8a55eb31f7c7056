"""``./todoke line``: runs the LINE simulator as its own HTTP process; it reaches nobody."""

import json
import urllib.error
import urllib.request
from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from todoke.notices.line.channel_events import HEADER, signature
from todoke.notices.line.line_simulator import LineBook, LineFaults
from todoke.runtime.links import absolute

MOST = 65_536


class Platform(BaseHTTPRequestHandler):
    """The simulator's HTTP face: the API, what people say (``/say``), and the book."""

    book: LineBook

    def do_GET(self) -> None:
        self._answer(200, "", self.book.summary())

    def do_POST(self) -> None:
        found = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST)))
        if self.path == "/say":
            return self._answer(200, "", {"status": self._say(found)})
        status, request, lost = self.book.handle(self.path, dict(self.headers.items()), found)
        if lost:
            self.close_connection = True
            return None
        return self._answer(status, request, {})

    def _say(self, found: dict[str, Any]) -> int:
        """Deliver what somebody says as a signed webhook, and return how it was answered."""
        event = {
            "type": "message", "webhookEventId": found["event"], "replyToken": found["event"],
            "message": {"type": "text", "text": found["text"]},
        }  # fmt: skip
        body = json.dumps({"destination": "simulator", "events": [event]}).encode()
        headers = {HEADER: signature(body, settings.LINE_SECRET), "Content-Type": "application/json"}
        request = urllib.request.Request(absolute("portal:line-webhook"), data=body, headers=headers)  # noqa: S310 - ours
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code

    def _answer(self, status: int, request: str, found: dict[str, Any]) -> None:
        body = json.dumps(found).encode()
        self.send_response(status)
        name = "X-Line-Accepted-Request-Id" if status == 409 else "X-Line-Request-Id"
        self.send_header(name, request)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: what is said stays in the book."""


class Command(BaseCommand):
    help = "LINEシミュレーターを起動します(練習用。だれにも届きません)。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8091)
        parser.add_argument("--seed", type=int, default=0, help="故障を同じ順に繰り返すための数")
        parser.add_argument("--refused", type=float, default=0.0, help="受け付ける前に失敗する割合(0〜1)")
        parser.add_argument("--cut", type=float, default=0.0, help="受け付けた後に返事が届かない割合(0〜1)")

    def handle(self, *args: Any, **options: Any) -> None:
        Platform.book = LineBook(settings.LINE_TOKEN, LineFaults(options["refused"], options["cut"]))
        Platform.book.chance.seed(options["seed"])
        server = ThreadingHTTPServer(("127.0.0.1", options["port"]), Platform)
        self.stdout.write(f"LINEシミュレーター http://127.0.0.1:{options['port']}(だれにも届きません)")
        self.stdout.flush()
        server.serve_forever()
