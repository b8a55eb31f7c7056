"""Proof of captures 二重の引落しの検証: people pay while notices come late, twice or never, and press again and again.

The provider loses answers to what it did, and tells some payments as failed that it captures after all. A clerk tries
to take cash meanwhile. Every capture is matched with what was owed, and with what was told to whom.
"""

import contextlib
import json
import random
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from todoke.proving import service
from todoke.proving.browser import Browser, NoAnswer
from todoke.proving.installation import Installation
from todoke.proving.synthetic_users.clients import Journal, RunContext
from todoke.proving.synthetic_users.staff import StaffThread

LATE = 1.0
FAULTS = {"late": 0.3, "late_seconds": LATE, "lost": 0.3, "doubled": 0.3, "unanswered": 0.15, "crossed": 0.1}
AT_ONCE = 8
PRESSES = 4
METHODS = ("card", "code")
Owed = list[tuple[str, str]]


@dataclass
class CaptureReport:
    """Counts of a run and the problems it found (検証の結果)."""

    residents: int
    presses: int = 0
    captures: int = 0
    doubles: int = 0
    cash_tries: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


class PayerThread(threading.Thread):
    """People in sequence who pay, hear nothing or something, and press again, by another method now and then."""

    def __init__(self, port: int, owed: Owed, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.owed, self.presses = port, owed, 0
        self.chance = random.Random(seed)  # noqa: S311 - what people press is repeated from a seed

    def run(self) -> None:
        for _, token in self.owed:
            method = self.chance.choice(METHODS)
            for _ in range(PRESSES):
                with contextlib.suppress(NoAnswer):
                    self._choose_method(f"/payments/{token}/", method)
                if self.chance.random() < 0.3:
                    method = self.chance.choice(METHODS)

    def _choose_method(self, page: str, method: str) -> None:
        """Press the button, pay on the provider's page, and come back or not."""
        self.presses += 1
        browser = Browser(self.port)
        browser.get(page)
        place = urlsplit(browser.post(f"{page}attempt/", {"method": method}, follow=False).headers.get("location", ""))
        if place.port and place.port != self.port and self.chance.random() < 0.8:
            provider = Browser(place.port)
            try:
                provider.post(place.path, {"outcome": "captured"}, follow=False)
            finally:
                provider.close()
        if self.chance.random() < 0.5:
            browser.get(f"{page}return/")
        browser.close()


class CashThread(StaffThread):
    """A clerk who takes cash for fees that are being paid online, without a confirmation."""

    def __init__(self, context: RunContext, owed: Owed) -> None:
        super().__init__(context)
        self.owed, self.tries = owed, 0

    def work(self) -> None:
        clerk = self.sign_in(service.CLERK)
        while not self.context.over.is_set():
            for number, _ in self.owed[::5]:
                self.tries += 1
                with contextlib.suppress(NoAnswer):
                    page, till = f"/office/cases/{number}/", {"method": "cash", "reference": f"till-{self.tries}"}
                    clerk.post(f"{page}payment/", till, follow=False)


def run(*, database: str = "sqlite", residents: int = 200, fault: str = "", seed: int = 0) -> CaptureReport:
    """Let ``residents`` people pay over two processes, then match every capture; return the report."""
    began, report = time.monotonic(), CaptureReport(residents)
    installation = Installation(database=database, fault=fault)
    try:
        installation.build()
        installation.start()
        lines = installation.manage_warm("verify", "owed", str(residents)).split()
        owed = list(zip(lines[::2], lines[1::2], strict=True))
        _provider(installation, "faults", FAULTS)
        _pay_all(installation, owed, report, seed)
        time.sleep(LATE * 2 + 1)
        _provider(installation, "faults", {})
        installation.manage_warm("verify", "outcomes")
        book = _provider(installation, "book")
        kept = installation.folder / "book.json"
        kept.write_text(json.dumps(book))
        report.captures = len(book["captured"])
        report.doubles = report.captures - len(set(book["captured"].values()))
        report.problems += installation.manage_warm("verify", "captures", str(kept)).splitlines()
    finally:
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _pay_all(installation: Installation, owed: Owed, report: CaptureReport, seed: int) -> None:
    context = RunContext(installation.port, "", Journal(installation.folder / "journal.jsonl"))
    payers = [PayerThread(installation.port, owed[place::AT_ONCE], seed + place) for place in range(AT_ONCE)]
    second_tabs = [PayerThread(installation.port, owed[place::AT_ONCE], seed - place - 1) for place in range(AT_ONCE)]
    clerk = CashThread(context, owed)
    everybody: list[threading.Thread] = [clerk, *payers, *second_tabs]
    for person in everybody:
        person.start()
    for payer in (*payers, *second_tabs):
        payer.join()
        report.presses += payer.presses
    context.over.set()
    clerk.join()
    report.cash_tries = clerk.tries
    report.problems += context.unexpected


def _provider(installation: Installation, path: str, data: dict[str, float] | None = None) -> dict[str, dict[str, str]]:
    """Speak to the payment simulator."""
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{installation.money}/{path}", data=body)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
        found: dict[str, dict[str, str]] = json.load(answer)
        return found
