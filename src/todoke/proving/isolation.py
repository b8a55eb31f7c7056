"""Mixing 取り違えの検証: everybody carries a word of their own, and nothing that is given out shows another's.

Many residents act in the same moment over several processes, upload files of the same name, and come back for their
letters; the office prints, decides and exports meanwhile. The judge reads every byte that anybody is given.
"""

import contextlib
import csv
import io
import queue
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from todoke.proving import service
from todoke.proving.browser import Browser
from todoke.proving.installation import LEASE, Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.synthetic_users.clients import Journal, Scene
from todoke.proving.synthetic_users.resident import Resident, Unanswered, Unexpected
from todoke.proving.synthetic_users.staff import PROPOSAL, SHOWN, Worker

CANARY = re.compile(r"m\d{3}x\d{4}z")
LETTER = re.compile(r'href="(/cases/[^"]+/letters/[^"]+)"')
UPLOAD = re.compile(r'href="(/office/cases/[^"]+/uploads/[^"]+)"')
TOGETHER = 30.0
LETTERS_WITHIN, BETWEEN_LOOKS = 120.0, 3.0


@dataclass
class Judge:
    """Reads what people are given, counts it, and remembers whatever carries somebody else's word (判定)."""

    documents: Counter[str] = field(default_factory=Counter)
    mixed: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, kind: str, owner: str, text: str, *, own: bool = False) -> None:
        """Judge one document of an owner; with ``own`` the owner's word must be on it."""
        found = set(CANARY.findall(text))
        with self.lock:
            self.documents[kind] += 1
            if found - {owner}:
                self.mixed.append(f"{kind} {owner}: {sorted(found - {owner})[0]} が載っている")
            elif own and not found:
                self.mixed.append(f"{kind} {owner}: 本人の言葉がない")


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF, and its raw bytes for what is hidden in them."""
    try:
        words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    except PyPdfError:
        words = ""
    return re.sub(r"\s", "", words) + pdf.decode("latin-1")


@dataclass
class Meeting:
    """What everybody shares: the installation, the judge, the moment, and whom the office decides about."""

    scene: Scene
    judge: Judge
    rounds: int
    moment: threading.Barrier
    to_decide: "queue.Queue[Resident]" = field(default_factory=queue.Queue)

    def together(self) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            self.moment.wait(TOGETHER)


class Visitor(Worker):
    """One resident after another on the same device; odd numbers have an account and one session for all of them."""

    def __init__(self, number: int, meeting: Meeting) -> None:
        super().__init__(meeting.scene)
        self.number, self.meeting, self.judge = number, meeting, meeting.judge
        self.waiting: list[Resident] = []
        self.numbers: list[str] = []

    def work(self) -> None:
        account = self.number % 2 == 1
        browser = self.sign_in(service.account(self.number)) if account else Browser(self.scene.port)
        try:
            for count in range(self.meeting.rounds):
                with contextlib.suppress(Unanswered):
                    self._apply(f"m{self.number:03}x{count:04}z", browser, account=account)
                if not account:
                    browser = Browser(self.scene.port)
        finally:
            self.meeting.moment.abort()
        self._fetch_letters()

    def _apply(self, canary: str, browser: Browser, *, account: bool) -> None:
        resident = Resident(canary, browser)
        resident.begin(self.scene.procedure)
        resident.answer()
        self.meeting.together()
        resident.attach()
        resident.read_along()
        self.meeting.together()
        number = resident.send()
        self.judge.numbers[number] = canary
        self.numbers.append(number)
        page = resident.look(browser.get(f"/cases/{number}/"))
        resident.look(browser.get(f"/applications/{resident.draft}/"))
        resident.look(browser.get(f"/applications/{resident.draft}/pages/nowhere/"), 200, 404)
        for page in resident.pages:
            self.judge.read("画面", canary, page.text, own="/pages/" in page.path and page.status == 200)
        if account:
            self._look_at_my_page(canary, browser)
        if len(self.numbers) % 3 == 0:
            self.waiting.append(resident)
            self.meeting.to_decide.put(resident)

    def _look_at_my_page(self, canary: str, browser: Browser) -> None:
        page = browser.get("/me/")
        self.judge.read("マイページ", canary, "")
        foreign = set(re.findall(r"/cases/([0-9A-Z-]+)/", page.text)) - set(self.numbers)
        if foreign:
            self.judge.mixed.append(f"マイページ {canary}: 他人の受付番号 {sorted(foreign)[0]}")

    def _fetch_letters(self) -> None:
        """Look for every letter until it is there, or until none has come for a while."""
        deadline = time.monotonic() + LETTERS_WITHIN
        while self.waiting and time.monotonic() < deadline:
            for resident in list(self.waiting):
                with contextlib.suppress(Unanswered):
                    found = LETTER.search(resident.browser.get(f"/cases/{resident.number}/").text)
                    if found is not None:
                        letter = resident.browser.get(found.group(1))
                        self.judge.read("通知書", resident.canary, text_of(letter.body), own=True)
                        self.waiting.remove(resident)
                        deadline = time.monotonic() + LETTERS_WITHIN
            time.sleep(BETWEEN_LOOKS)


class Office(Worker):
    """A clerk and a chief who decide, look at the papers and take lists out."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.scene)
        self.meeting, self.judge = meeting, meeting.judge

    def work(self) -> None:
        clerk, chief = self.sign_in(service.CLERK), self.sign_in(service.CHIEFS[0])
        while not (self.scene.over.is_set() and self.meeting.to_decide.empty()):
            with contextlib.suppress(queue.Empty):
                resident = self.meeting.to_decide.get(timeout=0.2)
                try:
                    self._decide(resident, clerk, chief)
                except Unanswered:
                    self.meeting.to_decide.put(resident)
        self._export(clerk)

    def _decide(self, resident: Resident, clerk: Browser, chief: Browser) -> None:
        case = f"/office/cases/{resident.number}/"
        clerk.post(f"{case}review/", follow=False)
        clerk.post(f"{case}proposal/", {"outcome": "refused", "reason": f"{resident.canary}の理由"}, follow=False)
        page = clerk.get(case)
        self.judge.read("案件の画面", resident.canary, page.text, own=True)
        for address in UPLOAD.findall(page.text):
            self.judge.read("添付書類", resident.canary, clerk.get(address).body.decode("latin-1"), own=True)
        found = PROPOSAL.search(page.text)
        if found is None:
            raise Unexpected(f"起案がない {resident.number}")
        proposal = f"/office/proposals/{found.group(1)}/"
        sheet = chief.get(proposal)
        self.judge.read("起案の画面", resident.canary, sheet.text, own=True)
        seen = SHOWN.search(sheet.text)
        chief.post(f"{proposal}approval/", {"seen": seen.group(1) if seen else "", "opinion": ""}, follow=False)
        paper = chief.get(f"{proposal}document/")
        self.judge.read("決裁文書", resident.canary, text_of(paper.body), own=True)

    def _export(self, clerk: Browser) -> None:
        page = self.insist(lambda: clerk.get("/office/cases/export/?kind=csv&view=all"))
        if page is None:
            raise Unexpected("一覧を書き出せません")
        for row in csv.DictReader(io.StringIO(page.body.decode("utf-8-sig"))):
            owner = self.judge.numbers.get(row["受付番号"])
            if owner:
                self.judge.read("一覧の行", owner, "".join(row.values()), own=True)


