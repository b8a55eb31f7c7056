"""A synthetic resident 検証の住民, who applies like anybody else and remembers what was acknowledged."""

import re
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from todoke.proving import service
from todoke.proving.browser import Browser, Page, Unanswered

NUMBER = re.compile(r'class="receipt-number"[^>]*>\s*([0-9A-Z-]+)')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
DRAFT = re.compile(r"/applications/([\w-]+)/")
CHARGE = re.compile(r'href="/payments/([\w-]+)/"')
MOVED, AWAY = 302, 503


class Unexpected(Exception):
    """The server answered something that a person should never see (想定外の応答)."""


@dataclass
class Resident:
    """Somebody with a canary of their own in everything they type."""

    canary: str
    browser: Browser
    draft: str = ""
    number: str = ""
    procedure: str = ""
    forgetful: bool = False
    patient: bool = False
    pages: list[Page] = field(default_factory=list)

    def look(self, page: Page, *expected: int) -> Page:
        """Keep a page that was shown, and insist on its status."""
        self.pages.append(page)
        if page.status == AWAY and self.patient:
            raise Unanswered(f"{page.status} {page.path}")
        if page.status not in (expected or (200,)):
            raise Unexpected(f"{page.status} {page.path}")
        return page

    def begin(self, procedure: str) -> None:
        """Open the service and begin an application."""
        self.procedure = procedure
        if not self.browser.token:
            self.look(self.browser.get(f"/procedures/{procedure}/start/"))
        page = self.look(self.browser.post(f"/procedures/{procedure}/application/", follow=False), MOVED)
        found = DRAFT.search(page.headers["location"])
        if found is None:
            raise Unexpected(page.headers["location"])
        self.draft = found.group(1)

    def answer(self) -> None:
        """Fill in every page; each press saves and leads to the next page."""
        for name, fields in service.answers(self.canary).items():
            path = f"/applications/{self.draft}/pages/{name}/answers/"
            self.look(self.browser.post(path, {**fields, "go": "next"}, follow=False), MOVED)

    def read_along(self) -> None:
        """Look at every page that was filled in, as a careful person does."""
        for name in service.PAGES:
            self.look(self.browser.get(f"/applications/{self.draft}/pages/{name}/"))
        self.look(self.browser.get(f"/applications/{self.draft}/check/"))

    def attach(self) -> None:
        """Attach the paper that carries the canary."""
        path = f"/applications/{self.draft}/pages/rest/answers/"
        fields = {**service.answers(self.canary)["rest"], "attach": "paper"}
        self.look(self.browser.upload(path, fields, "paper", ("書類.pdf", service.paper(self.canary))))

    def check_and_send(self) -> str:
        """Check and send; return the receipt number that the page shows."""
        page = self.look(self.browser.get(f"/applications/{self.draft}/check/"))
        seen = SEEN.search(page.text)
        return self.send(seen.group(1) if seen else "")

    def send(self, seen: str = "") -> str:
        """Press the button; return the receipt number that the page shows."""
        page = self.browser.post(f"/applications/{self.draft}/submission/", {"seen": seen})
        return self.read_receipt(self.look(page))

    def send_twice(self) -> str:
        """Double-click: both answers must show the same number."""
        double = Resident(self.canary, self.browser.twin(), draft=self.draft)
        wrong: list[Exception] = []

        def press() -> None:
            try:
                double.send()
            except (Unanswered, Unexpected) as problem:
                wrong.append(problem)

        second = threading.Thread(target=press)
        second.start()
        try:
            number = self.send()
        finally:
            second.join()
            double.browser.close()
        for problem in wrong:
            if isinstance(problem, Unexpected):
                raise problem
        if double.number and double.number != number:
            raise Unexpected(f"二度押しに別の受付番号 {number} {double.number}")
        return number

    def ask_again(self) -> str:
        """After a failure, do what a person does: open the application again, and send it if it was not sent.

        A ``forgetful`` resident lost the address and begins anew: the fault that retries without a key.
        """
        if self.forgetful:
            self.browser.token = ""
            self.begin(self.procedure)
            self.answer()
            return self.send()
        page = self.browser.get(f"/applications/{self.draft}/receipt/")
        return self.read_receipt(page) if page.status == 200 else self.send()

    def read_receipt(self, page: Page) -> str:
        """Return the number on a receipt page."""
        found = NUMBER.search(page.text)
        if found is None:
            raise Unexpected(f"受付番号のない応答 {page.status} {page.path}")
        self.number = found.group(1)
        return self.number

    def pay(self) -> str:
        """Pay the fee on the provider's page and come back; return the key of the payment."""
        charge = CHARGE.search(self.look(self.browser.get(f"/cases/{self.number}/")).text)
        if charge is None:
            raise Unexpected(f"納付の入口がない {self.number}")
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


__all__ = ["Resident", "Unanswered", "Unexpected"]
