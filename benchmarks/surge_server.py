"""A throw-away installation as in production: ``./todoke serve`` with two processes and a worker, one database."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from todoke.proving.cluster import Cluster, free_port

ROOT = Path(__file__).resolve().parents[1]
PROCESSES, WORKING = 2, 4


class Installation:
    """Folder, database, server and worker; everything goes when it is closed."""

    def __init__(self, database: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="todoke-bench-"))
        (self.folder / "static").mkdir()
        self.cluster = Cluster(durable=True) if database == "postgresql" else None
        self.port = free_port()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        if self.cluster:
            self.cluster.create()
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "TODOKE_VAR": str(self.folder),
            "TODOKE_DATABASE": self.cluster.address if self.cluster else "",
            "TODOKE_HTTPS": "0",
            "TODOKE_STAFF_SECOND_FACTOR": "0",
            "TODOKE_URL": f"http://127.0.0.1:{self.port}",
            "TODOKE_NOTICES": "mailbox",
            "MALLOC_ARENA_MAX": "2",
        }

    def do(self, *words: str) -> str:
        """Run a Python program of the installation; return what it prints."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout.strip()

    def start(self) -> float:
        """Start the server with its worker; return the seconds until the first page was there."""
        size = ["--port", str(self.port), "--processes", str(PROCESSES), "--working", str(WORKING), "--worker"]
        begun = time.monotonic()
        self._run("server", [sys.executable, "-m", "todoke", "serve", *size])
        self._wait()
        return time.monotonic() - begun

    def _run(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self) -> None:
        for _ in range(1500):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError((self.folder / "server.log").read_text()[-2000:])

    def close(self) -> None:
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        if self.cluster:
            self.cluster.remove()
        shutil.rmtree(self.folder, ignore_errors=True)
