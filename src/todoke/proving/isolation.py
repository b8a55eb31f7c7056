"""Isolation proof 取り違えの検証: everybody types a canary of their own, and no output may show another's canary.

Many residents act at the same moment over several processes, upload files of the same name and fetch their letters;
the office prints, decides and exports meanwhile. Every byte given out is checked.
"""

import contextlib
import csv
import io
import queue
import re
import threading
import time
from dataclasses import dataclass, field
from functools import partial

from todoke.proving import service
from todoke.proving.booking_proof import booking_visitor
from todoke.proving.browser import Browser
from todoke.proving.installation import LEASE, Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.synthetic_users.clients import Journal, RunContext
from todoke.proving.synthetic_users.leak_detector import LeakDetector, pdf_text
from todoke.proving.synthetic_users.resident import NoAnswer, Resident, UnexpectedAnswer
from todoke.proving.synthetic_users.staff import PROPOSAL, SHOWN, StaffThread
from todoke.proving.voice_proof import opinion_visitor

LETTER = re.compile(r'href="(/cases/[^"]+/letters/[^"]+)"')
LINK = re.compile(r"/resume/[\w-]+/")
UPLOAD = re.compile(r'href="(/office/cases/[^"]+/uploads/[^"]+)"')
TOGETHER = 30.0
LETTERS_WITHIN, BETWEEN_LOOKS = 120.0, 3.0
MAILS_WITHIN, GONE = 60.0, 410


@dataclass
class SharedRun:
    """What the threads of a run share: installation, detector, barrier, and the queue of cases to decide."""

    context: RunContext
    detector: LeakDetector
    rounds: int
    moment: threading.Barrier
    to_decide: "queue.Queue[Resident]" = field(default_factory=queue.Queue)

    def wait_for_all(self) -> None:
        """Wait at the barrier until every resident is there, at most ``TOGETHER`` seconds."""
        with contextlib.suppress(threading.BrokenBarrierError):
            self.moment.wait(TOGETHER)


class ResidentThread(StaffThread):
    """Residents in sequence on one device; odd numbers have an account and one session for all of them."""

    def __init__(self, number: int, shared: SharedRun) -> None:
        super().__init__(shared.context)
        self.number, self.shared, self.detector = number, shared, shared.detector
        self.waiting: list[Resident] = []
        self.numbers: list[str] = []

    def work(self) -> None:
        account = self.number % 2 == 1
        browser = self.sign_in(service.account_email(self.number)) if account else Browser(self.context.port)
        try:
            for count in range(self.shared.rounds):
                with contextlib.suppress(NoAnswer):
                    self._apply(f"m{self.number:03}x{count:04}z", browser, account=account)
                if not account:
                    browser = Browser(self.context.port)
        finally:
            self.shared.moment.abort()
        self._fetch_letters()

    def _apply(self, canary: str, browser: Browser, *, account: bool) -> None:
        resident = Resident(canary, browser)
        resident.begin(self.context.procedure)
        resident.answer()
        self.shared.wait_for_all()
        resident.attach()
        resident.read_along()
        if self.number % 4 == 0:
            resident.mail_link()
        self.shared.wait_for_all()
        number = resident.send()
        if self.number % 4 == 0:
            self.detector.linked.add(canary)
        self.detector.numbers[number] = canary
        self.numbers.append(number)
        page = resident.look(browser.get(f"/cases/{number}/"))
        resident.look(browser.get(f"/applications/{resident.draft}/"))
        resident.look(browser.get(f"/applications/{resident.draft}/pages/nowhere/"), 200, 404)
        for page in resident.pages:
            self.detector.read("画面", canary, page.text, own="/pages/" in page.path and page.status == 200)
        if account:
            self._look_at_my_page(canary, browser)
        if len(self.numbers) == 1:
            self._book_visit(canary)
            self._write_opinion(canary)
        if len(self.numbers) % 3 == 0:
            self.waiting.append(resident)
            self.shared.to_decide.put(resident)

    def _book_visit(self, canary: str) -> None:
        """Book a visit as a guest at an address of one's own; its page and calendar carry its number and no other."""
        guest = Browser(self.context.port, f"127.0.1.{self.number + 1}")
        path, number = booking_visitor.book(guest, canary) or ("/visits/", "")
        self.detector.visits |= {number: canary} if number else {}
        for text in booking_visitor.looks(guest, path, self.shared.wait_for_all):
            self.detector.read("予約", canary, text)
            if number and set(booking_visitor.NUMBER.findall(text)) != {number}:
                self.detector.mixed.append(f"予約 {canary}: 自分の予約番号だけではない")

    def _write_opinion(self, canary: str) -> None:
        """Write an opinion as a guest at an address of one's own; what comes back carries own words and number."""
        opinion = opinion_visitor.Opinion(canary, Browser(self.context.port, f"127.0.2.{self.number + 1}"))
        for text in opinion_visitor.looks(opinion, self.shared.wait_for_all):
            self.detector.read("意見の書き直し", canary, text, own=True)
        self.detector.opinions[opinion.number] = canary
        receipt = opinion.browser.get(opinion.receipt).text
        self.detector.read("意見の受付", canary, receipt)
        if set(opinion_visitor.NUMBER.findall(receipt)) != {opinion.number}:
            self.detector.mixed.append(f"意見の受付 {canary}: 自分の受付番号だけではない")

    def _look_at_my_page(self, canary: str, browser: Browser) -> None:
        page = browser.get("/me/")
        self.detector.read("マイページ", canary, "")
        foreign = set(re.findall(r"/cases/([0-9A-Z-]+)/", page.text)) - set(self.numbers)
        if foreign:
            self.detector.mixed.append(f"マイページ {canary}: 他人の受付番号 {sorted(foreign)[0]}")

    def _fetch_letters(self) -> None:
        """Poll for every letter until it is there, or until none has come for ``LETTERS_WITHIN`` seconds."""
        deadline = time.monotonic() + LETTERS_WITHIN
        while self.waiting and time.monotonic() < deadline:
            for resident in list(self.waiting):
                with contextlib.suppress(NoAnswer):
                    found = LETTER.search(resident.browser.get(f"/cases/{resident.number}/").text)
                    if found is not None:
                        letter = resident.browser.get(found.group(1))
                        self.detector.read("通知書", resident.canary, pdf_text(letter.body), own=True)
                        self.waiting.remove(resident)
                        deadline = time.monotonic() + LETTERS_WITHIN
            time.sleep(BETWEEN_LOOKS)


