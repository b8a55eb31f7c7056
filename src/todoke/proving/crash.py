"""Crash proof 障害の検証: processes are killed while people act; each acknowledgement must survive exactly once."""

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
from todoke.proving.synthetic_users.clients import SETTLE_WITHIN, ApplicantThread, Journal, RunContext
from todoke.proving.synthetic_users.staff import DeciderThread, ImporterThread
from todoke.proving.voice_proof.opinion_visitor import OpinionThread

APPLICANTS, COMMENTERS = 10, 2
LONGEST_LIFE, MOMENT = 8.0, (0.0, 0.3)
PASSES_WITHIN = 1.5
ARMED_AT_ONCE, WORTH = 5, 4
POINT_SHARE = 0.6
QUIET, FAULT_WITHIN = 3 * LEASE, 120.0
COLD_EVERY = 12
VICTIMS = [["server"], ["process"], ["process"], ["worker"], ["server", "worker"], ["database", "server", "worker"]]


@dataclass
class CrashReport:
    """Counts of a crash run and the violations it found (検証の結果)."""

    kills: int = 0
    acknowledged: int = 0
    approved: int = 0
    paid: int = 0
    imported: int = 0
    opined: int = 0
    seconds: float = 0.0
    longest_start: float = 0.0
    deaths: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    mails: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.unexpected and not self.violations


@dataclass(frozen=True)
class CrashSettings:
    """Parameters of a crash run: how long, on which database, who is killed, and which mutant is active."""

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
def _people(context: RunContext, count: int) -> Iterator[None]:
    applicants = [ApplicantThread(number, context) for number in range(count)]
    commenters = [OpinionThread(number, context) for number in range(COMMENTERS)]
    people: list[threading.Thread] = [*applicants, *commenters, DeciderThread(context), ImporterThread(context)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        context.over.set()
        for person in people:
            person.join(SETTLE_WITHIN)


class _ProcessKiller:
    """Chooses the next victim: a process group, or the process that passes one of the least-hit crash points."""

    def __init__(self, installation: Installation, settings: CrashSettings) -> None:
        self.installation, self.victims = installation, settings.victims or VICTIMS
        self.chance = random.Random(settings.seed)  # noqa: S311 - which process dies next is no secret
        self.points = list(settings.points or (() if settings.victims else POINTS))
        self.deaths, self.tried = Counter[str](), Counter[str]()

    def kill_one(self) -> str:
        """Kill once; return the crash point or the names of the groups killed."""
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


def run(settings: CrashSettings) -> CrashReport:
    """Kill until both targets (kills, acknowledgements) are reached, then check the invariants; return the report."""
    sink, report, began = MailSink(), CrashReport(), time.monotonic()
    installation = Installation(database=settings.database, fault=settings.fault, mail_port=sink.port)
    try:
        installation.build()
        procedure = installation.manage_warm("verify", "procedure").strip()
        journal = Journal(installation.folder / "journal.jsonl")
        forgetful = settings.fault == "retry-without-key"
        context = RunContext(
            installation.port, procedure, journal, forgetful=forgetful, attach_every=settings.attach_every
        )
        report.longest_start = installation.start(cold=not settings.fault)
        with _people(context, settings.applicants):
            _harm(installation, report, settings, context)
        report.unexpected = context.unexpected
        wait_for_mails(installation, sink)
        report.acknowledged, report.mails = journal.acknowledged, len(sink.mails)
        report.approved, report.paid, report.imported = journal.approved, journal.paid, journal.imported
        report.opined = journal.opined
        report.violations = violations(installation, sink)
        report.seconds = time.monotonic() - began
    finally:
        installation.stop(keep=not (report.seconds and report.is_clean))
        sink.shutdown()
    return report


def _harm(installation: Installation, report: CrashReport, settings: CrashSettings, context: RunContext) -> None:
    """Kill until both targets are reached; a mutant that acknowledges nothing ends after ``FAULT_WITHIN``."""
    killer, journal, began = _ProcessKiller(installation, settings), context.journal, time.monotonic()
    while report.kills < settings.kills or journal.acknowledged < settings.acknowledged:
        if settings.fault and time.monotonic() - began > FAULT_WITHIN:
            break
        _live(settings, report, journal, killer.chance)
        if report.kills < settings.kills:
            killer.kill_one()
            report.kills += 1
        cold = report.kills % COLD_EVERY == 0
        report.longest_start = max(report.longest_start, installation.start(cold=cold))
    report.deaths = killer.deaths


def _live(settings: CrashSettings, report: CrashReport, journal: Journal, chance: random.Random) -> None:
    """Wait until the next kill is due; kills are spread evenly over the acknowledgements."""
    due = (
        settings.acknowledged * (report.kills + 1) // (settings.kills + 1)
        if report.kills < settings.kills
        else settings.acknowledged
    )
    deadline = time.monotonic() + LONGEST_LIFE
    while journal.acknowledged < due and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(chance.uniform(*settings.moment))


def wait_for_mails(installation: Installation, sink: MailSink) -> None:
    """Wait until the worker has sent every mail; the job of a killed worker waits for its lease to expire."""
    installation.start()
    seen, quiet_since = -1, time.monotonic()
    while time.monotonic() - quiet_since < QUIET:
        time.sleep(0.25)
        if len(sink.mails) > seen:
            seen, quiet_since = len(sink.mails), time.monotonic()


def violations(installation: Installation, sink: MailSink) -> list[str]:
    """Return the violations of the invariants in the stored data, one sentence each."""
    installation.kill("server", "worker")
    installation.manage_warm("verify", "rest")
    mails = installation.folder / "mails.jsonl"
    lines = [json.dumps({"to": str(mail["To"]), "id": str(mail["Message-ID"])}) for mail in sink.mails]
    mails.write_text("\n".join(lines))
    told = installation.manage_warm("verify", "store", str(installation.folder / "journal.jsonl"), str(mails))
    return [line for line in told.splitlines() if line]
