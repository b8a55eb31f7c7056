"""The server answers from processes that share one program, with a worker beside it where one is wanted."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection  # noqa: F401 - the condition below is read as text

from todoke.proving.cluster import free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="the server refuses the tests' cluster: it does not sync"
    ),
]


PATIENCE = 240.0


@contextmanager
def serving(folder: Path, *words: str, port: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    """A server that has shown its first file."""
    port = port or free_port()
    (folder / "static").mkdir()
    environment = {**os.environ, "TODOKE_VAR": str(folder), "TODOKE_HTTPS": "0", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "todoke", "serve", "--port", str(port), "--processes", "2", *words]
    with (folder / "log").open("wb") as said:
        server = subprocess.Popen(command, env=environment, stdout=said)
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/design/icon.svg", timeout=5) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                assert server.poll() is None
                time.sleep(0.1)
        else:
            pytest.fail("no answer")
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=PATIENCE)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_the_server_answers_from_two_processes_and_stops_when_told(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert len(children(server.pid)) >= 2


def test_a_worker_beside_the_server_is_started_again_when_it_dies_and_leaves_with_the_server(tmp_path: Path) -> None:
    with serving(tmp_path, "--worker") as server:
        keeper = min(children(server.pid))
        first = children(keeper)[0]
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while (found := children(keeper)) in ([], [first]) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert found not in ([], [first])
    deadline = time.monotonic() + PATIENCE
    while not (gone(keeper) and gone(found[0])) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert gone(keeper)
    assert gone(found[0])


def read(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return str(answer.read().decode())


def test_the_monitor_sees_that_it_lives_and_scrapes_what_all_processes_did(tmp_path: Path) -> None:
    port, private = free_port(), free_port()
    with serving(tmp_path, "--metrics-port", str(private), port=port):
        assert json.loads(read(port, "/livez")) == {"state": "alive"}
        for _ in range(20):
            read(port, "/static/design/icon.svg?name=hanako")
        with pytest.raises(urllib.error.HTTPError) as hidden:
            read(port, "/metrics")
        assert hidden.value.code in {404, 503}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                text = read(private, "/metrics")
                break
            except OSError:
                time.sleep(0.1)
    counted = re.search(r'^todoke_requests_total{face="other",status="2xx"} (\d+)', text, re.MULTILINE)
    assert counted
    assert int(counted[1]) >= 20
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")]
    assert sum(line["status"] == 200 for line in lines) >= 20
    assert "hanako" not in (tmp_path / "log").read_text()
