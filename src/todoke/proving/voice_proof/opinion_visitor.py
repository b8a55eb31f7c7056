"""Opinion visitor 意見を出す人: writes an opinion on a draft over HTTP, and looks at what is given out about it."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.synthetic_users.clients import SETTLE_WITHIN, RunContext
from todoke.proving.synthetic_users.resident import AWAY, UnexpectedAnswer
from todoke.proving.synthetic_users.staff import StaffThread

CALL = re.compile(r'href="/consultations/(\d{4}-\d+)/"')
TOKEN = re.compile(r'name="token" value="([\w-]+)"')
NUMBER = re.compile(r"\d{4}-\d{3,}-\d{5,}")
PAUSE, LOOKS = 0.1, 3
REFUSED = 422


def words_of(canary: str) -> str:
    """Return the words of an opinion; they carry the canary."""
    return f"{canary}は、駐輪場を増やしてほしいと思います。"


@dataclass
class Opinion:
    """One opinion of a guest. Methods raise UnexpectedAnswer, and NoAnswer without a response."""

    canary: str
    browser: Browser
    text: str = ""
    call: str = ""
    token: str = ""
    number: str = ""
    receipt: str = ""

    @property
    def fields(self) -> dict[str, str]:
        words = self.text or words_of(self.canary)
        return {"clause": "c01", "text": words, "mail": f"{self.canary}@proof.example", "token": self.token}

    def begin(self) -> None:
        """Open the call and its form. Raises UnexpectedAnswer."""
        found = CALL.search(self._look(self.browser.get("/consultations/")).text)
        if found is None:
            raise UnexpectedAnswer("募集中の意見募集がない")
        self.call = found[1]
        token = TOKEN.search(self._look(self.browser.get(f"/consultations/{self.call}/opinion/")).text)
        if token is None:
            raise UnexpectedAnswer("意見の画面に合言葉がない")
        self.token = token[1]

    def try_without_address(self) -> str:
        """Send with what is no mail address, and return the page that gives everything typed back."""
        typed = {**self.fields, "mail": f"{self.canary} no address"}
        return self._look(self.browser.post(f"/consultations/{self.call}/opinion/", typed), REFUSED).text

    def send(self) -> str:
        """Send, and return the number on the receipt; one opinion may be sent twice. Raises UnexpectedAnswer."""
        page = self._look(self.browser.post(f"/consultations/{self.call}/opinion/", self.fields))
        found = NUMBER.search(page.text)
        if found is None:
            raise UnexpectedAnswer(f"受付番号のない応答 {page.status} {page.path}")
        self.number, self.receipt = found[0], page.path
        return self.number

    @staticmethod
    def _look(page: FetchedPage, expected: int = 200) -> FetchedPage:
        if page.status == AWAY:
            raise NoAnswer(f"{page.status} {page.path}")
        if page.status != expected:
            raise UnexpectedAnswer(f"{page.status} {page.path}")
        return page


def looks(opinion: Opinion, together: Callable[[], None]) -> Iterator[str]:
    """Give an opinion when everybody does; yield what is given back of it and its receipt, some times over."""
    opinion.begin()
    for _ in range(LOOKS):
        together()
        yield opinion.try_without_address()
    together()
    opinion.send()


class OpinionThread(StaffThread):
    """Guests in sequence, each at an address of their own; without an answer the same opinion is sent again."""

    def __init__(self, number: int, context: RunContext) -> None:
        super().__init__(context)
        self.number = number

    def work(self) -> None:
        count = 0
        while not self.context.over.is_set():
            count += 1
            address = f"127.{30 + self.number}.{count // 200}.{count % 200 + 1}"
            opinion = Opinion(f"o{self.number:02}x{count:05}", Browser(self.context.port, address))
            if self._send(opinion):
                self.context.journal.write(what="opined", canary=opinion.canary, number=opinion.number)
            opinion.browser.close()
            self.context.over.wait(PAUSE)

    def _send(self, opinion: Opinion) -> bool:
        deadline = time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            with contextlib.suppress(NoAnswer):
                if not opinion.token:
                    opinion.begin()
                opinion.send()
                return True
            time.sleep(PAUSE)
        self.context.unexpected.append(f"{opinion.canary}: {SETTLE_WITHIN:.0f}秒のあいだ応答がありません")
        return False
