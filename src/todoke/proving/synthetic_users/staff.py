"""Staff 検証の職員: a clerk who drafts, two chiefs who press at the same moment, and somebody who imports."""

import contextlib
import queue
import re
import threading
import time
from collections.abc import Callable

from todoke.proving import service
from todoke.proving.browser import Browser, Page, Unanswered
from todoke.proving.synthetic_users.clients import SETTLE_WITHIN, Scene
from todoke.proving.synthetic_users.resident import AWAY, Unexpected

PROPOSAL = re.compile(r'href="/office/proposals/([^/"]+)/"')
SHOWN = re.compile(r'name="seen"[^>]* value="([0-9a-f]{64})"')
RUN = re.compile(r"/office/imports/(\w+)/")
APPROVED = "承認しました。"


class Worker(threading.Thread):
    """Somebody at a desk; whatever gets no answer is tried again until there is one."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(daemon=True)
        self.scene = scene

    def run(self) -> None:
        try:
            self.work()
        except Unexpected as problem:
            self.scene.unexpected.append(str(problem))

    def work(self) -> None:
        """Do what this person does until the run is over."""
        raise NotImplementedError

    def sign_in(self, email: str) -> Browser:
        browser = Browser(self.scene.port)

        def enter() -> Page:
            browser.get("/accounts/login/")
            return browser.post("/accounts/login/", {"login": email, "password": service.PASSWORD}, follow=False)

        page = self.insist(enter)
        if page is None or page.status != 302:
            raise Unexpected(f"{email}: 入れません {page.status if page else ''}")
        browser.token = browser.cookies["csrf"]
        return browser

    def insist(self, act: Callable[[], Page]) -> Page | None:
        """Repeat until there is an answer; None when none came in time."""
        deadline = time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            with contextlib.suppress(Unanswered):
                page = act()
                if page.status >= 500 and page.status != AWAY:
                    raise Unexpected(f"{page.status} {page.path}")
                if page.status != AWAY:
                    return page
            time.sleep(0.1)
        return None


class Deciders(Worker):
    """A clerk and two chiefs, each with a screen of their own."""

    def work(self) -> None:
        self.clerk = self.sign_in(service.CLERK)
        self.chiefs = [self.sign_in(email) for email in service.CHIEFS]
        while not (self.scene.over.is_set() and self.scene.to_decide.empty()):
            with contextlib.suppress(queue.Empty):
                self._decide(*self.scene.to_decide.get(timeout=0.2))

    def _decide(self, number: str, paid: bool) -> None:
        case = f"/office/cases/{number}/"
        self.insist(lambda: self.clerk.post(f"{case}review/", follow=False))
        wish = {"outcome": "granted"} if paid else {"outcome": "refused", "reason": "手数料が納められていません。"}
        self.insist(lambda: self.clerk.post(f"{case}proposal/", wish, follow=False))
        page = self.insist(lambda: self.clerk.get(case))
        found = PROPOSAL.search(page.text) if page else None
        if found is None:
            return
        proposal = f"/office/proposals/{found.group(1)}/"
        seen = [SHOWN.search(page.text) for page in self._each(lambda chief: chief.get(proposal))]
        if not all(seen):
            return
        words = {"seen": seen[0].group(1) if seen[0] else "", "opinion": ""}
        if any(APPROVED in page.text for page in self._each(lambda chief: chief.post(f"{proposal}approval/", words))):
            self.scene.journal.write(what="approved", number=number, proposal=found.group(1))

    def _each(self, act: Callable[[Browser], Page]) -> list[Page]:
        """Let both chiefs act at the same moment."""
        pages: list[Page] = []
        wrong: list[Unexpected] = []
        together = threading.Barrier(len(self.chiefs))

        def one(chief: Browser) -> None:
            together.wait()
            try:
                page = self.insist(lambda: act(chief))
            except Unexpected as problem:
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


class Importer(Worker):
    """Somebody who brings one small file after another into the inventory."""

    def work(self) -> None:
        browser, count = self.sign_in(service.KEEPER), 0
        while not self.scene.over.is_set():
            count += 1
            self._bring(browser, f"取込{count:03}")
            self.scene.over.wait(1)

    def _bring(self, browser: Browser, canary: str) -> None:
        lines = ["手続ID,手続名", *(f"{canary}-{row},{canary}の手続{row}" for row in range(service.ROWS))]
        file = (f"{canary}.csv", "\n".join(lines).encode())
        self.insist(lambda: browser.get("/office/imports/"))
        page = self.insist(lambda: browser.upload("/office/imports/", {}, "file", file))
        run = RUN.search(page.path) if page else None
        if run is None:
            return
        path, deadline = f"/office/imports/{run.group(1)}/", time.monotonic() + SETTLE_WITHIN
        while time.monotonic() < deadline:
            page = self.insist(lambda: browser.get(path))
            if page and "取り込みました" in page.text:
                self.scene.journal.write(what="imported", canary=canary, token=run.group(1))
                return
            if page and f"{path}writing/" in page.text:
                self.insist(lambda: browser.post(f"{path}writing/", {"mode": "all"}, follow=False))
            time.sleep(0.3)
