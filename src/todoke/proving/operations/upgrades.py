"""Upgrade proof 入替えの検証: drafts rest on every page and are continued while the installation is upgraded.

First a release whose migration fails, then one that works; the old one must serve again after the first, refuse to
start after the second, and every answer must be there at the end.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.form_versions import PAGES
from todoke.proving.installation import Installation
from todoke.proving.operations.planted_release import plant
from todoke.proving.synthetic_users.applicant import PAGE, Applicant

CLIENTS = 4
SERVES_WITHIN = 120.0
PROXIED = {"X-Forwarded-Proto": "https"}


@dataclass
class UpgradeReport:
    """Counts of an upgrade under load and what was lost (検証の結果)."""

    drafts: int = 0
    places: dict[str, int] = field(default_factory=dict)
    visits: int = 0
    turned_away: int = 0
    called_off_seconds: float = 0.0
    upgrade_seconds: float = 0.0
    closed_seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what was done, in Japanese."""
        return [
            f"記入中の申請 {self.drafts:,} 件(はじめの場所 {self.places})",
            f"入れ替えの間の記入 {self.visits:,} 回、待つように言われた {self.turned_away:,} 回",
            f"失敗する移行を取りやめるまで {self.called_off_seconds:.1f} 秒、入れ替え {self.upgrade_seconds:.1f} 秒、"
            f"だれも保存できなかったいちばん長い間 {self.closed_seconds:.1f} 秒",
        ]


class PatientApplicant(Applicant):
    """A person who comes again when the page says that nothing can be written now."""

    turned_away = 0

    def see(self, page: FetchedPage) -> FetchedPage:
        """Return the page; count one that is closed for the upgrade. Raises NoAnswer for it."""
        if page.status == 503:
            self.turned_away += 1
            raise NoAnswer("入れ替え中")
        return super().see(page)


