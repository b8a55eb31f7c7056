"""Told events LINEから知らせる出来事: people write, LINE tells it signed until it is answered, and sometimes twice."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter

from todoke.notices.line.channel_events import HEADER, signature
from todoke.proving.line_proof.line_acts import PLANTED

ADDRESS = "/line/events/"
TWICE_EVERY, PAUSE, WITHIN = 5, 0.2, 300.0
ACCEPTED = 200


def body_of(number: int) -> bytes:
    """Return what LINE tells of one message; its words point to an invented person."""
    name, words = f"event-{number:05}", f"{PLANTED[number % len(PLANTED)]}犬の登録はどこですか"
    event = {
        "type": "message", "webhookEventId": name, "replyToken": name, "message": {"type": "text", "text": words},
    }  # fmt: skip
    return json.dumps({"destination": "proof", "events": [event]}, ensure_ascii=False).encode()


class Teller(threading.Thread):
    """Tells every ``step``-th event from a first one; without an answer it is told again, as LINE does."""

    def __init__(self, port: int, secret: str, events: range) -> None:
        super().__init__(daemon=True)
        self.port, self.secret, self.events = port, secret, events
        self.told, self.answers = 0, Counter[int]()

    def run(self) -> None:
        for number in self.events:
            for _ in range(2 if number % TWICE_EVERY == 0 else 1):
                self._tell_until_answered(body_of(number))
            self.told += 1

    def _tell_until_answered(self, body: bytes) -> None:
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            status = self._tell(body)
            self.answers[status] += 1
            if status == ACCEPTED:
                return
            time.sleep(PAUSE)

    def _tell(self, body: bytes) -> int:
        headers = {HEADER: signature(body, self.secret), "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{ADDRESS}", data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310 - our own installation
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code
        except OSError:
            return 0
