"""The deploy guide does what it says: its commands, run as they stand, end in a signed-in administrator."""

import os
import re
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPSConnection
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from tests.installation.deploy_guide import GUIDE, ROOT, GuideRoot, minutes, steps
from todoke.installation.offline_bundle import make_bundle
from todoke.proving import service
from todoke.proving.browser import Browser, FetchedPage
from todoke.proving.synthetic_users.resident import Resident

CHAPTER = "一台に置く"
PASSWORD = "ひみつの合言葉 2026"
TRACKED = ("todoke", "pyproject.toml", "LICENSE", "NOTICE.md", "requirements", "src", "deploy", "docs")


def test_every_step_of_the_guide_has_commands_and_every_file_that_they_name_is_delivered() -> None:
    found = dict(steps(CHAPTER))
    assert [title[0] for title in found] == list("12345678")
    for commands in found.values():
        assert commands
        for path in re.findall(r"(?<=\s)(deploy/[\w./@-]+|requirements|src|docs)(?=\s|$)", "\n".join(commands)):
            assert list(ROOT.glob(path)) or path.endswith("/"), path
    guide = GUIDE.read_text(encoding="utf-8")
    for name in re.findall(r"\./todoke ([a-z_]+)", guide):
        known = list((ROOT / "src/todoke").glob(f"*/management/commands/{name}.py"))
        assert known or name in {"prepare", "demo", "bench", "test", "extras", "migrate"}, name


def test_units_name_only_places_that_the_guide_makes() -> None:
    made = "\n".join(command for _, commands in steps(CHAPTER) for command in commands)
    for unit in (ROOT / "deploy" / "systemd").glob("*.service"):
        text = unit.read_text()
        for path in re.findall(r"(?:WorkingDirectory|EnvironmentFile)=(\S+)", text):
            assert path in made, (unit.name, path)
        for place in re.findall(r"^ReadWritePaths=(.+)$", text, re.MULTILINE):
            for path in place.split():
                assert path.lstrip("-") in made, (unit.name, path)


def test_whoever_writes_the_audit_anchors_may_write_where_they_lie() -> None:
    example = (ROOT / "deploy/systemd/todoke.env.example").read_text()
    anchors = Path(re.findall(r"^TODOKE_AUDIT_CHECKPOINTS=(\S+)$", example, re.MULTILINE)[0])
    worker = (ROOT / "deploy/systemd/todoke-worker@.service").read_text()
    assert str(anchors.parent) in re.findall(r"^ReadWritePaths=(.+)$", worker, re.MULTILINE)[0]


DECIDE = """
from todoke.accounts.models import User
from todoke.cases import decisions
from todoke.cases.models import Case
from todoke.proving import service
clerk, chief = (User.objects.get(email=email) for email in (service.CLERK, service.CHIEFS[0]))
case = Case.objects.get(number="NUMBER")
case.start_review(by=clerk)
decisions.propose(case, "refused", by=clerk, reason="手数料が納められていません。").approve(by=chief)
case.refresh_from_db()
print(case.status)
"""


class OverTLS(HTTPSConnection):
    """A connection whose requests come from the public name of the installation."""

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **more: Any) -> None:
        public = {"Host": "todoke.example.lg.jp", "Origin": "https://todoke.example.lg.jp"}
        super().request(method, url, body, {**(headers or {}), **public}, **more)


class SecureBrowser(Browser):
    """A browser of the synthetic residents that goes through the proxy with TLS."""

    trusted: ssl.SSLContext

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> FetchedPage:
        if self.connection is None:
            self.connection = OverTLS("127.0.0.1", self.port, context=self.trusted)
        return super()._ask(method, path, body, kind)


class Visitor:
    """A browser without pictures that believes only the certificate of this installation."""

    def __init__(self, root: GuideRoot) -> None:
        trusted = self.trusted = ssl.create_default_context(cafile=str(root.folder / "etc/nginx/todoke.crt"))
        self.port = root.ports["443"]
        trusted.check_hostname = False  # the name is only in the certificate, not in the resolver
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusted), cookies)

    def get(self, path: str) -> str:
        return self._open(path, None)

    def post(self, path: str, page: str, **given: str) -> str:
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
        return self._open(path, urllib.parse.urlencode({"csrfmiddlewaretoken": token, **given}).encode())

    def _open(self, path: str, data: bytes | None) -> str:
        address = f"https://127.0.0.1:{self.port}{path}"
        name = f"todoke.example.lg.jp:{self.port}"
        headers = {"Host": name, "Referer": f"https://todoke.example.lg.jp{path}"}
        with self.opener.open(urllib.request.Request(address, data, headers)) as answer:
            return str(answer.read().decode())


def from_source(place: Path) -> Mapping[str, str]:
    """Put the delivered files into the source folder."""
    for each in TRACKED:
        if (ROOT / each).is_dir():
            shutil.copytree(ROOT / each, place / each, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / each, place / each)
    return {}


