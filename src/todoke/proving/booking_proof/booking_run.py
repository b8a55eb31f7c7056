"""Booking run 予約の検証の実行: processes of residents are killed again and again, then everything is compared."""

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field

from todoke.proving.installation import Installation

PROCESSES, LIVES = 4, 1.5
"""How many processes act at once, and how long one lives at least, in seconds."""


@dataclass
class BookingReport:
    """Counts of a run and the problems it found (検証の結果)."""

    kills: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def run(*, database: str = "sqlite", kills: int = 20, fault: str = "", seed: int = 0) -> BookingReport:
    """Let residents act under kills; return what they did and what was found."""
    began, report = time.monotonic(), BookingReport()
    chance = random.Random(seed)  # noqa: S311 - which process dies is no secret
    installation = Installation(database=database, fault="")
    try:
        installation.build()
        installation.manage("verify", "booking-prepare")
        acting = [_start(installation, seed + number, fault) for number in range(PROCESSES)]
        while report.kills < kills:
            place = chance.randrange(PROCESSES)
            _await_acts(acting[place])
            time.sleep(LIVES + chance.random())
            acting[place].kill()
            acting[place].wait()
            report.kills += 1
            acting[place] = _start(installation, seed + PROCESSES + report.kills, fault)
        for each in acting:
            _await_acts(each)
        time.sleep(LIVES)
        for each in acting:
            each.kill()
            each.wait()
        found = json.loads(installation.manage("verify", "booking-check", "--fault", fault))
        report.counts, report.problems = found["counts"], found["problems"]
        if not report.counts["確定"]:
            report.problems.append("B0 確定した予約がなく、何も確かめていません")
    finally:
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _start(installation: Installation, seed: int, fault: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "todoke", "verify", "booking-acts", str(seed), "--fault", fault]
    with (installation.folder / "acts.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            command, env=installation.environment, stdout=subprocess.PIPE, stderr=log
        )


def _await_acts(acting: "subprocess.Popen[bytes]") -> None:
    """Wait until a process of residents says that it acts; one that died says nothing more."""
    if acting.stdout is not None and not acting.stdout.closed:
        acting.stdout.readline()
        acting.stdout.close()
