"""Outage drill 訓練: kill the database while people apply; pages must go on read-only, and nothing may be lost.

Some are about to send when it dies, some about to answer: at least one deposit and one page handed back are required.
Measures the seconds until pages are read-only and until they work again. On SQLite the operator's switch to read-only
mode is exercised instead.
"""

import re
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from todoke.japanese.calendar import JAPAN
from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.crash import violations, wait_for_mails
from todoke.proving.installation import Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.service import PASSWORD
from todoke.proving.streaming_replica import Replica, make_reader
from todoke.proving.synthetic_users.clients import Journal
from todoke.proving.synthetic_users.visitors import SHOWN, Gate, OutageVisitor

AS_OF = re.compile(r"参照専用・\d+/\d+/\d+ (\d+):(\d+)現在")
WITHIN = 60.0
BACK_WITHIN = 300.0
STALE_MINUTES = 15


@dataclass
class DrillReport:
    """Measurements of a drill (訓練の結果): seconds, minutes of staleness, counts, and problems found."""

    switch_seconds: float = 0.0
    back_seconds: float = 0.0
    stale_minutes: int = 0
    acknowledged: int = 0
    deposited: int = 0
    handed_back: int = 0
    problems: list[str] = field(default_factory=list)


def run(*, database: str, outage: float = 20.0, before: float = 8.0, visitors: int = 4) -> DrillReport:
    """Run one outage of ``outage`` seconds with ``visitors`` residents and return the report."""
    sink, report, over, gate = MailSink(), DrillReport(), threading.Event(), Gate()
    installation = Installation(database=database, mail_port=sink.port)
    replica: Replica | None = None
    try:
        installation.build()
        replica = start_replica(installation)
        procedure = installation.manage_warm("verify", "procedure").strip()
        installation.start(cold=True)
        journal = Journal(installation.folder / "journal.jsonl")
        staff = _staff(installation.port)
        people = _visitors(visitors, installation.port, procedure, journal, over, gate)
        _wait_for_applications(journal, visitors, before)
        _hold(gate, visitors, installation, replica)
        _outage(installation, replica, staff, gate, report, outage)
        time.sleep(before / 2)
        over.set()
        for person in people:
            person.join(120)
        installation.manage_warm("readonly", "replay")
        count(people, journal, report)
        wait_for_mails(installation, sink)
        report.problems += violations(installation, sink)
    finally:
        over.set()
        gate.open()
        installation.stop()
        if replica is not None:
            replica.remove()
        sink.shutdown()
    return report


def start_replica(installation: Installation) -> Replica | None:
    """Start a replica and point the installation's read-only mode at it; None on SQLite."""
    if installation.cluster is None:
        return None
    make_reader(installation.cluster)
    replica = Replica(installation.cluster)
    replica.start()
    installation.environment["TODOKE_STANDBY"] = replica.address
    return replica


def _visitors(wanted: int, *shared: Any) -> list[OutageVisitor]:
    """Return that many residents, who begin at once."""
    people = [OutageVisitor(number, *shared) for number in range(wanted)]
    list(map(OutageVisitor.start, people))
    return people


def _wait_for_applications(journal: Journal, wanted: int, seconds: float) -> None:
    """Wait ``seconds``, and until ``wanted`` applications are acknowledged."""
    began = time.monotonic()
    while time.monotonic() - began < seconds or journal.acknowledged < wanted:
        time.sleep(0.2)


def _hold(gate: Gate, visitors: int, installation: Installation, replica: Replica | None) -> None:
    """Let everybody come to the gate and the replica learn of their drafts. Raises TimeoutError."""
    gate.close()
    deadline = time.monotonic() + WITHIN
    while len(gate.waiting) < visitors:
        if time.monotonic() > deadline:
            raise TimeoutError(f"送信の手前に来たのは {len(gate.waiting)} 人です")
        time.sleep(0.1)
    primary = installation.cluster
    if replica is not None and primary is not None and not replica.follow(primary, within=WITHIN):
        raise TimeoutError("複製が追いつきません")


def _staff(port: int) -> Browser:
    """Return a browser signed in as the clerk of the section."""
    browser = Browser(port)
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": "clerk@proof.example", "password": PASSWORD})
    return browser


def _page(browser: Browser, path: str) -> FetchedPage | None:
    try:
        return browser.get(path)
    except NoAnswer:
        return None


def _until(port: int, *, shown: bool, within: float) -> float:
    """Wait until the first page is (``shown``) or is not read-only; return the seconds. Raises TimeoutError."""
    began, browser = time.monotonic(), Browser(port)
    while time.monotonic() - began < within:
        page = _page(browser, "/")
        if page is not None and page.status == 200 and (SHOWN in page.text) == shown:
            return time.monotonic() - began
        time.sleep(0.1)
    raise TimeoutError("参照専用になりません" if shown else "元に戻りません")


def _outage(
    installation: Installation, replica: Replica | None, staff: Browser, gate: Gate, report: DrillReport, seconds: float
) -> None:
    if replica is None:
        installation.manage("readonly", "on", "--reason", "訓練")
    else:
        installation.kill("database")
    report.switch_seconds = _until(installation.port, shown=True, within=WITHIN)
    gate.open()
    held = replica.row_counts() if replica else None
    _look(installation.port, staff, report)
    time.sleep(seconds)
    if replica is not None and replica.row_counts() != held:
        report.problems.append("参照専用のあいだに、複製の中身が変わった")
    began = time.monotonic()
    if replica is None:
        installation.manage("readonly", "off")
    installation.start(cold=True)
    _until(installation.port, shown=False, within=BACK_WITHIN)
    report.back_seconds = time.monotonic() - began


def _look(port: int, staff: Browser, report: DrillReport) -> None:
    """Check that pages open in read-only mode, and how old the data is that they state."""
    now = timezone.now().astimezone(JAPAN)
    for browser, path, wanted in (
        (Browser(port), "/procedures/", "検証のための手続"),
        (staff, "/office/cases/", "v00x"),
    ):
        page = _page(browser, path)
        found = AS_OF.search(page.text) if page else None
        if page is None or page.status != 200 or wanted not in page.text or found is None:
            report.problems.append(f"参照専用のあいだ {path} が開けない({page.status if page else '応答なし'})")
            continue
        report.stale_minutes = max(report.stale_minutes, _minutes(now, int(found[1]), int(found[2])))
    if report.stale_minutes > STALE_MINUTES:
        report.problems.append(f"{report.stale_minutes} 分前の内容を見せている")


def _minutes(now: datetime, hour: int, minute: int) -> int:
    return ((now.hour - hour) * 60 + now.minute - minute) % (24 * 60)


def count(people: list[OutageVisitor], journal: Journal, report: DrillReport) -> None:
    """Add what people met to the report; a drill in which nothing was deposited or handed back shows nothing."""
    report.acknowledged = journal.acknowledged
    for person in people:
        report.deposited += person.deposited
        report.handed_back += person.handed_back
        report.problems += person.findings
    if not report.deposited:
        report.problems.append("参照専用のあいだに、申請が一件も預けられていない")
    if not report.handed_back:
        report.problems.append("参照専用のあいだに、書きかけの入力が一度も返されていない")