def from_bundle(place: Path) -> Mapping[str, str]:
    """Unpack the bundle into the source folder, and forbid the network to pip; a ready bundle may be named."""
    ready = os.environ.get("TODOKE_TEST_BUNDLE")
    with tempfile.TemporaryDirectory() as medium:
        packed = Path(ready) if ready else make_bundle(ROOT, Path(medium))
        subprocess.run(["tar", "-xzf", str(packed), "--strip-components=1", "-C", str(place)], check=True)
    return {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
    }


@pytest.fixture(params=[from_source, from_bundle], ids=["source", "bundle"])
def root(request: pytest.FixtureRequest) -> Iterator[GuideRoot]:
    made = GuideRoot(Path(tempfile.mkdtemp(prefix="todoke-guide-")))
    try:
        made.more = request.param(made.folder / "source")
        made.hand_over()
        yield made
    finally:
        made.end()
        shutil.rmtree(made.folder, ignore_errors=True)


def first_decided_case(root: GuideRoot, trusted: ssl.SSLContext) -> str:
    """A resident applies through the proxy, and a section decides. Return the token of her draft."""
    began = time.monotonic()
    run = "sudo -u todoke sh -c 'set -a; . /etc/todoke/todoke.env; /opt/todoke/todoke {}'"
    root.run(run.format("verify build"))
    number = root.run(run.format("verify procedure")).strip().splitlines()[-1]
    browser = SecureBrowser(int(root.ports["443"]))
    browser.trusted = trusted
    resident = Resident("canary1", browser)
    resident.begin(number)
    resident.answer()
    receipt = resident.check_and_send()
    print(f"{minutes(began)}  申請の受付まで(HTTPS) {receipt}", flush=True)
    (root.folder / "source" / "decide.py").write_text(DECIDE.replace("NUMBER", receipt))
    assert "refused" in root.run(run.format("shell < decide.py"))
    print(f"{minutes(began)}  はじめの決定まで", flush=True)
    return resident.draft


def typed() -> list[str]:
    """Everything that the synthetic resident typed of herself."""
    return [
        str(text)
        for fields in service.resident_answers("canary1").values()
        for text in fields.values()
        if "canary1" in text
    ]


def nothing_personal(root: GuideRoot, *secrets: str) -> None:
    """No log of the servers, the worker and the proxy holds a secret of a link, a password, a name or an address."""
    logs = [
        path for path in (*root.folder.glob("*.log"), *(root.folder / "var/log/nginx").iterdir()) if path.stat().st_size
    ]
    for log in logs:
        text = log.read_text(errors="replace")
        assert not [secret for secret in secrets if secret in text], log
    lines = sum(log.read_text(errors="replace").count("\n") for log in logs)
    assert lines > 10, "the logs were written"
    print(f"記録 {len(logs)}個 {lines:,}行から、{len(secrets)}種類の秘密と名前を探した: 0", flush=True)


def wait_for(visitor: Visitor, root: GuideRoot) -> None:
    """Wait until the servers answer. Raises AssertionError when something that the guide started has ended."""
    while True:
        try:
            visitor.get("/accounts/login/")
            return
        except OSError:
            assert all(process.poll() is None for process in root.running), root.ended()
            time.sleep(0.5)


@pytest.mark.nightly
@pytest.mark.sqlite
def test_the_guide_leads_from_an_empty_root_to_a_first_decision_over_https(root: GuideRoot) -> None:
    said, first = "", time.monotonic()
    for title, commands in steps(CHAPTER):
        began = time.monotonic()
        for command in commands:
            if "doctor" not in command:
                said += root.run(command)
        print(f"{minutes(began)}  {title}", flush=True)
    page, began = re.findall(r"https://[^/\s]+(/invitations/\S+/)", said)[0], time.monotonic()
    visitor = Visitor(root)
    wait_for(visitor, root)
    visitor.post(f"{page}acceptance/", visitor.get(page), password=PASSWORD, again=PASSWORD)
    visitor.post("/accounts/login/", visitor.get("/accounts/login/"), login="admin@example.lg.jp", password=PASSWORD)
    entered = visitor.get("/office/")
    assert "二つ目" in entered or "認証" in entered, "staff are led to their second factor"
    print(f"{minutes(began)}  招待からログインまで(HTTPS)", flush=True)
    draft = first_decided_case(root, visitor.trusted)
    print(f"{minutes(first)}  空のフォルダーからはじめの決定まで", flush=True)
    examined = root.run("set -a; . /etc/todoke/todoke.env; /opt/todoke/todoke doctor --json || true")
    assert '"state": "良好"' in examined
    critical = re.findall(r'"name": "([^"]+)",\s+"state": "危険"', examined)
    assert set(critical) <= {"メール", "ホスト名", "ワーカー"}, examined
    nothing_personal(root, page.split("/")[2], draft, PASSWORD, "admin@example.lg.jp", *typed())
