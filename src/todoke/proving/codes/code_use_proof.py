"""Codes proof 番号の検証: a code is good once on all processes, guesses are counted once for all, nobody is locked out.

Several server processes run over one database. People enter one right code in eight browsers at the same moment, an
attacker sends sixty wrong codes and sixty wrong passwords at once, and the person comes in meanwhile as usual.
"""

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from todoke.proving import service
from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.codes.code_check import code_at
from todoke.proving.installation import Installation

LOGIN, FACTOR = "/accounts/login/", "/accounts/2fa/authenticate/"
PEOPLE, DOORS, GUESSES = 2, 8, 60
PER_ASKER, WINDOW, ROOM = 5, 300, 60
"""Wrong tries that one asker has at one person in one window of seconds; a burst stays within one window."""
MAILED_WITHIN = 60.0


@dataclass
class CodesReport:
    """Counts of a run and the problems it found (検証の結果)."""

    processes: int
    entered: int = 0
    guesses: int = 0
    judged: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def run(*, database: str = "sqlite", processes: int = 2, fault: str = "") -> CodesReport:
    """Try codes once, twice and by guessing over that many server processes; return the report."""
    began, report = time.monotonic(), CodesReport(processes)
    installation = Installation(database=database, processes=processes, fault=fault)
    try:
        installation.build()
        installation.start()
        lines = installation.manage_warm("verify", "factors", str(PEOPLE + 1)).splitlines()
        number = installation.manage_warm("verify", "owed", "1").split()[0]
        people = [line.split() for line in lines]
        _once(installation, report, people[:PEOPLE])
        _guessed(installation, report, people[PEOPLE])
        _status(installation, report, number)
    except NoAnswer as problem:
        report.problems.append(f"C0 応答なし: {problem}")
    finally:
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _at_once(acts: Iterable[Callable[[], FetchedPage]]) -> list[FetchedPage]:
    """Send requests at the same moment and return their pages; one without an answer is left out."""
    found, all_acts = list[FetchedPage](), list(acts)
    barrier = threading.Barrier(len(all_acts))

    def one(act: Callable[[], FetchedPage]) -> None:
        barrier.wait(60)
        with contextlib.suppress(NoAnswer):
            found.append(act())

    threads = [threading.Thread(target=one, args=[act]) for act in all_acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _post(browser: Browser, path: str, fields: dict[str, str]) -> Callable[[], FetchedPage]:
    return lambda: browser.post(path, fields, follow=False)


def _password(browser: Browser, email: str) -> FetchedPage:
    """Enter the right password and open the page that asks for the code."""
    browser.get(LOGIN)
    page = browser.post(LOGIN, {"login": email, "password": service.PASSWORD}, follow=False)
    if page.status == 302:
        browser.get(FACTOR)
    return page


def _is_in(page: FetchedPage) -> bool:
    """Whether a person came in; whoever is sent back to the sign-in did not."""
    return page.status == 302 and not page.headers.get("location", LOGIN).startswith("/accounts/")


def _once(installation: Installation, report: CodesReport, people: list[list[str]]) -> None:
    """Each right code, of the app and of the sheet, is entered in eight browsers at one moment: one comes in."""
    for place, (email, secret, recovery) in enumerate(people):
        for kind, code in (("app", ""), ("sheet", recovery)):
            doors = [Browser(installation.port, f"127.0.{place + 1}.{door + 1}") for door in range(DOORS)]
            for door in doors:
                _password(door, email)
            typed = {"code": code or code_at(secret, time.time())}
            let_in = sum(_is_in(page) for page in _at_once(_post(door, FACTOR, typed) for door in doors))
            report.entered += let_in
            if let_in != 1:
                report.problems.append(f"C1 {kind}: 一つの番号で{let_in}台が入った({DOORS}台中)")


def _guessed(installation: Installation, report: CodesReport, person: list[str]) -> None:
    """Sixty wrong codes and sixty wrong passwords at once; the person comes in from a known browser all the same."""
    email, secret, recovery = person
    home = Browser(installation.port, "127.0.100.1")
    _password(home, email)
    if not _is_in(home.post(FACTOR, {"code": recovery}, follow=False)):
        report.problems.append("C0 本人が入れない")
    home.token = home.cookies["csrf"]
    home.post("/accounts/logout/", follow=False)
    _within_one_window()
    thieves = [Browser(installation.port, "127.0.101.1") for _ in range(3)]
    for thief in thieves:
        _password(thief, email)
    guesses = (f"{number:06}" for number in itertools.count())
    _at_once(_post(thief.clone(), FACTOR, {"code": next(guesses)}) for thief in thieves for _ in range(GUESSES // 3))
    by_code = _judged(installation, report, email, "番号")
    if _is_in(thieves[0].post(FACTOR, {"code": code_at(secret, time.time())}, follow=False)):
        report.problems.append("C3 回数を超えた相手が、正しい番号で入った")
    stranger = Browser(installation.port, "127.0.102.1")
    stranger.get(LOGIN)
    wrong = {"login": email, "password": "wrong"}
    _at_once(_post(stranger.clone(), LOGIN, wrong) for _ in range(GUESSES))
    _judged(installation, report, email, "パスワード", before=by_code)
    _password(home, email)
    if not _is_in(home.post(FACTOR, {"code": code_at(secret, time.time())}, follow=False)):
        report.problems.append("C4 ほかの人の試行で、本人が締め出された")


def _judged(installation: Installation, report: CodesReport, email: str, kind: str, *, before: int = 0) -> int:
    """Count how many of the guesses were judged; too many, or none, are a problem."""
    total = int(installation.manage_warm("verify", "judged", email).split()[0])
    report.guesses, report.judged = report.guesses + GUESSES, report.judged + total - before
    if not 0 < total - before <= PER_ASKER:
        report.problems.append(f"C2 {kind}: {GUESSES}回の間違いのうち{total - before}回を調べた({PER_ASKER}回まで)")
    return total


def _within_one_window() -> None:
    """Wait until a burst fits into the window in which tries are counted."""
    left = WINDOW - time.time() % WINDOW
    if left < ROOM:
        time.sleep(left)


def _status(installation: Installation, report: CodesReport, number: str) -> None:
    """A mailed code opens once, in the browser that asked; whoever asks and guesses elsewhere spoils nothing."""
    mine, other = Browser(installation.port, "127.0.110.1"), Browser(installation.port, "127.0.111.1")
    for place, browser in enumerate((mine, other), 1):
        browser.get("/status/")
        browser.post("/status/code/", {"number": number})
        codes = _mailed(installation, place)
    wrong = ({"number": number, "code": f"{guess:06}"} for guess in itertools.count())
    _at_once(_post(other.clone(), "/status/entry/", next(wrong)) for _ in range(GUESSES))
    tries = int(installation.manage_warm("verify", "judged", "").split()[0])
    report.guesses, report.judged = report.guesses + GUESSES, report.judged + tries
    if not 0 < tries <= PER_ASKER:
        report.problems.append(f"C2 照会: {GUESSES}回の間違いのうち{tries}回を調べた({PER_ASKER}回まで)")
    right = {"number": number, "code": codes[0]}
    if other.post("/status/entry/", right, follow=False).status == 302:
        report.problems.append("C5 番号が、頼んでいないブラウザで使えた")
    opened = [_opens(page) for page in _at_once(_post(mine.clone(), "/status/entry/", right) for _ in range(DOORS))]
    report.entered += sum(opened)
    if sum(opened) != 1:
        report.problems.append(f"C1 照会: 一つの番号で{sum(opened)}回開いた")


def _opens(page: FetchedPage) -> bool:
    return page.status == 302 and page.headers.get("location", "").startswith("/cases/")


def _mailed(installation: Installation, count: int) -> list[str]:
    """Wait until that many codes are mailed; return them, the oldest first."""
    deadline = time.monotonic() + MAILED_WITHIN
    while time.monotonic() < deadline:
        found = installation.manage_warm("verify", "mailed").split()
        if len(found) >= count:
            return found
        time.sleep(0.2)
    raise NoAnswer("確認番号のメールが作られません")
