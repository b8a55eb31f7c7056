"""What one synthetic resident asks for, from looking for a service to seeing where the application stands.

Sans-IO: ``journey`` yields requests and is sent answers, so that the same steps run in one process (cost) and over the
network (surge). Every answer is checked for status, for the resident's own canary, and for anybody else's.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urljoin, urlsplit

from todoke.proving import service

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
SEEN = re.compile(rb'name="seen" value="([^"]+)"')
NUMBER = re.compile(rb'class="receipt-number"[^>]*>\s*([0-9A-Z-]+)')
CANARY = re.compile(rb"zz[0-9]{7}")
REDIRECTS = {301, 302, 303}
CLOSED = {("送信", 409), ("はじめる前に", 404), ("開始", 404), ("開始", 409)}
BOUNDARY = "----todoke-surge"


class Wrong(Exception):
    """An answer that a resident should never see (想定外の応答)."""


class TooLate(Exception):
    """The service was closed: the resident was told so, and the draft stays (受付の終了)."""


@dataclass
class Ask:
    """One request: the page it belongs to, and what is sent."""

    page: str
    method: str
    path: str
    body: bytes = b""
    kind: str = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes


Steps = Generator[Ask, Answer, Answer]


@dataclass
class Resident:
    """Somebody with a canary of their own, cookies, and the receipt number once there is one."""

    canary: str
    cookies: dict[str, str] = field(default_factory=dict)
    number: str = ""
    token: str = ""

    def hear(self, page: str, answer: Answer) -> None:
        """Take the cookies and the form's token; refuse errors and other people's words."""
        for line in answer.cookies:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        if (page, answer.status) in CLOSED:
            raise TooLate(page)
        if answer.status not in REDIRECTS and answer.status != 200:
            raise Wrong(f"{page}: {answer.status}")
        for found in CANARY.findall(answer.body):
            if found.decode() != self.canary:
                raise Wrong(f"{page}: {found.decode()} が {self.canary} の画面に出ました")
        if found := TOKEN.search(answer.body):
            self.token = found.group(1).decode()

    def ask(self, page: str, path: str, fields: dict[str, str] | None = None, also: str = "") -> Steps:
        """One press of a link or a button: the request, and the page it leads to (``also`` names that page)."""
        if fields is None:
            asked = Ask(page, "GET", path)
        else:
            asked = Ask(page, "POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode())
        return (yield from self._follow(asked, also))

    def attach(self, path: str, fields: dict[str, str], paper: bytes) -> Steps:
        """Send a page with one file; it leads to the check."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": self.token, **fields}.items()
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="paper"; filename="paper.pdf"\r\n'
        parts += [head.encode(), b"Content-Type: application/pdf\r\n\r\n", paper, f"\r\n--{BOUNDARY}--\r\n".encode()]
        asked = Ask("添付", "POST", path, b"".join(parts), f"multipart/form-data; boundary={BOUNDARY}")
        return (yield from self._follow(asked, "確認"))

    def _follow(self, asked: Ask, also: str) -> Steps:
        answer = yield from self._insist(asked)
        while answer.status in REDIRECTS:
            target = urlsplit(urljoin(asked.path, answer.headers["location"]))
            asked = Ask(also or asked.page, "GET", target.path + (f"?{target.query}" if target.query else ""))
            answer = yield from self._insist(asked)
        answer.headers["at"] = asked.path
        return answer

    def _insist(self, asked: Ask) -> Steps:
        answer = yield asked
        self.hear(asked.page, answer)
        return answer


@dataclass(frozen=True)
class Manner:
    """How a resident behaves: forgets something first, presses the last button twice, walks away, attaches a file."""

    wrong: bool = False
    twice: bool = False
    leaves: bool = False
    paper: bytes = b""


PLAIN = Manner()


def journey(resident: Resident, procedure: str, words: str, manner: Manner = PLAIN) -> Steps:
    """Find, start, answer three pages, check, submit, see the receipt and the status."""
    yield from resident.ask("さがす", f"/procedures/?q={quote(words)}")
    yield from resident.ask("手続の案内", f"/procedures/{procedure}/")
    yield from resident.ask("はじめる前に", f"/procedures/{procedure}/start/")
    answer = yield from resident.ask("開始", f"/procedures/{procedure}/application/", {}, "記入")
    draft = answer.headers["at"].split("/")[2]
    for number, (page, fields) in enumerate(service.resident_answers(resident.canary).items()):
        address = f"/applications/{draft}/pages/{page}/answers/"
        asked = " ".join({name.partition("__")[0] for name in fields})
        if manner.wrong and not number:
            yield from resident.ask("保存", address, {**fields, "email": "", "asked": asked, "next": "1"}, "記入")
        following = "確認" if page == "rest" else "記入"
        if manner.paper and page == "rest":
            answer = yield from resident.attach(
                address, {**fields, "asked": f"{asked} paper", "next": "1"}, manner.paper
            )
        else:
            answer = yield from resident.ask("保存", address, {**fields, "asked": asked, "next": "1"}, following)
    if manner.leaves:
        return answer
    return (yield from _send(resident, draft, answer, manner.twice))


def _send(resident: Resident, draft: str, checked: Answer, twice: bool) -> Steps:
    seen = SEEN.search(checked.body)
    if seen is None:
        raise Wrong("確認: 送信のボタンがありません")
    for _ in range(2 if twice else 1):
        answer = yield from resident.ask(
            "送信", f"/applications/{draft}/submission/", {"seen": seen[1].decode()}, "受付"
        )
        found = NUMBER.search(answer.body)
        if found is None or resident.number not in {"", found[1].decode()}:
            raise Wrong("受付: 受付番号が違います")
        resident.number = found[1].decode()
    return (yield from resident.ask("状況", f"/cases/{resident.number}/"))
