"""Publications 公開の検証: live drafts on every page, visited by their owners while the form is published anew.

Two judges: each person's browser (``applicant``), and the store compared with what was typed (``drafts``).
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from todoke.proving.browser import Browser, Unanswered
from todoke.proving.form_versions import PAGES, changes_of
from todoke.proving.installation import Installation
from todoke.proving.synthetic_users.applicant import PAGE, Applicant

CLIENTS = 12
SENDER = 10
BEGUN_WITHIN = 3600.0


@dataclass
class Report:
    """What a run did and found (検証の結果)."""

    drafts: int = 0
    publications: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    visits: int = 0
    sent: int = 0
    handed_back: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)


class Clock:
    """When the next publication is due: after so many visits, so that every edition meets people at work."""

    def __init__(self, parties: int) -> None:
        self.all_begun = threading.Barrier(parties)
        self.over, self.lock, self.visits = threading.Event(), threading.Lock(), 0

    def tick(self) -> None:
        with self.lock:
            self.visits += 1

    def wait_for(self, visits: int, hall: "list[Hall]") -> None:
        while self.visits < visits and any(thread.is_alive() for thread in hall):
            time.sleep(0.05)


class Hall(threading.Thread):
    """People who share a thread; one after another goes on with the application until the last publication."""

    def __init__(self, people: list[Applicant], procedure: str, clock: Clock) -> None:
        super().__init__(daemon=True)
        self.people, self.procedure, self.clock = people, procedure, clock

    def run(self) -> None:
        for person in self.people:
            pages = int(person.canary[1:]) % (PAGES + 1)
            self._try(person, partial(Applicant.begin, procedure=self.procedure, pages=pages))
        self.clock.all_begun.wait(BEGUN_WITHIN)
        chance = random.Random(len(self.people))  # noqa: S311 - who comes back next is no secret
        while not self.clock.over.is_set():
            person = chance.choice(self.people)
            sends = int(person.canary[1:]) % SENDER == PAGES and chance.random() < 0.5
            self._try(person, Applicant.send if sends and not person.number else Applicant.come_back)
            self.clock.tick()
        for person in self.people:
            if not person.number:
                self._try(person, Applicant.look_over)

    @staticmethod
    def _try(person: Applicant, act: Callable[[Applicant], object]) -> None:
        try:
            act(person)
        except Unanswered as silence:
            person.problems.append(f"{person.canary}: 応答なし {silence}")
        finally:
            person.browser.close()


def run(*, database: str, drafts: int, publications: int, fault: str = "", seed: int = 0) -> Report:
    """Let people begin, publish while they go on, then compare what they typed with what there is."""
    report = Report(drafts, publications, changes_of(seed, publications + 1))
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


def _work(installation: Installation, people: list[Applicant], procedure: str, report: Report, seed: int) -> None:
    clients = min(CLIENTS, len(people))
    clock = Clock(clients + 1)
    halls = [Hall(people[number::clients], procedure, clock) for number in range(clients)]
    for hall in halls:
        hall.start()
    clock.all_begun.wait(BEGUN_WITHIN)
    report.places = dict(sorted(Counter(_place(person) for person in people).items()))
    stride = max(1, len(people) // report.publications)
    for number in range(1, report.publications + 1):
        clock.wait_for(number * stride, halls)
        installation.manage_warm("verify", "edition", str(seed), str(number + 1))
    clock.wait_for(clock.visits + stride, halls)
    clock.over.set()
    for hall in halls:
        hall.join()


def _place(person: Applicant) -> str:
    """Name the page on which an application rests."""
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
