"""Staff 検証の職員: a clerk who drafts, two chiefs who approve at the same moment, and somebody who imports."""

import contextlib
import queue
import re
import threading
import time
from collections.abc import Callable

from todoke.proving import service
from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.synthetic_users.clients import SETTLE_WITHIN, RunContext
from todoke.proving.synthetic_users.resident import AWAY, UnexpectedAnswer

PROPOSAL = re.compile(r'href="/office/proposals/([^/"]+)/"')
SHOWN = re.compile(r'name="seen"[^>]{0,200} value="([0-9a-f]{64})"')
RUN = re.compile(r"/office/imports/(\w+)/")
APPROVED = "承認しました。"


class StaffThread(threading.Thread):
    """A thread of one staff member, which ends with the run; unexpected responses are recorded."""

    def __init__(self, context: RunContext) -> None:
        super().__init__(daemon=True)
        self.context = context

    def run(self) -> None:
        try:
            self.work()
        except UnexpectedAnswer as problem:
            self.context.unexpected.append(str(problem))
        except Exception as problem:
            self.context.unexpected.append(f"{type(self).__name__} ended: {problem!r}")
            raise

    def work(self) -> None:
        """Act until the run is over."""
        raise NotImplementedError

    def sign_in(self, email: str) -> Browser:
        """Return a browser that is signed in as this user. Raises UnexpectedAnswer."""
        browser = Browser(self.context.port)

        def enter() -> FetchedPage:
            browser.get("/accounts/login/")
            return browser.post("/accounts/login/", {"login": email, "password": service.PASSWORD}, follow=False)

        page = self.retry_until_answered(enter)
        if page is None or page.status != 302:
            raise UnexpectedAnswer(f"{email}: 入れません {page.status if page else ''}")
        browser.token = browser.cookies["csrf"]
        return browser

    def retry_until_answered(self, act: Callable[[], FetchedPage]) -> FetchedPage | None:
        """Repeat a request until there is a response; None when none came in time. Raises UnexpectedAnswer."""
        deadline = time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            with contextlib.suppress(NoAnswer):
                page = act()
                if page.status >= 500 and page.status != AWAY:
                    raise UnexpectedAnswer(f"{page.status} {page.path}")
                if page.status != AWAY:
                    return page
            time.sleep(0.1)
        return None


class DeciderThread(StaffThread):
    """A clerk and two chiefs, each with a browser of their own."""

    def work(self) -> None:
        self.clerk = self.sign_in(service.CLERK)
        self.chiefs = [self.sign_in(email) for email in service.CHIEFS]
        while not (self.context.over.is_set() and self.context.to_decide.empty()):
            with contextlib.suppress(queue.Empty):
                self._decide(*self.context.to_decide.get(timeout=0.2))

    def _decide(self, number: str, paid: bool) -> None:
        case = f"/office/cases/{number}/"
        self.retry_until_answered(lambda: self.clerk.post(f"{case}review/", follow=False))
        form = {"outcome": "granted"} if paid else {"outcome": "refused", "reason": "手数料が納められていません。"}
        self.retry_until_answered(lambda: self.clerk.post(f"{case}proposal/", form, follow=False))
        page = self.retry_until_answered(lambda: self.clerk.get(case))
        found = PROPOSAL.search(page.text) if page else None
        if found is None:
            return
        proposal = f"/office/proposals/{found.group(1)}/"
        seen = [SHOWN.search(page.text) for page in self._each(lambda chief: chief.get(proposal))]
        if not all(seen):
            return
        words = {"seen": seen[0].group(1) if seen[0] else "", "opinion": ""}
        if any(APPROVED in page.text for page in self._each(lambda chief: chief.post(f"{proposal}approval/", words))):
            self.context.journal.write(what="approved", number=number, proposal=found.group(1))

    def _each(self, act: Callable[[Browser], FetchedPage]) -> list[FetchedPage]:
        """Let both chiefs act at the same moment; return their pages."""
        pages: list[FetchedPage] = []
        wrong: list[UnexpectedAnswer] = []
        together = threading.Barrier(len(self.chiefs))

        def one(chief: Browser) -> None:
            together.wait()
            try:
                page = self.retry_until_answered(lambda: act(chief))
            except UnexpectedAnswer as problem:
                wrong.append(problem)
            else:
                pages.extend([page] if page else [])

        threads = [threading.Thread(target=one, args=[chief]) for chief in self.chiefs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if wrong:
            raise wrong[0]
        return pages


class ImporterThread(StaffThread):
    """Imports one small file after another into the inventory."""

    def work(self) -> None:
        browser, count = self.sign_in(service.KEEPER), 0
        while not self.context.over.is_set():
            count += 1
            self._bring(browser, f"取込{count:03}")
            self.context.over.wait(1)

    def _bring(self, browser: Browser, canary: str) -> None:
        lines = ["手続ID,手続名", *(f"{canary}-{row},{canary}の手続{row}" for row in range(service.ROWS))]
        file = (f"{canary}.csv", "\n".join(lines).encode())
        self.retry_until_answered(lambda: browser.get("/office/imports/"))
        page = self.retry_until_answered(lambda: browser.upload("/office/imports/", {}, "file", file))
        run = RUN.search(page.path) if page else None
        if run is None:
            return
        path, deadline = f"/office/imports/{run.group(1)}/", time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            page = self.retry_until_answered(lambda: browser.get(path))
            if page and "取り込みました" in page.text:
                self.context.journal.write(what="imported", canary=canary, token=run.group(1))
                return
            if page and f"{path}writing/" in page.text:
                self.retry_until_answered(lambda: browser.post(f"{path}writing/", {"mode": "all"}, follow=False))
            time.sleep(0.3)
