"""Speech run 文字起こしの検証の実行: workers are killed while they hear recordings, then everything is compared."""

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

from todoke.proving.installation import Installation
from todoke.proving.killed_people.proof import PeopleReport

AT_ONCE = 4
"""Recordings that are ordered together; the first of a run is written down alone, without a kill."""
LONGEST_LIFE = 1.5
"""Longest wait before a kill, in seconds; with a real engine, the seconds of a chunk are a better one."""
ENDED_WITHIN = 1_800.0
LOOKED_EVERY = 0.2


@dataclass(frozen=True)
class SpeechSettings:
    """Parameters of a run: on which database, how many kills, which engine hears which recording, and which mutant."""

    database: str = "sqlite"
    kills: int = 20
    transcriber: str = "rehearsal"
    recording: Path | None = None
    life: float = LONGEST_LIFE
    fault: str = ""
    seed: int = 0


def run(settings: SpeechSettings) -> PeopleReport:
    """Kill workers until so many were killed and all recordings are written down; return what was found."""
    began, report = time.monotonic(), PeopleReport()
    installation = Installation(database=settings.database, fault=settings.fault, workers=2)
    installation.environment["TODOKE_TRANSCRIBER"] = settings.transcriber
    try:
        installation.build()
        _request(installation, settings, 1)
        _wait(installation)
        report.kills = _harm(installation, settings)
        _wait(installation)
        installation.kill(*installation.workers)
        found = json.loads(installation.manage_warm("verify", "speech-check", str(report.kills)))
        report.counts, report.problems = found["counts"], found["problems"]
    finally:
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _harm(installation: Installation, settings: SpeechSettings) -> int:
    """Kill one worker, or on PostgreSQL the database too, while recordings are in hand; return how often a worker."""
    chance, done = random.Random(settings.seed), 0  # noqa: S311 - who dies is no secret
    victims = [[name] for name in installation.workers]
    if installation.cluster:
        victims += [[name, "database"] for name in installation.workers]
    while done < settings.kills:
        if not _in_hand(installation):
            _request(installation, settings, 1 if settings.recording else AT_ONCE)
        installation.start_workers()
        time.sleep(chance.random() * settings.life)
        installation.kill(*chance.choice(victims))
        done += 1
        if installation.cluster and not installation.cluster.is_running():
            installation.cluster.start()
    return done


def _wait(installation: Installation) -> None:
    """Let workers go on until nothing is in hand."""
    deadline = time.monotonic() + ENDED_WITHIN
    while _in_hand(installation) and time.monotonic() < deadline:
        installation.start_workers()
        time.sleep(LOOKED_EVERY)


def _request(installation: Installation, settings: SpeechSettings, number: int) -> None:
    words = [str(settings.recording)] if settings.recording else []
    installation.manage_warm("verify", "speech-request", str(number), *words)


def _in_hand(installation: Installation) -> bool:
    return installation.manage_warm("verify", "speech-state").strip() != "0"
