"""What a newcomer meets at the terminal: start, Ctrl+C, start again."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from todoke.demo.processes import MONEY, is_port_taken

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port that is free, and whose neighbour for the payment simulator is free too."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port + MONEY < 65_536 and not is_port_taken(port + MONEY):
            return port


def start(port: int, var: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "TODOKE_VAR": str(var), "PYTHONPATH": str(ROOT / "src"), "TODOKE_DATABASE": ""}
    command = [sys.executable, "-m", "todoke", "demo", "--port", str(port)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)


def wait_until_served(demo: "subprocess.Popen[str]") -> None:
    """Wait until the demo says how to end it; it says so once it answers."""
    assert demo.stdout
    assert any("Ctrl+C" in line for line in demo.stdout), "the demo ended by itself"


def linked_from_mails(database: Path) -> set[str]:
    """Which houses the links in the mails of the ward lead to."""
    bodies = sqlite3.connect(database).execute("SELECT body FROM notices_message").fetchall()
    return {found for (body,) in bodies for found in re.findall(r"https?://[^/\s]+", body)}


@pytest.mark.slow
def test_after_ctrl_c_the_port_is_free_and_the_ward_is_kept(tmp_path: Path) -> None:
    port = free_port()
    for _start in range(2):
        demo = start(port, tmp_path)
        wait_until_served(demo)
        assert is_port_taken(port)
        os.killpg(demo.pid, signal.SIGINT)
        assert demo.wait(timeout=240) == 0
        assert not is_port_taken(port)
        assert not is_port_taken(port + MONEY)
    links = linked_from_mails(tmp_path / "todoke.sqlite3")
    assert links == {f"http://127.0.0.1:{port}"}


@pytest.mark.slow
def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        port = neighbour.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "todoke", "demo", "--port", str(port)],
            env={**os.environ, "TODOKE_VAR": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"ポート {port} は使われています" in done.stderr
    assert "Traceback" not in done.stderr
