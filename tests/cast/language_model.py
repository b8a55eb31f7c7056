"""A language model of the test: a server on this machine that says what it is told to say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import override_settings


class Speaker(BaseHTTPRequestHandler):
    """Says one thing, and remembers what it was asked."""

    words: str
    asked: list[str]

    def do_POST(self) -> None:
        found = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(found["messages"][0]["content"])
        body = json.dumps({"choices": [{"message": {"content": self.words}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@contextmanager
def language_model(words: str) -> Iterator[list[str]]:
    """A model that says these words; yields what it was asked."""
    asked = list[str]()

    class BoundSpeaker(Speaker):
        """The speaker of this test."""

    BoundSpeaker.words, BoundSpeaker.asked = words, asked
    server = ThreadingHTTPServer(("127.0.0.1", 0), BoundSpeaker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with override_settings(LANGUAGE_MODEL_URL=f"http://127.0.0.1:{server.server_address[1]}"):
            yield asked
    finally:
        server.shutdown()
        server.server_close()
