"""Private PostgreSQL cluster on loopback, for proofs and tests."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

GONE_WITHIN = 10.0
OUT_OF_CALLERS = (15_000, 32_000)
_CHANCE = random.SystemRandom()


class MissingProgram(Exception):
    """A program that a proof needs is not installed on this machine."""


def postgresql_programs() -> Path | None:
    """Return the bin folder of the newest PostgreSQL on this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def free_port() -> int:
    """Return a loopback port that is free now and lies outside the range for outgoing connections.

    A client that keeps calling a killed server's port could otherwise be given that very port.
    """
    while True:
        port = _CHANCE.randrange(*OUT_OF_CALLERS)
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


class Cluster:
    """One private cluster. ``durable`` keeps fsync on, as in production.

    ``forgetful`` delays the kernel's write-back by seconds, so that data reported before its fsync is lost in a crash.
    Raises MissingProgram without PostgreSQL.
    """

    def __init__(self, *, durable: bool = False, forgetful: bool = False) -> None:
        found = postgresql_programs()
        if found is None:
            raise MissingProgram("PostgreSQL")
        self.programs, self.port, self.durable, self.forgetful = found, free_port(), durable, forgetful
        self.folder = Path(tempfile.mkdtemp(prefix="todoke-pg-"))
        self.user: str | None = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.user = "postgres"

    @property
    def address(self) -> str:
        return f"postgresql://todoke@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        nowhere = subprocess.DEVNULL
        subprocess.run(  # noqa: S603 - our own cluster
            command, check=check, cwd=self.folder, stdout=nowhere, stderr=nowhere, user=self.user, group=self.user
        )

    def create(self, copied: Path | None = None) -> None:
        """Initialize the data folder, new or as a copy of ``copied``, and start the server."""
        if copied is None:
            quick = [] if self.durable else ["--no-sync"]
            self.run("initdb", "-U", "todoke", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", *quick)
        else:
            self._copy(copied, self.folder / "data")
        self.start()

    def copy_to(self, place: Path) -> None:
        """Copy the data folder of the stopped server, and start it again."""
        self.run("pg_ctl", "-m", "fast", "-w", "stop")
        self._copy(self.folder / "data", place)
        self.start()

    def load(self, dumped: Path) -> None:
        """Run what pg_dump wrote."""
        command = [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.address]
        nowhere = subprocess.DEVNULL
        with dumped.open() as script:
            subprocess.run(command, check=True, stdin=script, stdout=nowhere)  # noqa: S603 - our own cluster

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        subprocess.run(["cp", "-a", str(source), str(target)], check=True)  # noqa: S603, S607 - keeps owner and modes

    def start(self) -> None:
        """Start the server and wait until it accepts connections; after a kill it recovers first."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        if not self.durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        if self.forgetful:
            options += " -c wal_writer_delay=10s"
        self.run("pg_ctl", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")

    def is_running(self) -> bool:
        """Whether the cluster's port accepts connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """SIGKILL every process of the cluster at once, as a power cut does."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        killed = [pid, *map(int, children)]
        for process in killed:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + GONE_WITHIN
        while any(Path(f"/proc/{process}").exists() for process in killed) and time.monotonic() < deadline:
            time.sleep(0.02)

    def remove(self) -> None:
        """Stop immediately and delete the data folder."""
        self.run("pg_ctl", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
