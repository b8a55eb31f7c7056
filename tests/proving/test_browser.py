"""The browser of the proofs says where a form comes from, as every browser does."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from todoke.proving.browser import Browser

FORM = b'<input type="hidden" name="csrfmiddlewaretoken" value="t0ken">'


class Listener(HTTPServer):
    """A site of one page that notes method, origin and body of what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.heard: list[tuple[str, str | None, str]] = []


class Answer(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.heard.append((self.command, self.headers["Origin"], body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(FORM)))
        self.end_headers()
        self.wfile.write(FORM)

    do_POST = do_GET  # noqa: N815 - the name that the server calls

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Listener]:
    listener = Listener()
    served = threading.Thread(target=listener.serve_forever)
    served.start()
    yield listener
    listener.shutdown()
    served.join()
    listener.server_close()


def test_a_form_states_its_own_site_and_a_page_that_is_only_opened_states_none(site: Listener) -> None:
    browser = Browser(site.server_port)
    browser.get("/")
    browser.post("/", {"name": "花子"})
    browser.upload("/", {}, "paper", ("書類.pdf", b"%PDF"))
    here = f"http://127.0.0.1:{site.server_port}"
    assert [said[:2] for said in site.heard] == [("GET", None), ("POST", here), ("POST", here)]
    assert all("t0ken" in body for _, origin, body in site.heard if origin)
