"""Publication proof 公開の検証: drafts rest on every page and are continued while the form is published anew.

Two checks: each person's browser (``applicant``), and the stored answers compared with what was typed (``drafts``).
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from todoke.proving.browser import Browser, NoAnswer
from todoke.proving.form_versions import PAGES, changes_of
from todoke.proving.installation import Installation
from todoke.proving.synthetic_users.applicant import PAGE, Applicant

CLIENTS = 12
SENDER = 10
BEGUN_WITHIN = 3600.0


@dataclass
class PublicationReport:
    """Counts of a publication run and the answers lost or changed (検証の結果)."""

    drafts: int = 0
    publications: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    visits: int = 0
    sent: int = 0
    handed_back: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)


class PublicationSchedule:
    """Publications are due after a number of visits, so that each version meets people at work."""

    def __init__(self, parties: int) -> None:
        self.all_begun = threading.Barrier(parties)
        self.over, self.lock, self.visits = threading.Event(), threading.Lock(), 0

    def tick(self) -> None:
        """Count one visit."""
        with self.lock:
            self.visits += 1

    def wait_for(self, visits: int, threads: "list[DraftThread]") -> None:
        """Wait until so many visits were counted, or no thread is alive."""
        while self.visits < visits and any(person.is_alive() for person in threads):
            time.sleep(0.05)


class DraftThread(threading.Thread):
    """A thread that continues the drafts of several people in random order until the last publication."""

    def __init__(self, people: list[Applicant], procedure: str, schedule: PublicationSchedule) -> None:
        super().__init__(daemon=True)
        self.people, self.procedure, self.schedule = people, procedure, schedule

    def run(self) -> None:
        for person in self.people:
            pages = int(person.canary[1:]) % (PAGES + 1)
            self._try(person, partial(Applicant.begin, procedure=self.procedure, pages=pages))
        self.schedule.all_begun.wait(BEGUN_WITHIN)
        chance = random.Random(len(self.people))  # noqa: S311 - who comes back next is no secret
        while not self.schedule.over.is_set():
            person = chance.choice(self.people)
            sends = int(person.canary[1:]) % SENDER == PAGES and chance.random() < 0.5
            self._try(person, Applicant.send if sends and not person.number else Applicant.come_back)
            self.schedule.tick()
        for person in self.people:
            if not person.number:
                self._try(person, Applicant.look_over)

    @staticmethod
    def _try(person: Applicant, act: Callable[[Applicant], object]) -> None:
        try:
            act(person)
        except NoAnswer as silence:
            person.problems.append(f"{person.canary}: 応答なし {silence}")
        finally:
            person.browser.close()


def run(*, database: str, drafts: int, publications: int, fault: str = "", seed: int = 0) -> PublicationReport:
    """Begin ``drafts``, publish while they are continued, then compare stored answers with typed ones."""
    report = PublicationReport(drafts, publications, changes_of(seed, publications + 1))
    installation = Installation(database=database, fault=fault)
    try:
        installation.build()
        procedure = installation.manage_warm("verify", "edition", str(seed), "1").strip()
        installation.start(worker=False)
        people = [Applicant(f"k{number:05}", Browser(installation.port), seed) for number in range(drafts)]
        began = time.monotonic()
        _work(installation, people, procedure, report, seed)
        report.seconds = time.monotonic() - began
        report.visits = sum(person.visits for person in people)
        report.sent = sum(bool(person.number) for person in people)
        report.handed_back = sum(len(person.told) for person in people)
        seen = [problem for person in people for problem in person.problems]
        report.findings = [*seen, *_stored(installation, people)]
    finally:
        installation.stop()
    return report


def _work(
    installation: Installation, people: list[Applicant], procedure: str, report: PublicationReport, seed: int
) -> None:
    clients = min(CLIENTS, len(people))
    schedule = PublicationSchedule(clients + 1)
    threads = [DraftThread(people[number::clients], procedure, schedule) for number in range(clients)]
    for thread in threads:
        thread.start()
    schedule.all_begun.wait(BEGUN_WITHIN)
    report.places = dict(sorted(Counter(_place(person) for person in people).items()))
    stride = max(1, len(people) // report.publications)
    for number in range(1, report.publications + 1):
        schedule.wait_for(number * stride, threads)
        installation.manage_warm("verify", "edition", str(seed), str(number + 1))
    schedule.wait_for(schedule.visits + stride, threads)
    schedule.over.set()
    for thread in threads:
        thread.join()


def _place(person: Applicant) -> str:
    """Return the id of the page on which a draft rests."""
    found = PAGE.search(person.here.path) if person.here else None
    return found.group(2) if found else "check"


def _stored(installation: Installation, people: list[Applicant]) -> list[str]:
    journal = installation.folder / "journal.jsonl"
    lines = [
        json.dumps({"draft": person.draft, "number": person.number, "typed": sorted(person.sent)}) for person in people
    ]
    journal.write_text("\n".join(lines))
    installation.kill("server")
    told = installation.manage_warm("verify", "drafts", str(journal))
    return [line for line in told.split("\n") if line]
