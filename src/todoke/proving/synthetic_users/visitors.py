"""Visitors 来訪者: residents who apply through an outage, and record numbers and answers handed back."""

import re
import threading
import time
from collections.abc import Callable

from todoke.proving.browser import Browser, FetchedPage
from todoke.proving.synthetic_users.clients import Journal
from todoke.proving.synthetic_users.resident import NoAnswer, Resident, UnexpectedAnswer

DEPOSIT = re.compile(r'class="receipt-number"[^>]{0,200}>\s*(預[0-9A-Z-]+)')
CANARY = re.compile(r"v\d{2,}x\d{5}")
SHOWN = "参照専用・"
PATIENCE = 300.0


class Gate:
    """待合せ: while it is closed, whoever comes to it waits there."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.waiting: set[int] = set()
        """Numbers of those who wait, or have waited."""
        self.open()

    def open(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.clear()

    def pass_through(self, number: int) -> None:
        """Return once it is open."""
        if not self._open.is_set():
            self.waiting.add(number)
            self._open.wait()


class OutageVisitor(threading.Thread):
    """Residents in sequence; in an outage the submission is deposited offline, every other step waits.

    At a closed gate those with an even number wait before they send, the others before they answer.
    """

    def __init__(
        self, number: int, port: int, procedure: str, journal: Journal, over: threading.Event, gate: Gate | None = None
    ) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.procedure, self.journal, self.over = number, port, procedure, journal, over
        self.gate = gate or Gate()
        self.findings: list[str] = []
        self.handed_back = self.deposited = self.seen = 0

    def run(self) -> None:
        count = 0
        while not self.over.is_set():
            count += 1
            resident = Resident(f"v{self.number:02}x{count:05}", Browser(self.port))
            try:
                self._apply(resident)
            except (NoAnswer, UnexpectedAnswer) as problem:
                self.findings.append(f"{resident.canary}: {problem}")
            self._look_for_others(resident)
            resident.browser.close()

    def _apply(self, resident: Resident) -> None:
        if not self._insist(resident, lambda: resident.begin(self.procedure), typed=False):
            return
        if self.number % 2:
            self.gate.pass_through(self.number)
        if not self._insist(resident, resident.answer, typed=True):
            return
        if int(resident.canary[-1]) % 3 == 0 and not self._insist(resident, resident.attach, typed=False):
            return
        self.journal.write(what="sent", canary=resident.canary, draft=resident.draft)
        if not self.number % 2:
            self.gate.pass_through(self.number)
        deadline = time.monotonic() + PATIENCE
        sent = False
        while time.monotonic() < deadline:
            try:
                number = resident.ask_again() if sent else resident.send()
                self._note("acknowledged", resident, number)
                return
            except NoAnswer:
                sent = True
            except UnexpectedAnswer as problem:
                if not self._is_outage(resident):
                    raise
                if number := self._deposit(resident):
                    self._note("deposited", resident, number)
                    return
                sent = "submission" not in str(problem)
            time.sleep(0.3)
        raise UnexpectedAnswer("最後まで送れません")

    def _look_for_others(self, resident: Resident) -> None:
        """Open every page once more and record canaries of other residents."""
        for page in resident.pages:
            self.seen += 1
            if others := set(CANARY.findall(page.text)) - {resident.canary}:
                self.findings.append(f"{resident.canary}: {page.path} に {'、'.join(sorted(others))} が見えた")

    def _note(self, what: str, resident: Resident, number: str) -> None:
        self.journal.write(what=what, canary=resident.canary, draft=resident.draft, number=number)
        self.deposited += what == "deposited"

    def _insist(self, resident: Resident, act: Callable[[], None], *, typed: bool) -> bool:
        """Repeat a step until it succeeds; False when the proof ended meanwhile."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                act()
            except NoAnswer:
                time.sleep(0.3)
            except UnexpectedAnswer:
                if not self._is_outage(resident):
                    raise
                if typed:
                    self._look_for_my_answers(resident.pages[-1], resident.canary)
                time.sleep(0.3)
            else:
                return True
            if self.over.is_set():
                return False
        raise UnexpectedAnswer("先へ進めません")

    def _is_outage(self, resident: Resident) -> bool:
        return bool(resident.pages) and resident.pages[-1].status == 503

    def _look_for_my_answers(self, page: FetchedPage, canary: str) -> None:
        if canary in page.text:
            self.handed_back += 1
        else:
            self.findings.append(f"{canary}: 入力が返されない 503 {page.path}")

    def _deposit(self, resident: Resident) -> str:
        path = f"/applications/{resident.draft}/submission/"
        page = resident.browser.post("/outage/deposit/", {"path": path, "typed.go": "1"})
        found = DEPOSIT.search(page.text)
        return found.group(1) if found and page.status == 200 else ""
