"""Crash 障害の検証: residents apply while processes are killed; whatever was acknowledged must be there, once."""

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from todoke.jobs.models import LEASE
from todoke.proving.browser import Browser
from todoke.proving.installation import Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.resident import Resident, Unanswered, Unexpected

CLIENTS = 12
LONGEST_LIFE = 2.5
SHORTEST_LIFE = 0.15
SETTLE_WITHIN = 60.0
QUIET = 2 * LEASE.total_seconds()


class Journal:
    """What residents sent and what was acknowledged (控え), on disk before the next step."""

    def __init__(self, path: Path) -> None:
        self.file, self.lock, self.acknowledged = path.open("a"), threading.Lock(), 0

    def write(self, **facts: str) -> None:
        with self.lock:
            self.file.write(json.dumps(facts) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())
            self.acknowledged += facts["what"] == "acknowledged"


@dataclass
class Report:
    """What a run did and found (検証の結果)."""

    kills: int = 0
    acknowledged: int = 0
    longest_start: float = 0.0
    unexpected: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    mails: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.unexpected and not self.findings


class Client(threading.Thread):
    """One resident after another, on one connection; after a failure the same application is opened again."""

    def __init__(self, number: int, port: int, procedure: str, journal: Journal, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.procedure, self.journal, self.over = number, port, procedure, journal, over
        self.unexpected: list[str] = []

    def run(self) -> None:
        count = 0
        while not self.over.is_set():
            count += 1
            try:
                self._apply(f"k{self.number:02}x{count:05}")
            except Unanswered:
                time.sleep(0.05)
            except Unexpected as problem:
                self.unexpected.append(str(problem))

    def _apply(self, canary: str) -> None:
        resident = Resident(canary, Browser(self.port))
        resident.begin(self.procedure)
        resident.answer()
        if canary.endswith(("0", "5")):
            resident.attach()
        self.journal.write(what="sent", canary=canary, draft=resident.draft)
        number = self._until_answered(resident)
        if number:
            self.journal.write(what="acknowledged", canary=canary, draft=resident.draft, number=number)
        resident.browser.close()

    def _until_answered(self, resident: Resident) -> str:
        try:
            return resident.send()
        except Unanswered:
            deadline = time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            try:
                return resident.ask_again()
            except Unanswered:
                time.sleep(0.1)
        self.unexpected.append(f"{resident.canary}: {SETTLE_WITHIN:.0f}秒のあいだ応答がありません")
        return ""


@contextmanager
def _clients(port: int, procedure: str, journal: Journal) -> Iterator[list[Client]]:
    over = threading.Event()
    clients = [Client(number, port, procedure, journal, over) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield clients
    finally:
        over.set()
        for client in clients:
            client.join(SETTLE_WITHIN)


def run(*, database: str, kills: int, acknowledged: int, fault: str = "", seed: int = 0) -> Report:
    """Kill until both numbers are reached, let everything settle, then verify."""
    chance, sink, report = random.Random(seed), MailSink(), Report()  # noqa: S311 - which process dies next is no secret
    installation = Installation(database=database, fault=fault, mail_port=sink.port)
    try:
        installation.build()
        procedure = installation.manage("verify", "procedure").strip()
        journal = Journal(installation.folder / "journal.jsonl")
        report.longest_start = installation.start()
        with _clients(installation.port, procedure, journal) as clients:
            while report.kills < kills or journal.acknowledged < acknowledged:
                time.sleep(chance.uniform(SHORTEST_LIFE, LONGEST_LIFE))
                if report.kills < kills:
                    installation.kill(*chance.choice(VICTIMS))
                    report.kills += 1
                report.longest_start = max(report.longest_start, installation.start())
        report.unexpected = [problem for client in clients for problem in client.unexpected]
        _settle(sink, journal.acknowledged)
        report.acknowledged, report.mails = journal.acknowledged, len(sink.mails)
        report.findings = _findings(installation, sink)
    finally:
        installation.stop()
        sink.shutdown()
    return report


VICTIMS = [["server"], ["server"], ["worker"], ["server", "worker"], ["server", "worker", "database"], ["database"]]


def _settle(sink: MailSink, wanted: int) -> None:
    """Wait until the worker has carried every mail; a killed worker's job waits for its lease to run out."""
    seen, quiet_since = len(sink.mails), time.monotonic()
    while len(sink.mails) < wanted and time.monotonic() - quiet_since < QUIET:
        time.sleep(0.5)
        if len(sink.mails) > seen:
            seen, quiet_since = len(sink.mails), time.monotonic()


def _findings(installation: Installation, sink: MailSink) -> list[str]:
    mails = installation.folder / "mails.jsonl"
    lines = [json.dumps({"to": str(mail["To"]), "id": str(mail["Message-ID"])}) for mail in sink.mails]
    mails.write_text("\n".join(lines))
    installation.kill("server", "worker")
    told = installation.manage("verify", "store", str(installation.folder / "journal.jsonl"), str(mails))
    return [line for line in told.splitlines() if line]