class OfficeThread(StaffThread):
    """A clerk and a chief who decide, open the documents and export lists. Raises UnexpectedAnswer."""

    def __init__(self, shared: SharedRun) -> None:
        super().__init__(shared.context)
        self.shared, self.detector = shared, shared.detector

    def work(self) -> None:
        clerk, chief = self.sign_in(service.CLERK), self.sign_in(service.CHIEFS[0])
        while not (self.context.over.is_set() and self.shared.to_decide.empty()):
            with contextlib.suppress(queue.Empty):
                resident = self.shared.to_decide.get(timeout=0.2)
                try:
                    self._decide(resident, clerk, chief)
                except NoAnswer:
                    self.shared.to_decide.put(resident)
        self._open_visits(clerk)
        self._open_opinions(clerk)
        self._export(clerk)

    def _open_visits(self, clerk: Browser) -> None:
        for number, canary in self.detector.visits.items():
            page = self.retry_until_answered(partial(clerk.get, f"/office/bookings/{number}/"))
            self.detector.read("予約の受付", canary, page.text if page else "", own=True)

    def _open_opinions(self, clerk: Browser) -> None:
        for number, canary in self.detector.opinions.items():
            call, _, sequence = number.rpartition("-")
            path = f"/office/consultations/{call}/receipts/{int(sequence)}/"
            page = self.retry_until_answered(partial(clerk.get, path))
            self.detector.read("意見の受付の画面", canary, page.text if page else "", own=True)

    def _decide(self, resident: Resident, clerk: Browser, chief: Browser) -> None:
        case = f"/office/cases/{resident.number}/"
        clerk.post(f"{case}review/", follow=False)
        clerk.post(f"{case}proposal/", {"outcome": "refused", "reason": f"{resident.canary}の理由"}, follow=False)
        page = clerk.get(case)
        self.detector.read("案件の画面", resident.canary, page.text, own=True)
        for address in UPLOAD.findall(page.text):
            self.detector.read("添付書類", resident.canary, clerk.get(address).body.decode("latin-1"), own=True)
        found = PROPOSAL.search(page.text)
        if found is None:
            raise UnexpectedAnswer(f"起案がない {resident.number}")
        proposal = f"/office/proposals/{found.group(1)}/"
        sheet = chief.get(proposal)
        self.detector.read("起案の画面", resident.canary, sheet.text, own=True)
        seen = SHOWN.search(sheet.text)
        chief.post(f"{proposal}approval/", {"seen": seen.group(1) if seen else "", "opinion": ""}, follow=False)
        paper = chief.get(f"{proposal}document/")
        self.detector.read("決裁文書", resident.canary, pdf_text(paper.body), own=True)

    def _export(self, clerk: Browser) -> None:
        where = "/office/cases/export/?kind=csv&view=all"
        asked = self.retry_until_answered(lambda: clerk.get(where))
        page = self.retry_until_answered(lambda: clerk.post(where, {"phrase": "audit", "words": ""}))
        if asked is None or page is None or "受付番号" not in page.body.decode("utf-8-sig"):
            raise UnexpectedAnswer("一覧を書き出せません")
        for row in csv.DictReader(io.StringIO(page.body.decode("utf-8-sig"))):
            owner = self.detector.numbers.get(row["受付番号"])
            if owner:
                self.detector.read("一覧の行", owner, "".join(row.values()), own=True)


