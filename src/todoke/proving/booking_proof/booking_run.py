"""Booking run 予約の検証の実行: residents, worker and database are killed again and again, then all is compared."""

import json
import random
import time
from dataclasses import dataclass, field

from todoke.proving.booking_proof.booking_acts import journal_file
from todoke.proving.installation import Installation
from todoke.proving.mail_sink import MailSink

PROCESSES, LONGEST_LIFE, MOMENT = 4, 8.0, 0.3
"""Processes of residents; seconds after which one is killed although little was done; longest wait before a kill."""
FAULT_WITHIN = 120.0
"""Seconds after which a program with a fault that answers nothing is judged."""


@dataclass
class BookingReport:
    """Counts of a run and the problems it found (検証の結果)."""

    kills: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BookingSettings:
    """Parameters of a run: how long, on which database, and which mutant is active."""

    database: str = "sqlite"
    kills: int = 20
    acts: int = 1000
    fault: str = ""
    seed: int = 0


def run(settings: BookingSettings) -> BookingReport:
    """Let residents act until both targets (kills, acts that were answered) are reached; return what was found."""
    began, report, sink = time.monotonic(), BookingReport(), MailSink()
    installation = Installation(database=settings.database, fault=settings.fault, mail_port=sink.port)
    try:
        installation.build()
        installation.manage_warm("verify", "booking-prepare")
        _harm(installation, report, settings)
        installation.kill("worker", *_residents())
        installation.manage_warm("verify", "booking-rest")
        arrived = [str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in sink.mails]
        (installation.folder / "arrived.json").write_text(json.dumps(arrived))
        found = json.loads(installation.manage_warm("verify", "booking-check"))
        report.counts, report.problems = {**found["counts"], "メール": len(arrived)}, found["problems"]
        if not report.counts["確定"]:
            report.problems.append("B0 確定した予約がなく、何も確かめていません")
    finally:
        installation.stop()
        sink.shutdown()
    report.seconds = time.monotonic() - began
    return report


def _residents() -> list[str]:
    return [f"residents{number}" for number in range(PROCESSES)]


def _harm(installation: Installation, report: BookingReport, settings: BookingSettings) -> None:
    """Kill until both targets are reached; a mutant that answers nothing ends after ``FAULT_WITHIN``."""
    chance, began = random.Random(settings.seed), time.monotonic()  # noqa: S311 - who dies is no secret
    victims = [*([name] for name in _residents()), ["worker"], ["worker", *_residents()]]
    victims += [["database"]] if installation.cluster else []
    _start(installation, settings.seed)
    while report.kills < settings.kills or _acts(installation) < settings.acts:
        if settings.fault and time.monotonic() - began > FAULT_WITHIN:
            break
        due = settings.acts * (report.kills + 1) // (settings.kills + 1)
        deadline = time.monotonic() + LONGEST_LIFE
        while _acts(installation) < due and time.monotonic() < deadline:
            time.sleep(0.02)
        if report.kills < settings.kills:
            time.sleep(chance.random() * MOMENT)
            installation.kill(*chance.choice(victims))
            report.kills += 1
        _start(installation, settings.seed + PROCESSES * report.kills)


def _start(installation: Installation, seed: int) -> None:
    """Start the database, the worker, and every process of residents that is not running."""
    if installation.cluster and not installation.cluster.is_running():
        installation.cluster.start()
    installation.start_workers()
    for number, name in enumerate(_residents()):
        installation.start_command(name, "verify", "booking-acts", str(seed + number))


def _acts(installation: Installation) -> int:
    """Return how many acts were answered."""
    journal = installation.folder / journal_file().name
    told = journal.read_bytes() if journal.exists() else b""
    return told.count(b"\n") - told.count(b'"what": "cut"')
