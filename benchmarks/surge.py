"""Surge and soak 混雑: S1 to S6 of the reliability targets, against a server started as in production.

./todoke bench surge                              everything on both databases, at most eight minutes
./todoke bench surge --database sqlite --only capacity half S4 --seconds 10
./todoke bench surge --only soak --seconds 3600   one hour at 30 % of S2; longest page and memory of each fifth

The driver is open-loop and runs on the same machine. Results go to benchmarks/results/surge-<database>.md.
"""

import argparse
import asyncio
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import process_usage, surge_runs
from benchmarks.surge_server import Installation

ROOT = Path(__file__).resolve().parents[1]

RESULTS = ROOT / "benchmarks" / "results"


@dataclass
class Surge:
    """An installation that runs, and what is asked of it."""

    installation: Installation
    seconds: float
    procedure: str = ""
    with_paper: str = ""
    capacity: float = 0.0
    cases: int = 0
    filled: bool = False
    started: float = 0.0
    spent: dict[str, float] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return self.installation.port

    def ward(self, *words: str) -> str:
        """Do something inside the installation."""
        return self.installation.do("-m", "benchmarks", "surge_data", *words)

    def families(self) -> dict[str, list[int]]:
        """The processes of each part; the worker is the server's first child."""
        first = self.installation.running["server"].pid
        worker = process_usage.family(min(process_usage.children(first)))
        found = {"server": [pid for pid in process_usage.family(first) if pid not in worker], "worker": worker}
        if cluster := self.installation.cluster:
            postmaster = int((cluster.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            found["database"] = process_usage.family(postmaster)
        return found

    def used(self) -> dict[str, float]:
        parts = {name: process_usage.processor(pids) for name, pids in self.families().items()}
        busy, stolen = process_usage.steal()
        return {**parts, "driver": time.process_time(), "machine": busy, "stolen": stolen, "clock": time.monotonic()}

    def memory(self) -> dict[str, float]:
        return {name: process_usage.memory(pids) for name, pids in self.families().items()}


@contextmanager
def running_surge(database: str, seconds: float, cases: int) -> Iterator[Surge]:
    here = Surge(Installation(database), seconds, cases=cases)
    try:
        here.installation.do("-m", "todoke", "migrate", "--verbosity", "0")
        here.procedure, here.with_paper = here.ward("build").split()
        here.started = here.installation.start()
        yield here
    finally:
        here.installation.close()


def heading(database: str, here: Surge) -> list[str]:
    names = " ".join(f"{name} {version(name)}" for name in ("django", "granian", "psycopg"))
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [
        f"# Surge, {database}",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.stdout.strip()}, {os.cpu_count()} cores, "
        f"{platform.platform()}, Python {platform.python_version()}, {names}. Load before: {os.getloadavg()[0]:.1f}.",
        "",
        "Method: `./todoke serve` (granian) with two processes of four working threads, one worker forked from it, "
        + ("PostgreSQL with fsync and synchronous_commit on" if database == "postgresql" else "SQLite in WAL with FULL")
        + ", and the driver, all on this machine. A journey is 14 requests: search, guide, start, three pages of "
        "fourteen questions (each read and saved), check, send, receipt, status; static files are not counted. "
        "Residents arrive at random and do not wait for one another (capacity: a fixed number is always busy). Times "
        "are what a resident waits, redirects and retries included. Processor time is read from /proc.",
        "",
        f"Cold start to the first page: {here.started:.1f} s.",
        "",
        "| run | load | completed | wrong | told to wait | page p50 / p95 / p99 | send to receipt p95 / p99 | CPU ms a "
        "journey: server + database + worker | driver |",
        "|---|---|---|---|---|---|---|---|---|",
    ]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    options.add_argument("--only", nargs="*", default=[], help=", ".join(surge_runs.SCENES))
    options.add_argument("--seconds", type=float, default=12, help="length of a run")
    options.add_argument("--cases", type=int, default=100_000, help="applications on record in S6")
    options.add_argument("--capacity", type=float, default=0, help="journeys a second, when it is known already")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = chosen.only or [name for name in surge_runs.SCENES if name != "soak"]
    databases = ["sqlite", "postgresql"] if chosen.database == "both" else [chosen.database]
    for database in databases:
        with running_surge(database, chosen.seconds, chosen.cases) as here:
            here.capacity = chosen.capacity
            lines = heading(database, here)
            print("\n".join(lines), flush=True)
            for name in names:
                for line in asyncio.run(surge_runs.SCENES[name](here)):
                    lines.append(line)
                    print(line, flush=True)
            lines += ["", surge_runs.memory_line(here)]
            print(lines[-1], flush=True)
        RESULTS.mkdir(exist_ok=True)
        rows = [line for line in lines if line.startswith("|")]
        notes = [line for line in lines if not line.startswith("|")]
        place = notes.index("", 7) if "" in notes[7:] else len(notes)
        text = "\n".join([*notes[:place], "", *rows, *notes[place:]])
        (RESULTS / f"surge-{database}.md").write_text(text + "\n")


if __name__ == "__main__":
    main()