@dataclass
class IsolationReport:
    """Counts of an isolation run and the leaks it found (検証の結果)."""

    detector: LeakDetector
    seconds: float
    unexpected: list[str]
    missing: int

    @property
    def documents(self) -> int:
        return sum(self.detector.documents.values())

    @property
    def problems(self) -> list[str]:
        """All failures of the run; a run in which nothing was given out fails too."""
        late = [f"届かない通知書 {self.missing} 件"] if self.missing else []
        return [*self.unexpected, *self.detector.mixed, *late, *([] if self.documents else ["渡したものがありません"])]


def run(*, database: str = "sqlite", residents: int = 16, rounds: int = 4, fault: str = "") -> IsolationReport:
    """Run ``residents`` × ``rounds`` applications at once and check everything that was given out."""
    sink, detector, began = MailSink(), LeakDetector(), time.monotonic()
    installation = Installation(database=database, fault=fault, mail_port=sink.port, workers=2)
    try:
        installation.build()
        procedure = installation.manage_warm("verify", "procedure").strip()
        installation.start()
        context = RunContext(installation.port, procedure, Journal(installation.folder / "journal.jsonl"))
        shared = SharedRun(context, detector, rounds, threading.Barrier(residents))
        visitors = [ResidentThread(number, shared) for number in range(residents)]
        office = OfficeThread(shared)
        for person in (*visitors, office):
            person.start()
        for visitor in visitors:
            visitor.join()
        context.over.set()
        office.join()
        time.sleep(LEASE)
        _try_used_links(sink, detector, Browser(installation.port))
        _read_mails(sink, detector)
        missing = sum(len(visitor.waiting) for visitor in visitors)
        return IsolationReport(detector, time.monotonic() - began, context.unexpected, missing)
    finally:
        installation.stop()
        sink.shutdown()


def _read_mails(sink: MailSink, detector: LeakDetector) -> None:
    """Check every mail: staff mails may name any case, residents' mails only their own."""
    residents = set(detector.numbers.values())
    for mail in list(sink.mails):
        owner = str(mail["To"]).partition("@")[0]
        body = mail.get_payload(decode=True)
        text = f"{mail['Subject']} {body.decode(errors='replace') if isinstance(body, bytes) else ''}"
        detector.read("メール", owner, text)
        numbers = detector.numbers | detector.opinions
        foreign = [number for number, canary in numbers.items() if canary != owner and number in text]
        if foreign and owner in residents:
            detector.mixed.append(f"メール {owner}: 他人の受付番号 {foreign[0]}")


def _try_used_links(sink: MailSink, detector: LeakDetector, stranger: Browser) -> None:
    """Open and press each mailed link whose application was sent: its purpose is fulfilled, so nobody may get in."""
    stranger.get("/accounts/login/")
    links = _used_links(sink, detector.linked)
    for owner in sorted(detector.linked):
        if owner not in links:
            detector.mixed.append(f"使い終えたリンク {owner}: 届いていないので、確かめられない")
            continue
        detector.read("使い終えたリンク", owner, "")
        pages = (stranger.get(links[owner]), stranger.post(f"{links[owner]}continuation/", follow=False))
        if opened := [page.status for page in pages if page.status != GONE]:
            detector.mixed.append(f"使い終えたリンク {owner}: 送った後も開く({opened[0]})")


def _used_links(sink: MailSink, wanted: set[str]) -> dict[str, str]:
    """Wait for the mails with the links of these people; return the links that came, by canary."""
    found, deadline = dict[str, str](), time.monotonic() + MAILS_WITHIN
    while wanted - found.keys() and time.monotonic() < deadline:
        for mail in list(sink.mails):
            body = mail.get_payload(decode=True)
            link = LINK.search(body.decode(errors="replace")) if isinstance(body, bytes) else None
            if link is not None:
                found[str(mail["To"]).partition("@")[0]] = link.group(0)
        time.sleep(0.2)
    return found
