"""Point run ポイントの検証の実行: people and the database are killed again and again, then everything is compared."""

import json
import random
import time
from dataclasses import dataclass, field

from todoke.proving.installation import Installation

PROCESSES, LONGEST_LIFE, MOMENT = 4, 8.0, 0.3
"""Processes of people; seconds after which one is killed although little was done; longest wait before a kill."""
FAULT_WITHIN = 60.0
"""Seconds after which a program with a fault that answers nothing is judged."""


@dataclass
class PointReport:
    """Counts of a run and the problems it found (検証の結果)."""

    kills: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PointSettings:
    """Parameters of a run: how long, on which database, which mutant is active, and what ``prepare`` is told."""

    database: str = "sqlite"
    kills: int = 20
    acts: int = 2000
    fault: str = ""
    seed: int = 0
    size: tuple[str, ...] = ()


@dataclass(frozen=True)
class KilledPeople:
    """止められる人々: the commands of one proof, the journal of its acts, and what must have been done at all.

    ``heavy`` acts are few a second, so that a process lives longer before it is killed.
    """

    prefix: str
    journal: str
    done: str
    nothing: str
    heavy: bool = False


POINTS = KilledPeople("point", "points.journal", "精算", "P0 精算した店がなく、何も確かめていません")


def run(settings: PointSettings, of: KilledPeople = POINTS) -> PointReport:
    """Let people act until both targets (kills, acts) are reached; return what was found."""
    began, report = time.monotonic(), PointReport()
    installation = Installation(database=settings.database, fault=settings.fault)
    try:
        installation.build()
        installation.manage_warm("verify", f"{of.prefix}-prepare", *settings.size)
        _harm(installation, report, settings, of)
        installation.kill(*_people())
        found = json.loads(installation.manage_warm("verify", f"{of.prefix}-check"))
        report.counts, report.problems = found["counts"], found["problems"]
        if not report.counts[of.done]:
            report.problems.append(of.nothing)
    finally:
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _people() -> list[str]:
    return [f"people{number}" for number in range(PROCESSES)]


def _harm(installation: Installation, report: PointReport, settings: PointSettings, of: KilledPeople) -> None:
    """Kill until both targets are reached; a mutant that answers nothing ends after ``FAULT_WITHIN``."""
    chance, began = random.Random(settings.seed), time.monotonic()  # noqa: S311 - who dies is no secret
    victims = [*([name] for name in _people()), _people(), *([["database"]] if installation.cluster else [])]
    _start(installation, settings.seed, of)
    while report.kills < settings.kills or _acts(installation, of) < settings.acts:
        if settings.fault and time.monotonic() - began > FAULT_WITHIN:
            break
        due = settings.acts * (report.kills + 1) // (settings.kills + 1)
        deadline = time.monotonic() + LONGEST_LIFE * (3 if of.heavy else 1)
        while _acts(installation, of) < due and time.monotonic() < deadline:
            time.sleep(0.02)
        if report.kills < settings.kills:
            time.sleep(chance.random() * MOMENT)
            installation.kill(*chance.choice(victims))
            report.kills += 1
        _start(installation, settings.seed + PROCESSES * report.kills, of)


def _start(installation: Installation, seed: int, of: KilledPeople) -> None:
    """Start the database and every process of people that is not running."""
    if installation.cluster and not installation.cluster.is_running():
        installation.cluster.start()
    for number, name in enumerate(_people()):
        installation.start_command(name, "verify", f"{of.prefix}-acts", str(seed + number))


def _acts(installation: Installation, of: KilledPeople) -> int:
    """Return how many acts came to their end."""
    journal = installation.folder / of.journal
    return journal.read_bytes().count(b"\n") if journal.exists() else 0
