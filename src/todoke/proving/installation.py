"""Throw-away installation 検証用の環境 that a proof builds, starts, kills and starts again."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from todoke.proving.builds.kept_builds import keep_build, kept_build, take_tables
from todoke.proving.cluster import Cluster, free_port

READY_WITHIN = 120.0
LEASE = 3.0


class Process:
    """A process group. Forks of the preloader are children of the preloader and cannot be waited for here."""

    def __init__(self, pid: int, started: "subprocess.Popen[bytes] | None" = None) -> None:
        self.pid, self.started = pid, started

    def is_alive(self) -> bool:
        if self.started is not None:
            return self.started.poll() is None
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def children(self) -> list[int]:
        """Return the ids of its child processes."""
        try:
            return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def kill(self) -> None:
        """SIGKILL the whole group and wait until it is gone."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        while self.is_alive():
            time.sleep(0.005)


class Installation:
    """A temporary folder, a database, and server and workers in process groups of their own."""

    def __init__(
        self,
        *,
        database: str = "sqlite",
        fault: str = "",
        processes: int = 2,
        mail_port: int = 0,
        workers: int = 1,
        servers: int = 1,
        source: Path | None = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="todoke-proof-"))
        self.cluster = Cluster(durable=True, forgetful=True) if database == "postgresql" else None
        self.port, self.money, self.processes, self.fault = free_port(), free_port(), processes, fault
        self.ports = {"server": self.port, **{f"server{number}": free_port() for number in range(2, servers + 1)}}
        self.workers = ["worker", *(f"worker{number}" for number in range(2, workers + 1))]
        self.running: dict[str, Process] = {}
        self.preloaders: list[tuple[dict[str, str], subprocess.Popen[str]]] = []
        self.chance = random.Random(0)  # noqa: S311 - which process dies is no secret
        self.source = source
        self.environment = {
            **os.environ,
            **({"PYTHONPATH": str(source)} if source else {}),
            "TODOKE_VAR": str(self.folder),
            "TODOKE_DATABASE": self.cluster.address if self.cluster else "",
            "TODOKE_HTTPS": "0",
            "TODOKE_STAFF_SECOND_FACTOR": "0",
            "TODOKE_URL": f"http://127.0.0.1:{self.port}",
            "TODOKE_PSP_URL": f"http://127.0.0.1:{self.money}",
            "TODOKE_NOTICES": "smtp" if mail_port else "mailbox",
            "TODOKE_SMTP_PORT": str(mail_port or 25),
            "TODOKE_SMTP_HOST": "127.0.0.1",
            "TODOKE_FAULT": fault,
        }

    def build(self) -> None:
        """Migrate and create the synthetic service, or copy the kept build; start the payment simulator."""
        kind = f"{'postgresql' if self.cluster else 'sqlite'}{self.source or ''}"
        kept = kept_build(kind)
        if kept:
            shutil.copytree(kept / "folder", self.folder, dirs_exist_ok=True)
        if self.cluster:
            self.cluster.create(kept / "cluster" if kept else None)
        if not kept:
            self._build_anew(kind)
        if self.source:
            self._launch("money", self._todoke(*self._simulator()))
        else:
            self.start_command("money", *self._simulator())

    def _build_anew(self, kind: str) -> None:
        """Build, and keep the build; what tables there are to begin with were made by this release, not an earlier."""
        if not self.source:
            take_tables(kind, self.folder, self.cluster)
        manage = self.manage if self.source else self.manage_warm
        manage("migrate", "--verbosity", "0")
        manage("verify", "build")
        keep_build(kind, self.folder, self.cluster, for_later=self.source is None)

    def _simulator(self) -> list[str]:
        return ["psp", "--port", str(self.money)]

    def manage(self, *words: str) -> str:
        """Run a management command and return its output. Raises RuntimeError when it fails."""
        done = subprocess.run(  # noqa: S603 - our own program
            self._todoke(*words), env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    def manage_warm(self, *words: str) -> str:
        """Run a command like ``manage``, but as a fork of the preloader, without importing the program again."""
        place = Path(tempfile.mkdtemp(prefix="command-", dir=self.folder))
        said, log, done = (place / name for name in ("said", "log", "done"))
        command = self._fork_command(place, *words)
        while command.is_alive():
            time.sleep(0.01)
        if not done.exists():
            raise RuntimeError(log.read_text()[-3000:])
        told = said.read_text()
        shutil.rmtree(place)
        return told

    def _fork_command(self, place: Path, *words: str) -> Process:
        said, log, done = (str(place / name) for name in ("said", "log", "done"))
        return self._request_fork(what="command", said=said, log=log, done=done, words=words)

    def start_command(self, name: str, *words: str) -> None:
        """Start a command under a name by which it is killed, as a fork of the preloader, unless it runs already."""
        if name not in self.running or not self.running[name].is_alive():
            place = self.folder / name
            place.mkdir(exist_ok=True)
            self.running[name] = self._fork_command(place, *words)

    def start_workers(self) -> None:
        """Start the workers that are not running, without a server."""
        self._relaunch(tuple(self.workers), cold=False)

    def start(self, *, cold: bool = False, worker: bool = True) -> float:
        """Start what is not running and wait for the first page; return the seconds of a cold start.

        A ``cold`` start runs the operator's command, a warm one forks the preloader. Raises TimeoutError.
        """
        began = time.monotonic()
        if self.cluster and not self.cluster.is_running():
            self.cluster.start()
        names = (*self.ports, *self.workers) if worker else tuple(self.ports)
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            self._relaunch(names, cold=cold and not self.fault)
            if self._answers():
                return time.monotonic() - began if cold else 0.0
            time.sleep(0.02)
        raise TimeoutError((self.folder / "server.log").read_text()[-2000:])

    def _relaunch(self, names: tuple[str, ...], *, cold: bool) -> None:
        """Start whatever is not running, as a supervisor does."""
        for name in names:
            if name not in self.running or not self.running[name].is_alive():
                self._launch(name, self._cold(name)) if cold else self._fork(name)

    def _todoke(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "todoke", *words]

    def _cold(self, name: str) -> list[str]:
        if name not in self.ports:
            return self._todoke("worker", "--lease", str(LEASE), "--pause", "0.1")
        granian = str(Path(sys.executable).with_name("granian"))
        size = ["--workers", str(self.processes), "--blocking-threads", "4", "--respawn-failed-workers"]
        where = [
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.ports[name]),
            "--log-level",
            "critical",
        ]
        return [granian, *where, *size, "todoke.wsgi:application"]

    def _launch(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(  # noqa: S603 - our own programs
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running[name] = Process(started.pid, started)

    def _fork(self, name: str) -> None:
        """Start a server or a worker as a fork of the preloader."""
        log = str(self.folder / f"{name}.log")
        words = ["--lease", str(LEASE), "--pause", "0.1"]
        self.running[name] = self._request_fork(
            what="server" if name in self.ports else name,
            said=log,
            log=log,
            port=self.ports.get(name, 0),
            processes=self.processes,
            words=words,
        )

    def _request_fork(self, **order: object) -> Process:
        """Have the preloader fork a process."""
        preloader = self._preloader()
        assert preloader.stdin is not None
        assert preloader.stdout is not None
        preloader.stdin.write(json.dumps(order) + "\n")
        preloader.stdin.flush()
        return Process(int(preloader.stdout.readline()))

    def _preloader(self) -> "subprocess.Popen[str]":
        """Return the preloader; it is started at the first request, and anew once the environment has changed."""
        if not self.preloaders or self.preloaders[-1][0] != self.environment:
            command, pipe = [sys.executable, "-m", "todoke.proving.preloader"], subprocess.PIPE
            started = subprocess.Popen(  # noqa: S603 - our own program
                command, env=self.environment, stdin=pipe, stdout=pipe, text=True, start_new_session=True
            )
            self.preloaders.append((dict(self.environment), started))
        return self.preloaders[-1][1]

    def _answers(self) -> bool:
        return all(self._answers_at(port) for port in self.ports.values())

    @staticmethod
    def _answers_at(port: int) -> bool:
        asked = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/")
            return asked.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    def die_at(self, points: list[str], *, within: float) -> str:
        """Arm crash points and return the one at which a process died, or "" if none was passed in time."""
        armed, deaths, deadline = self.folder / "armed", self.folder / "deaths", time.monotonic() + within
        armed.write_text(" ".join(points))
        while armed.exists():
            time.sleep(0.02)
            if time.monotonic() > deadline:
                with contextlib.suppress(FileNotFoundError):
                    armed.unlink()
                    return ""
        time.sleep(0.05)
        return deaths.read_text().split()[-1] if deaths.exists() else points[0]

    def kill(self, *names: str) -> None:
        """SIGKILL process groups at the same moment, as a power cut does: server, worker, database.

        ``process`` is one process of the server.
        """
        killers = [threading.Thread(target=self._kill, args=[name]) for name in names]
        for killer in killers:
            killer.start()
        for killer in killers:
            killer.join()

    def _kill(self, name: str) -> None:
        if name == "database":
            if self.cluster:
                self.cluster.kill()
        elif name == "process":
            if "server" in self.running and (pids := self.running["server"].children()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.chance.choice(pids), signal.SIGKILL)
        elif name in self.running:
            self.running.pop(name).kill()

    def stop(self, *, keep: bool = False) -> None:
        """Stop everything; ``keep`` leaves the folder for inspection."""
        self.kill(*tuple(self.running))
        for _, preloader in self.preloaders:
            preloader.kill()
            preloader.wait()
        if self.cluster:
            self.cluster.remove()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)
