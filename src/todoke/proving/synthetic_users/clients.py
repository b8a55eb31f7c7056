"""Clients 検証の利用者: residents who apply and pay one after another, and a journal of what was acknowledged."""

import json
import os
import queue
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from todoke.proving.browser import Browser
from todoke.proving.synthetic_users.resident import NoAnswer, Resident, UnexpectedAnswer

SETTLE_WITHIN = 60.0
TO_DECIDE = 40


class Journal:
    """JSON lines of what was sent and what was acknowledged (控え), synced to disk before the next step."""

    def __init__(self, path: Path) -> None:
        self.path, self.file, self.lock = path, path.open("a"), threading.Lock()
        self.acknowledged = self.approved = self.paid = self.imported = self.opined = 0

    def write(self, **facts: str) -> None:
        """Append one line and sync it."""
        with self.lock:
            self.file.write(json.dumps(facts) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())
            what = facts["what"]
            if hasattr(self, what):
                setattr(self, what, getattr(self, what) + 1)


@dataclass
class RunContext:
    """What the threads of a run share: port, procedure, journal, and the cases that wait for staff."""

    port: int
    procedure: str
    journal: Journal
    forgetful: bool = False
    attach_every: int = 6
    over: threading.Event = field(default_factory=threading.Event)
    to_decide: "queue.Queue[tuple[str, bool]]" = field(default_factory=lambda: queue.Queue(TO_DECIDE))
    unexpected: list[str] = field(default_factory=list)


class ApplicantThread(threading.Thread):
    """Residents in sequence; after a failure the same application is opened again."""

    def __init__(self, number: int, context: RunContext) -> None:
        super().__init__(daemon=True)
        self.number, self.context, self.count = number, context, 0
        self.browser = Browser(context.port)

    def run(self) -> None:
        while not self.context.over.is_set():
            self.count += 1
            if self.count % 7 == 0:
                self.browser.close()
                self.browser = Browser(self.context.port)
            try:
                self._apply(f"k{self.number:02}x{self.count:05}")
            except NoAnswer:
                time.sleep(0.05)
            except UnexpectedAnswer as problem:
                self.context.unexpected.append(str(problem))

    def _apply(self, canary: str) -> None:
        context, resident = self.context, Resident(canary, self.browser, forgetful=self.context.forgetful, patient=True)
        resident.begin(context.procedure)
        resident.answer()
        if self.count % context.attach_every == 0:
            resident.attach()
        context.journal.write(what="sent", canary=canary, draft=resident.draft)
        number = self._until_answered(resident)
        if not number:
            return
        context.journal.write(what="acknowledged", canary=canary, draft=resident.draft, number=number)
        if self.count % 8 == 0:
            self._pay(resident)

    def _pay(self, resident: Resident) -> None:
        key = resident.pay()
        if key:
            self.context.journal.write(what="paid", canary=resident.canary, number=resident.number, key=key)
        if not self.context.to_decide.full():
            self.context.to_decide.put((resident.number, bool(key)))

    def _until_answered(self, resident: Resident) -> str:
        try:
            if self.count % 5 == 0:
                return resident.send_twice()
            return resident.check_and_send() if self.count % 9 == 0 else resident.send()
        except NoAnswer:
            deadline = time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            try:
                return resident.ask_again()
            except NoAnswer:
                time.sleep(0.1)
        self.context.unexpected.append(f"{resident.canary}: {SETTLE_WITHIN:.0f}秒のあいだ応答がありません")
        return ""