@dataclass
class Report:
    """What a run did and found (検証の結果)."""

    judge: Judge
    seconds: float
    unexpected: list[str]
    missing: int

    @property
    def documents(self) -> int:
        return sum(self.judge.documents.values())

    @property
    def problems(self) -> list[str]:
        """Everything that speaks against the run; one in which nothing was given out has proved nothing."""
        late = [f"届かない通知書 {self.missing} 件"] if self.missing else []
        return [*self.unexpected, *self.judge.mixed, *late, *([] if self.documents else ["渡したものがありません"])]


def run(*, database: str = "sqlite", residents: int = 16, rounds: int = 4, fault: str = "") -> Report:
    """Let residents × rounds applications pass through everything at once, and judge all that was given out."""
    sink, judge, began = MailSink(), Judge(), time.monotonic()
    installation = Installation(database=database, fault=fault, mail_port=sink.port, workers=2)
    try:
        installation.build()
        procedure = installation.manage("verify", "procedure").strip()
        installation.start()
        scene = Scene(installation.port, procedure, Journal(installation.folder / "journal.jsonl"))
        meeting = Meeting(scene, judge, rounds, threading.Barrier(residents))
        visitors = [Visitor(number, meeting) for number in range(residents)]
        office = Office(meeting)
        for person in (*visitors, office):
            person.start()
        for visitor in visitors:
            visitor.join()
        scene.over.set()
        office.join()
        time.sleep(LEASE)
        _read_mails(sink, judge)
        missing = sum(len(visitor.waiting) for visitor in visitors)
        return Report(judge, time.monotonic() - began, scene.unexpected, missing)
    finally:
        installation.stop()
        sink.shutdown()


def _read_mails(sink: MailSink, judge: Judge) -> None:
    """Read every mail; the office's own mails name the cases that wait for it, residents' only their own."""
    residents = set(judge.numbers.values())
    for mail in list(sink.mails):
        owner = str(mail["To"]).partition("@")[0]
        body = mail.get_payload(decode=True)
        text = f"{mail['Subject']} {body.decode(errors='replace') if isinstance(body, bytes) else ''}"
        judge.read("メール", owner, text)
        foreign = [number for number, canary in judge.numbers.items() if canary != owner and number in text]
        if foreign and owner in residents:
            judge.mixed.append(f"メール {owner}: 他人の受付番号 {foreign[0]}")
