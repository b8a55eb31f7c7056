"""Synthetic resident 検証の住民: applies and pays over HTTP like anybody else."""

import re
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from todoke.proving import service
from todoke.proving.browser import Browser, FetchedPage, NoAnswer

NUMBER = re.compile(r'class="receipt-number"[^>]{0,200}>\s*([0-9A-Z-]+)')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
DRAFT = re.compile(r"/applications/([\w-]+)/")
CHARGE = re.compile(r'href="/payments/([\w-]+)/"')
MOVED, AWAY = 302, 503


class UnexpectedAnswer(Exception):
    """A response that a person must never see (想定外の応答)."""


@dataclass
class Resident:
    """A resident with a canary in every typed text. Methods raise UnexpectedAnswer, and NoAnswer without a response."""

    canary: str
    browser: Browser
    draft: str = ""
    number: str = ""
    procedure: str = ""
    forgetful: bool = False
    patient: bool = False
    pages: list[FetchedPage] = field(default_factory=list)

    def look(self, page: FetchedPage, *expected: int) -> FetchedPage:
        """Record a page and check its status. Raises UnexpectedAnswer, NoAnswer for a patient user during an outage."""
        self.pages.append(page)
        if page.status == AWAY and self.patient:
            raise NoAnswer(f"{page.status} {page.path}")
        if page.status not in (expected or (200,)):
            raise UnexpectedAnswer(f"{page.status} {page.path}")
        return page

    def begin(self, procedure: str) -> None:
        """Open the service and begin an application. Raises UnexpectedAnswer."""
        self.procedure = procedure
        if not self.browser.token:
            self.look(self.browser.get(f"/procedures/{procedure}/start/"))
        page = self.look(self.browser.post(f"/procedures/{procedure}/application/", follow=False), MOVED)
        found = DRAFT.search(page.headers["location"])
        if found is None:
            raise UnexpectedAnswer(page.headers["location"])
        self.draft = found.group(1)

    def answer(self) -> None:
        """Fill in every page; each submit saves and leads to the next page."""
        for name, fields in service.resident_answers(self.canary).items():
            path = f"/applications/{self.draft}/pages/{name}/answers/"
            self.look(self.browser.post(path, {**fields, "go": "next"}, follow=False), MOVED)

    def read_along(self) -> None:
        """Open every filled-in page again."""
        for name in service.PAGES:
            self.look(self.browser.get(f"/applications/{self.draft}/pages/{name}/"))
        self.look(self.browser.get(f"/applications/{self.draft}/check/"))

    def attach(self) -> None:
        """Upload the file that carries the canary."""
        path = f"/applications/{self.draft}/pages/rest/answers/"
        fields = {**service.resident_answers(self.canary)["rest"], "attach": "paper"}
        self.look(self.browser.upload(path, fields, "paper", ("書類.pdf", service.sample_pdf(self.canary))))

    def mail_link(self) -> None:
        """Have the link to go on mailed to the resident's own address."""
        self.look(self.browser.post(f"/applications/{self.draft}/link/", {"email": f"{self.canary}@example.jp"}))

    def check_and_send(self) -> str:
        """Open the check page and send; return the receipt number."""
        page = self.look(self.browser.get(f"/applications/{self.draft}/check/"))
        seen = SEEN.search(page.text)
        return self.send(seen.group(1) if seen else "")

    def send(self, seen: str = "") -> str:
        """Send; return the receipt number that the page shows."""
        page = self.browser.post(f"/applications/{self.draft}/submission/", {"seen": seen})
        return self.read_receipt(self.look(page))

    def send_twice(self) -> str:
        """Send twice at once; both responses must show the same number. Raises UnexpectedAnswer."""
        double = Resident(self.canary, self.browser.clone(), draft=self.draft)
        wrong: list[Exception] = []

        def send() -> None:
            try:
                double.send()
            except (NoAnswer, UnexpectedAnswer) as problem:
                wrong.append(problem)

        second = threading.Thread(target=send)
        second.start()
        try:
            number = self.send()
        finally:
            second.join()
            double.browser.close()
        for problem in wrong:
            if isinstance(problem, UnexpectedAnswer):
                raise problem
        if double.number and double.number != number:
            raise UnexpectedAnswer(f"二度押しに別の受付番号 {number} {double.number}")
        return number

    def ask_again(self) -> str:
        """After a failure, open the application again and send it if it was not sent; return the number.

        A ``forgetful`` resident begins a new application instead: the mutant that retries without a key.
        """
        if self.forgetful:
            self.browser.token = ""
            self.begin(self.procedure)
            self.answer()
            return self.send()
        page = self.browser.get(f"/applications/{self.draft}/receipt/")
        return self.read_receipt(page) if page.status == 200 else self.send()

    def read_receipt(self, page: FetchedPage) -> str:
        """Return the number on a receipt page. Raises UnexpectedAnswer."""
        found = NUMBER.search(page.text)
        if found is None:
            raise UnexpectedAnswer(f"受付番号のない応答 {page.status} {page.path}")
        self.number = found.group(1)
        return self.number

    def pay(self) -> str:
        """Pay the fee on the provider's page; return the key of the payment. Raises UnexpectedAnswer."""
        charge = CHARGE.search(self.look(self.browser.get(f"/cases/{self.number}/")).text)
        if charge is None:
            raise UnexpectedAnswer(f"納付の入口がない {self.number}")
        path = f"/payments/{charge.group(1)}/"
        page = self.look(self.browser.post(f"{path}attempt/", {"method": "card"}, follow=False), MOVED)
        place = urlsplit(page.headers["location"])
        if not place.port or place.port == self.browser.port:
            return ""
        provider = Browser(place.port)
        provider.post(place.path, {"outcome": "captured"}, follow=False)
        provider.close()
        self.look(self.browser.get(f"{path}return/"))
        return place.path.rsplit("/", 1)[-1]


__all__ = ["NoAnswer", "Resident", "UnexpectedAnswer"]
