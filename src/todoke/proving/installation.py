"""An installation 検証用の環境 that is built, started, killed and started again."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from todoke.proving.cluster import Cluster, free_port

READY_WITHIN = 30.0


class Installation:
    """A throw-away folder, a database, app processes and workers in process groups of their own."""

    def __init__(self, *, database: str = "sqlite", fault: str = "", processes: int = 2, mail_port: int = 0) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="todoke-proof-"))
        self.cluster = Cluster(durable=True) if database == "postgresql" else None
        self.port, self.processes, self.fault = free_port(), processes, fault
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **os.environ,
            "TODOKE_VAR": str(self.folder),
            "TODOKE_DATABASE": self.cluster.address if self.cluster else "",
            "TODOKE_HTTPS": "0",
            "TODOKE_STAFF_SECOND_FACTOR": "0",
            "TODOKE_URL": f"http://127.0.0.1:{self.port}",
            "TODOKE_NOTICES": "smtp" if mail_port else "mailbox",
            "TODOKE_SMTP_PORT": str(mail_port or 25),
            "TODOKE_SMTP_HOST": "127.0.0.1",
            "TODOKE_FAULT": fault,
        }

    def build(self) -> None:
        """Create the database and the synthetic service."""
        if self.cluster:
            self.cluster.start()
        self.manage("migrate", "--verbosity", "0")
        self.manage("verify", "build")

    def manage(self, *words: str) -> str:
        """Run a command of the installation and return what it prints."""
        command = [sys.executable, "-m", "todoke", *words]
        done = subprocess.run(  # noqa: S603 - our own program
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    def start(self, *, worker: bool = True) -> float:
        """Start what is not running and return the seconds until the first page is served."""
        began = time.monotonic()
        if self.cluster and not self.cluster.is_running():
            self.cluster.start()
        target = "todoke.proving.faulty:application" if self.fault else "todoke.wsgi:application"
        granian = str(Path(sys.executable).with_name("granian"))
        size = ["--workers", str(self.processes), "--blocking-threads", "4", "--respawn-failed-workers"]
        where = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--log-level", "critical"]
        commands = {"server": [granian, *where, *size, target]}
        if worker:
            program = "todoke.proving.faulty" if self.fault else "todoke"
            commands["worker"] = [sys.executable, "-m", program, "worker"]
        for name, command in commands.items():
            if name not in self.running or self.running[name].poll() is not None:
                with (self.folder / f"{name}.log").open("ab") as log:
                    self.running[name] = subprocess.Popen(  # noqa: S603 - our own programs
                        command, env=self.environment, stdout=log, stderr=log, start_new_session=True
                    )
        self._wait()
        return time.monotonic() - began

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2).close()
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return
            except OSError:
                pass
            else:
                return
            time.sleep(0.05)
        raise TimeoutError((self.folder / "server.log").read_text()[-2000:])

    def kill(self, *names: str) -> None:
        """Kill whole process groups (-9): server, worker, database."""
        for name in names:
            if name == "database":
                if self.cluster:
                    self.cluster.kill()
                continue
            process = self.running.pop(name, None)
            if process is not None:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                process.wait()

    def stop(self) -> None:
        """Stop everything; the folder stays, for whoever wants to look."""
        self.kill("server", "worker")
        if self.cluster:
            self.cluster.remove()
