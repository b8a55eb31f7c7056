import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import connection  # noqa: F401 - the condition below is read as text

from todoke.proving.cluster import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the server refuses the tests' cluster: it does not sync")
def test_the_server_answers_from_two_processes_and_stops_when_told(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "static").mkdir()
    environment = {**os.environ, "TODOKE_VAR": str(tmp_path), "TODOKE_HTTPS": "0", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "todoke", "serve", "--port", str(port), "--processes", "2"]
    server = subprocess.Popen(command, env=environment)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/design/icon.svg", timeout=5) as answer:
                    assert answer.status == 200
                    break
            except urllib.error.URLError:
                assert server.poll() is None
                time.sleep(0.1)
        else:
            pytest.fail("no answer within a minute")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        assert len(children) >= 2
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
