"""The API against its own description: schemathesis asks every operation, and judges the answers.

./todoke bench api_schema SCHEMATHESIS [--examples N] [--seed N]

SCHEMATHESIS is the program of an environment of its own (``pip install schemathesis``); it is no dependency of the
product. It asks twice, with right and with wrong values: once with its own for everything, and once about an
application, its file and a service that exist, so that the answers are judged too. The applications are invented, and
the limits of requests are lifted.
"""

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import threading
from collections import deque
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from tests.cast.api import Caller, caller
from tests.cast.cases import DOCUMENT, counter, release

from todoke.accounts.rate_limits import RateLimit
from todoke.api import key_authentication

UNLIMITED = 10**9
BY_THE_FORM = """
[[operations]]
include-operation-id = "hand_in"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""
"""An application whose shape is right may still be refused by its form, with 422 and the questions it is about."""
PAPER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request, as many as come."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("schemathesis", type=Path, help="the program of its own environment")
    asked.add_argument("--examples", type=int, default=100, help="values of each operation")
    asked.add_argument("--seed", type=int, default=19)
    given = asked.parse_args()
    call_command("migrate", verbosity=0)
    for name in ("PER_MACHINE", "PER_CLIENT", "WRONG_KEYS"):
        setattr(key_authentication, name, RateLimit(f"bench-{name}", UNLIMITED, 60))
    by, known = _world()
    server = Server(("127.0.0.1", 0), Silent)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}/api/v1"
    sums = [_run(given, by, at, {}, "values of its own"), _run(given, by, at, known, "what exists")]
    sys.exit(max(sums))


def _world() -> tuple[Caller, dict[str, str]]:
    """Return a machine of a section, and the number, file and service that it may read."""
    at = counter(fee=300)
    by = caller(at)
    questions = [*DOCUMENT["pages"][0]["groups"][0]["questions"], {"id": "paper", "kind": "file", "label": "写し"}]
    page = {**DOCUMENT["pages"][0], "groups": [{"id": "who", "title": "", "questions": questions}]}
    at.release = release(at.section, code="paper", serial=9, document={**DOCUMENT, "pages": [page]})
    sent = {"question": "paper", "name": "写し.pdf", "content": base64.b64encode(PAPER).decode()}
    done = by.hand_in(at, "bench-0001", files=[{**sent, "sha256": hashlib.sha256(PAPER).hexdigest()}])
    number = json.loads(done.content)["number"]
    [file] = json.loads(by.get(f"/cases/{number}/answers").content)["files"]
    [figure, *_] = json.loads(by.get("/figures").content)
    return by, {"path.number": number, "token": file["token"], "code": "paper", "key": figure["key"], "after": ""}


def _run(given: argparse.Namespace, by: Caller, at: str, known: dict[str, str], said: str) -> int:
    """Let schemathesis ask; print what it summed up and every finding, and return its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "schemathesis.toml")
        lines = [f"{json.dumps(name)} = {json.dumps(value)}" for name, value in known.items()]
        settings.write_text("\n".join(["[parameters]", *lines, BY_THE_FORM]))
        command = [
            str(given.schemathesis), "--config-file", str(settings), "run", f"{at}/openapi.json",
            "--header", f"Authorization: Bearer {by.key}", "--checks", "all", "--workers", "2",
            "--max-examples", str(given.examples), "--seed", str(given.seed), "--continue-on-failure",
            "--suppress-health-check", "all", "--no-color",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    begin = next((place for place, line in enumerate(lines) if " FAILURES " in line or " ERRORS " in line), None)
    shown = lines[begin:] if begin is not None else list(deque(lines, 40))
    print(f"== {said}, {given.examples} values of each operation, seed {given.seed}")
    print("\n".join(shown).replace(by.key, "KEY"), done.stderr, sep="\n")
    return done.returncode


if __name__ == "__main__":
    main()
