"""A synthetic resident 検証の住民, who applies like anybody else and remembers what was acknowledged."""

import re
from dataclasses import dataclass, field

from todoke.proving import service
from todoke.proving.browser import Browser, Page, Unanswered

NUMBER = re.compile(r'class="receipt-number"[^>]*>\s*([0-9A-Z-]+)')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
DRAFT = re.compile(r"/applications/([\w-]+)/")


class Unexpected(Exception):
    """The server answered something that a person should never see (想定外の応答)."""


@dataclass
class Resident:
    """Somebody with a canary of their own in everything they type."""

    canary: str
    browser: Browser
    draft: str = ""
    number: str = ""
    pages: list[Page] = field(default_factory=list)

    def look(self, page: Page, *expected: int) -> Page:
        """Keep a page that was shown, and insist on its status."""
        self.pages.append(page)
        if page.status not in (expected or (200,)):
            raise Unexpected(f"{page.status} {page.path}")
        return page

    def begin(self, procedure: str) -> None:
        """Open the service and begin an application."""
        self.look(self.browser.get(f"/procedures/{procedure}/start/"))
        page = self.look(self.browser.post(f"/procedures/{procedure}/application/"))
        found = DRAFT.search(page.path)
        if found is None:
            raise Unexpected(page.path)
        self.draft = found.group(1)

    def answer(self) -> None:
        """Fill in every page; each press saves and leads to the next page."""
        for name, fields in service.answers(self.canary).items():
            self.look(self.browser.post(f"/applications/{self.draft}/pages/{name}/answers/", {**fields, "go": "next"}))

    def attach(self) -> None:
        """Attach the paper that carries the canary."""
        path = f"/applications/{self.draft}/pages/rest/answers/"
        fields = {**service.answers(self.canary)["rest"], "attach": "paper"}
        self.look(self.browser.upload(path, fields, "paper", ("書類.pdf", service.paper(self.canary))))

    def send(self) -> str:
        """Check and send; return the receipt number that the page shows."""
        page = self.look(self.browser.get(f"/applications/{self.draft}/check/"))
        seen = SEEN.search(page.text)
        fields = {"seen": seen.group(1)} if seen else {}
        return self.read_receipt(self.look(self.browser.post(f"/applications/{self.draft}/submission/", fields)))

    def ask_again(self) -> str:
        """After a failure, do what a person does: open the application again, and send it if it was not sent."""
        page = self.browser.get(f"/applications/{self.draft}/receipt/")
        return self.read_receipt(page) if page.status == 200 else self.send()

    def read_receipt(self, page: Page) -> str:
        """Return the number on a receipt page."""
        found = NUMBER.search(page.text)
        if found is None:
            raise Unexpected(f"受付番号のない応答 {page.status} {page.path}")
        self.number = found.group(1)
        return self.number


__all__ = ["Resident", "Unanswered", "Unexpected"]
