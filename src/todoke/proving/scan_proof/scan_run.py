"""Scan run 読取りの検証の実行: people and the database are killed again and again, then everything is compared."""

import json
import time
from dataclasses import dataclass, field

from todoke.proving.installation import Installation
from todoke.proving.killed_people import KilledPeople
from todoke.proving.scan_proof.scan_acts import journal_file


@dataclass
class ScanReport:
    """Counts of a run and the problems it found (検証の結果)."""

    kills: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ScanSettings:
    """Parameters of a run: how long, on which database, and which mutant is active."""

    database: str = "sqlite"
    kills: int = 20
    acts: int = 1500
    fault: str = ""
    seed: int = 0


def run(settings: ScanSettings) -> ScanReport:
    """Let people act until both targets (kills, acts) are reached; return what was found."""
    began, report = time.monotonic(), ScanReport()
    installation = Installation(database=settings.database, fault=settings.fault)
    people = KilledPeople(installation, "scan-acts", journal_file().name)
    try:
        installation.build()
        installation.manage_warm("verify", "scan-prepare")
        report.kills = people.harm(settings.kills, settings.acts, seed=settings.seed, fault=settings.fault)
        people.end()
        found = json.loads(installation.manage_warm("verify", "scan-check"))
        report.counts, report.problems = found["counts"], found["problems"]
        if not report.counts["案件"]:
            report.problems.append("S0 受け付けた案件がなく、何も確かめていません")
    finally:
        installation.stop()
    report.seconds = time.monotonic() - began
    return report
