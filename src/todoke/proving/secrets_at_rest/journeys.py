"""Journeys 道のり: one person uses each secret as people do; what the secrets were is kept to be looked for."""

import re
import time
from collections.abc import Callable
from html import unescape

from todoke.demo.offers import route
from todoke.formbuilder.models import FormDraft
from todoke.offers.models import Offer, Release
from todoke.proving import service
from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.codes.code_check import code_at
from todoke.proving.installation import Installation
from todoke.proving.mail_sink import MailSink

MY_NUMBER = "762480351948"
"""Twelve digits with a right check digit; of nobody."""
MAILED_WITHIN = 60.0
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
NUMBER = re.compile(r'class="receipt-number"[^>]{0,200}>\s*([0-9A-Z-]+)')
PAGE = re.compile(r"/applications/([\w-]+)/")
LINK, CODE = re.compile(r"/resume/([\w-]+)/"), re.compile(r"確認番号は (\d{6})")


def publish_with_my_number() -> None:
    """Publish a version of the synthetic form that also asks for a My Number."""
    offer, document = Offer.objects.get(code=service.CODE), service.service_definition()
    document["my_number_basis"] = "番号法別表(検証用)"
    question = {"id": "mine", "kind": "my_number", "label": "個人番号"}
    document["pages"][-1]["groups"][0]["questions"].append(question)
    draft = FormDraft.objects.get(code=service.CODE)
    draft.edit(document, by=service.PROVER)
    Release.publish(
        offer, by=service.PROVER, form_version=draft.publish(by=service.PROVER), route=route(), standard_days=5,
        delivery="郵送",
    )  # fmt: skip


class Journeys:
    """The secrets that were used, by their names, and what did not work."""

    def __init__(self, installation: Installation, mails: MailSink) -> None:
        self.installation, self.mails = installation, mails
        self.secrets: dict[str, str] = {"個人番号": MY_NUMBER}
        self.problems: list[str] = []

    def take(self) -> None:
        """Sign in with an app, apply with a My Number, go on by a mailed link, and open the case by a mailed code."""
        self._sign_in()
        home = Browser(self.installation.port, "127.0.120.1")
        token = self._fill_in(home)
        away = self._resume(home, token)
        number = self._send(away, token)
        self._look_up(number)

    def _sign_in(self) -> None:
        email, secret, recovery = self.installation.manage_warm("verify", "factors", "1").split()
        browser, code = Browser(self.installation.port, "127.0.121.1"), code_at(secret, time.time())
        browser.get("/accounts/login/")
        browser.post("/accounts/login/", {"login": email, "password": service.PASSWORD}, follow=False)
        browser.get("/accounts/2fa/authenticate/")
        page = browser.post("/accounts/2fa/authenticate/", {"code": code}, follow=False)
        self._expect(page, 302, "認証アプリの番号")
        self.secrets |= {"パスワード": service.PASSWORD, "認証アプリの秘密": secret, "認証アプリの番号": code}
        self.secrets |= {"予備の番号": recovery, "接続の鍵": browser.cookies["session"]}

    def _fill_in(self, browser: Browser) -> str:
        """Fill in all pages; return the token of the draft."""
        procedure = self.installation.manage_warm("verify", "procedure").strip()
        browser.get(f"/procedures/{procedure}/start/")
        page = browser.post(f"/procedures/{procedure}/application/")
        found = PAGE.search(page.path)
        if found is None:
            raise NoAnswer(f"申請を始められません({page.status} {page.path})")
        answers = service.resident_answers("zq01n0001z")
        answers["rest"]["mine"] = MY_NUMBER
        for name, typed in answers.items():
            page = browser.post(f"/applications/{found[1]}/pages/{name}/answers/", {**typed, "next": "1"})
            self._expect(page, 200, f"入力 {name}")
        return found[1]

    def _resume(self, browser: Browser, token: str) -> Browser:
        """Mail the link to go on, and open it elsewhere."""
        browser.get(f"/applications/{token}/later/")
        browser.post(f"/applications/{token}/link/", {"email": "zq01n0001z@proof.example"})
        secret, away = self._mailed(LINK), Browser(self.installation.port, "127.0.122.1")
        self.secrets["メールのリンク"] = secret
        away.get(f"/resume/{secret}/")
        self._expect(away.post(f"/resume/{secret}/continuation/"), 200, "リンクから続ける")
        return away

    def _send(self, browser: Browser, token: str) -> str:
        page = browser.get(f"/applications/{token}/check/")
        fields = {name: unescape(value) for name, value in HIDDEN.findall(page.text) if name != "csrfmiddlewaretoken"}
        if seen := SEEN.search(page.text):
            fields["seen"] = seen[1]
        page = browser.post(f"/applications/{token}/submission/", fields)
        found = NUMBER.search(page.text)
        if found is None:
            raise NoAnswer(f"送れません({page.status} {page.path})")
        return found[1]

    def _look_up(self, number: str) -> None:
        """Ask for a code by mail and open the case with it."""
        browser = Browser(self.installation.port, "127.0.123.1")
        browser.get("/status/")
        browser.post("/status/code/", {"number": number})
        code = self._mailed(CODE)
        page = browser.post("/status/entry/", {"number": number, "code": code}, follow=False)
        self._expect(page, 302, "確認番号")
        self.secrets |= {"確認番号": code, "照会の接続の鍵": browser.cookies["session"]}

    def _mailed(self, pattern: re.Pattern[str]) -> str:
        """Wait for a mail that has the pattern; return what it holds."""
        return self._until(lambda: next((found[1] for text in self._texts() if (found := pattern.search(text))), ""))

    def _texts(self) -> list[str]:
        return [mail.get_content() for mail in reversed(self.mails.mails)]

    @staticmethod
    def _until(ask: Callable[[], str]) -> str:
        deadline = time.monotonic() + MAILED_WITHIN
        while time.monotonic() < deadline:
            if found := ask():
                return found
            time.sleep(0.2)
        raise NoAnswer("メールが届きません")

    def _expect(self, page: FetchedPage, status: int, what: str) -> None:
        if page.status != status:
            self.problems.append(f"A0 {what}: {page.status} {page.path}")