class ConcurrentApplicants:
    """People who go on with their drafts until told to stop; knows when somebody last could not write."""

    def __init__(self, people: list[PatientApplicant]) -> None:
        self.people, self.over = people, threading.Event()
        self.saved_at, self.longest, self.lock = time.monotonic(), 0.0, threading.Lock()
        self.threads = [
            threading.Thread(target=self._work, args=[people[number::CLIENTS], number], daemon=True)
            for number in range(min(CLIENTS, len(people)))
        ]

    def start(self) -> None:
        self.saved_at = time.monotonic()
        for thread in self.threads:
            thread.start()

    def _work(self, people: list[PatientApplicant], number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - who comes back next is no secret
        while not self.over.is_set():
            person = chance.choice(people)
            try:
                person.come_back()
                self._saved()
            except NoAnswer:
                time.sleep(0.2)
            finally:
                person.browser.close()

    def _saved(self) -> None:
        """Note that an answer was saved; the longest time without one is how long people could not write."""
        with self.lock:
            now = time.monotonic()
            self.longest, self.saved_at = max(self.longest, now - self.saved_at), now

    def wait_for_a_save(self) -> None:
        """Wait until somebody saves again. Raises TimeoutError."""
        began = time.monotonic()
        while self.saved_at < began:
            if time.monotonic() - began > SERVES_WITHIN:
                raise TimeoutError("だれも保存できません")
            time.sleep(0.1)

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


def run(*, database: str, drafts: int, source: Path | None = None) -> UpgradeReport:
    """Upgrade an installation while ``drafts`` people apply, from the release in ``source`` or from this one."""
    report = UpgradeReport(drafts)
    installation = Installation(database=database, source=source)
    releases = Path(tempfile.mkdtemp(prefix="todoke-releases-"))
    try:
        applicants = _begin(installation, drafts, report)
        applicants.start()
        report.called_off_seconds = _call_off(installation, plant(releases / "broken", "fail"), applicants, report)
        applicants.longest = 0.0
        newer = plant(releases / "newer", "expand")
        report.upgrade_seconds = _upgrade(installation, newer, applicants, report)
        report.closed_seconds = applicants.longest
        applicants.stop()
        report.problems += _refusal_of_the_old(installation, source)
        _look_over(installation, applicants, report)
    finally:
        installation.stop()
        shutil.rmtree(releases, ignore_errors=True)
    return report


def _begin(installation: Installation, drafts: int, report: UpgradeReport) -> ConcurrentApplicants:
    """Build, serve as in production, and begin a draft on every page."""
    installation.environment |= {
        "TODOKE_BACKUPS": str(installation.folder / "backups"),
        "TODOKE_BACKUP_KEY_FILE": str(installation.folder / "backup-key"),
    }
    installation.build()
    installation.manage("migrate", "--verbosity", "0")
    installation.manage("backup", "--new-key")
    procedure = installation.manage("verify", "edition", "0", "1").strip()
    installation.environment |= {"TODOKE_HTTPS": "1", "TODOKE_BEHIND_PROXY": "1", "TODOKE_TRUSTED_PROXIES": "127.0.0.1"}
    installation.start(cold=True, worker=False)
    people = [_begun(installation, procedure, number) for number in range(drafts)]
    places = Counter(found.group(2) if (found := PAGE.search(it.here.path)) else "check" for it in people if it.here)
    report.places = dict(sorted(places.items()))
    return ConcurrentApplicants(people)


def _begun(installation: Installation, procedure: str, number: int) -> PatientApplicant:
    """Return a person whose draft rests on a page of their own; a slow answer makes them begin anew."""
    while True:
        person = PatientApplicant(f"k{number:05}", Browser(installation.port, headers=PROXIED), 0)
        try:
            person.begin(procedure, pages=number % (PAGES + 1))
        except NoAnswer:
            continue
        finally:
            person.browser.close()
        return person


def _todoke(installation: Installation, source: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the release in ``source``."""
    environment = dict(installation.environment)
    if source is not None:
        environment["PYTHONPATH"] = str(source)
    command = [sys.executable, "-m", "todoke", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def _call_off(
    installation: Installation, broken: Path, applicants: ConcurrentApplicants, report: UpgradeReport
) -> float:
    """Try a release whose migration fails; the old one must serve on. Return the seconds."""
    began = time.monotonic()
    told = _todoke(installation, broken, "upgrade")
    seconds = time.monotonic() - began
    if told.returncode == 0 or "前の版が、そのまま動いています" not in told.stderr:
        report.problems.append(f"失敗する移行が、取りやめになりません: {told.stderr[-500:]}")
    applicants.wait_for_a_save()
    return seconds


def _upgrade(installation: Installation, newer: Path, applicants: ConcurrentApplicants, report: UpgradeReport) -> float:
    """Upgrade to a release that works, and start its servers. Return the seconds of the command."""
    began = time.monotonic()
    told = _todoke(installation, newer, "upgrade")
    seconds = time.monotonic() - began
    if told.returncode:
        report.problems.append(f"入れ替えられません: {told.stderr[-1500:]}")
        return seconds
    installation.kill("server")
    installation.environment["PYTHONPATH"] = str(newer)
    installation.start(cold=True, worker=False)
    applicants.wait_for_a_save()
    return seconds


def _refusal_of_the_old(installation: Installation, source: Path | None) -> list[str]:
    """Return a problem unless a server of the old release refuses to start, and says why."""
    old = str(source or Path(__file__).resolve().parents[3])
    environment = {**installation.environment, "PYTHONPATH": old, "TODOKE_PAYMENT_PROVIDER": "none"}
    command = [sys.executable, "-m", "todoke", "serve", "--port", str(installation.money + 1), "--processes", "1"]
    try:
        told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own
    except subprocess.TimeoutExpired:
        return ["前の版のサーバーが、新しい版のデータベースで動いています"]
    return [] if "ほかの版のプログラム" in told.stderr else [f"前の版が断るわけを示しません: {told.stderr[-300:]}"]


def _look_over(installation: Installation, applicants: ConcurrentApplicants, report: UpgradeReport) -> None:
    """Compare pages and rows with what everybody typed."""
    for person in applicants.people:
        _looked_over(person)
    report.visits = sum(person.visits for person in applicants.people)
    report.turned_away = sum(person.turned_away for person in applicants.people)
    report.problems += [problem for person in applicants.people for problem in person.problems]
    journal = installation.folder / "journal.jsonl"
    facts = [{"draft": it.draft, "number": it.number, "typed": sorted(it.sent)} for it in applicants.people]
    journal.write_text("\n".join(json.dumps(fact) for fact in facts))
    os.sync()
    report.problems += [line for line in installation.manage("verify", "drafts", str(journal)).split("\n") if line]


def _looked_over(person: PatientApplicant) -> None:
    """Let a person compare the check page with what was typed, however long the answer takes."""
    while True:
        try:
            person.look_over()
        except NoAnswer:
            continue
        finally:
            person.browser.close()
        return
