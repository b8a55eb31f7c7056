"""Crash 障害の検証: people apply, pay, decide and import while processes are killed; what was told stays, once."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from todoke.proving.crash_points import POINTS
from todoke.proving.installation import LEASE, Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.synthetic_users.clients import SETTLE_WITHIN, Applicant, Journal, Scene
from todoke.proving.synthetic_users.staff import Deciders, Importer

APPLICANTS = 10
LONGEST_LIFE, MOMENT = 8.0, (0.0, 0.3)
PASSES_WITHIN = 1.5
ARMED_AT_ONCE, WORTH = 5, 4
POINT_SHARE = 0.6
QUIET, FAULT_WITHIN = 3 * LEASE, 120.0
COLD_EVERY = 12
VICTIMS = [["server"], ["process"], ["process"], ["worker"], ["server", "worker"], ["database", "server", "worker"]]


@dataclass
class Report:
    """What a run did and found (検証の結果)."""

    kills: int = 0
    acknowledged: int = 0
    approved: int = 0
    paid: int = 0
    imported: int = 0
    seconds: float = 0.0
    longest_start: float = 0.0
    deaths: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    mails: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.unexpected and not self.findings


@dataclass(frozen=True)
class Wish:
    """How long a run goes on, on what, and with which planted fault."""

    database: str = "sqlite"
    kills: int = 60
    acknowledged: int = 3000
    fault: str = ""
    seed: int = 0
    victims: list[list[str]] = field(default_factory=list)
    points: tuple[str, ...] = ()
    attach_every: int = 6
    moment: tuple[float, float] = MOMENT
    applicants: int = APPLICANTS


@contextmanager
def _people(scene: Scene, count: int) -> Iterator[None]:
    applicants = [Applicant(number, scene) for number in range(count)]
    people: list[threading.Thread] = [*applicants, Deciders(scene), Importer(scene)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        scene.over.set()
        for person in people:
            person.join(SETTLE_WITHIN)


class _Reaper:
    """Decides who dies next: a whole group of processes, or whoever passes one of the points least met so far."""

    def __init__(self, installation: Installation, wish: Wish) -> None:
        self.installation, self.victims = installation, wish.victims or VICTIMS
        self.chance = random.Random(wish.seed)  # noqa: S311 - which process dies next is no secret
        self.points = list(wish.points or (() if wish.victims else POINTS))
        self.deaths, self.tried = Counter[str](), Counter[str]()

    def strike(self) -> str:
        """Kill somebody; return the point at which it happened, or who it was."""
        died = self._at_a_point() if self.points and self.chance.random() < POINT_SHARE else ""
        if not died:
            victims = self.chance.choice(self.victims)
            if not self.installation.cluster:
                victims = [name for name in victims if name != "database"]
            self.installation.kill(*victims)
            died = "+".join(victims)
        self.deaths[died] += 1
        return died

    def _at_a_point(self) -> str:
        self.chance.shuffle(self.points)
        armed = sorted(self.points, key=lambda name: WORTH * self.deaths[name] + self.tried[name])[:ARMED_AT_ONCE]
        self.tried.update(armed)
        return self.installation.die_at(armed, within=PASSES_WITHIN)


def run(wish: Wish) -> Report:
    """Kill until both numbers are reached, let everything settle, then verify."""
    sink, report, began = MailSink(), Report(), time.monotonic()
    installation = Installation(database=wish.database, fault=wish.fault, mail_port=sink.port)
    try:
        installation.build()
        procedure = installation.manage("verify", "procedure").strip()
        journal = Journal(installation.folder / "journal.jsonl")
        forgetful = wish.fault == "retry-without-key"
        scene = Scene(installation.port, procedure, journal, forgetful=forgetful, attach_every=wish.attach_every)
        report.longest_start = installation.start(cold=not wish.fault)
        with _people(scene, wish.applicants):
            _harm(installation, report, wish, scene)
        report.unexpected = scene.unexpected
        settle(installation, sink)
        report.acknowledged, report.mails = journal.acknowledged, len(sink.mails)
        report.approved, report.paid, report.imported = journal.approved, journal.paid, journal.imported
        report.findings = findings(installation, sink)
        report.seconds = time.monotonic() - began
    finally:
        installation.stop(keep=not (report.seconds and report.is_clean))
        sink.shutdown()
    return report


def _harm(installation: Installation, report: Report, wish: Wish, scene: Scene) -> None:
    """Kill until both numbers are reached; a planted fault that lets nobody through is not waited for."""
    reaper, journal, began = _Reaper(installation, wish), scene.journal, time.monotonic()
    while report.kills < wish.kills or journal.acknowledged < wish.acknowledged:
        if wish.fault and time.monotonic() - began > FAULT_WITHIN:
            break
        _live(wish, report, journal, reaper.chance)
        if report.kills < wish.kills:
            reaper.strike()
            report.kills += 1
        cold = report.kills % COLD_EVERY == 0
        report.longest_start = max(report.longest_start, installation.start(cold=cold))
    report.deaths = reaper.deaths


def _live(wish: Wish, report: Report, journal: Journal, chance: random.Random) -> None:
    """Let people work until it is time for the next kill; kills are spread evenly over what is acknowledged."""
    due = wish.acknowledged * (report.kills + 1) // (wish.kills + 1) if report.kills < wish.kills else wish.acknowledged
    deadline = time.monotonic() + LONGEST_LIFE
    while journal.acknowledged < due and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(chance.uniform(*wish.moment))


def settle(installation: Installation, sink: MailSink) -> None:
    """Wait until the worker has carried every mail; a killed worker's job waits for its lease to run out."""
    installation.start()
    seen, quiet_since = -1, time.monotonic()
    while time.monotonic() - quiet_since < QUIET:
        time.sleep(0.25)
        if len(sink.mails) > seen:
            seen, quiet_since = len(sink.mails), time.monotonic()


def findings(installation: Installation, sink: MailSink) -> list[str]:
    installation.kill("server", "worker")
    installation.manage("verify", "rest")
    mails = installation.folder / "mails.jsonl"
    lines = [json.dumps({"to": str(mail["To"]), "id": str(mail["Message-ID"])}) for mail in sink.mails]
    mails.write_text("\n".join(lines))
    told = installation.manage("verify", "store", str(installation.folder / "journal.jsonl"), str(mails))
    return [line for line in told.splitlines() if line]
