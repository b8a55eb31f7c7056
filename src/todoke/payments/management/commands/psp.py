"""``./todoke psp``: runs the fake payment provider as its own HTTP process. It moves no money."""

import html
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from todoke.payments.fake_provider import FakeProvider
from todoke.payments.providers import hmac_signature
from todoke.payments.providers.interface import EventKind
from todoke.runtime.links import absolute

PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>決済シミュレーター</title><style>body{{font:17px/1.7 sans-serif;margin:0}}main{{max-width:32rem;margin:2rem auto;
padding:0 1rem}}button{{display:block;width:100%;min-height:48px;margin:1rem 0;font:inherit}}</style><main>
<h1>決済シミュレーター</h1><p>これは練習用です。お金は動きません。</p>
<p>{title}</p><p>{yen:,}円</p><form method="post"><button name="outcome" value="captured">支払う</button>
<button name="outcome" value="failed">支払に失敗する</button>
<button name="outcome" value="cancelled">やめて戻る</button></form></main></html>"""


class Counter(BaseHTTPRequestHandler):
    """The simulator's HTTP face: payments, refunds, faults, and the payer's page."""

    book: FakeProvider
    address: str

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if parts[0] == "book":
            return self._json(self.book.summary())
        payment = self.book.payments.get(parts[-1])
        if payment is None:
            return self.send_error(404)
        if parts[0] == "pay":
            return self._answer(PAGE.format(title=html.escape(payment.title), yen=payment.yen).encode(), "text/html")
        if self.book.is_down():
            return self.send_error(503)
        return self._json(self.book.handle_request(self.path, None, self.address))

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 65536))
        parts = self.path.strip("/").split("/")
        if parts[0] != "faults" and self.book.is_down():
            return self.send_error(503)
        if parts[0] == "pay":
            return self._decide(parts[-1], body)
        try:
            found = self.book.handle_request(self.path, json.loads(body), self.address)
        except KeyError:
            return self.send_error(404)
        return self._hang_up() if parts[0] != "faults" and self.book.loses_answer() else self._json(found)

    def _hang_up(self) -> None:
        """Close the connection without an answer to what was done."""
        self.close_connection = True

    def _decide(self, key: str, body: bytes) -> None:
        outcome = EventKind(urllib.parse.parse_qs(body.decode())["outcome"][0])
        payment = self.book.payments[key]
        decided = payment.outcome is not None
        if not decided:
            payment.crossed = outcome is EventKind.CAPTURED and self.book.crosses()
            self.book.decide(key, EventKind.FAILED if payment.crossed else outcome)
            threading.Thread(target=self._tell, args=[key], daemon=True).start()
        if self.book.loses_answer():
            self._hang_up()
            return
        self.send_response(303)
        self.send_header("Location", payment.return_url)
        self.end_headers()

    def _tell(self, key: str) -> None:
        """Notify of an outcome, and where it crosses, of the capture that follows the failure after all."""
        self._notify(key)
        if self.book.payments[key].crossed:
            time.sleep(self.book.faults.late_seconds)
            self.book.payments[key].outcome = EventKind.CAPTURED
            self._notify(key)

    def _notify(self, key: str) -> None:
        faults, chance = self.book.faults, self.book.chance
        if chance.random() < faults.lost:
            return
        if chance.random() < faults.late:
            time.sleep(faults.late_seconds)
        body = json.dumps(self.book.notification_body(self.book.payments[key])).encode()
        for _ in range(2 if chance.random() < faults.doubled else 1):
            self._deliver(body)

    def _deliver(self, body: bytes) -> None:
        headers = {
            hmac_signature.HEADER: hmac_signature.sign(body, settings.PSP_SECRET),
            "Content-Type": "application/json",
        }
        address = absolute("api:payment-webhook", "simulator")
        request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310 - address of our own setting
        try:
            urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - the same
        except (OSError, urllib.error.URLError) as problem:
            self.log_message("通知を届けられません: %s", problem)

    def _json(self, found: dict[str, Any]) -> None:
        self._answer(json.dumps(found).encode(), "application/json")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Command(BaseCommand):
    help = "決済シミュレーターを起動します(練習用。お金は動きません)。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8090)
        parser.add_argument("--seed", type=int, default=0, help="故障を同じ順に繰り返すための数")

    def handle(self, *args: Any, **options: Any) -> None:
        Counter.book, Counter.address = FakeProvider(seed=options["seed"]), f"http://127.0.0.1:{options['port']}"
        server = ThreadingHTTPServer(("127.0.0.1", options["port"]), Counter)
        self.stdout.write(f"決済シミュレーター {Counter.address}(お金は動きません)")
        server.serve_forever()
