"""People 検証の人: who sends requests, with which cookies, and which matters they may see."""

import json
import secrets
import subprocess
import time
from dataclasses import dataclass, field, replace
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from todoke.proving import service
from todoke.proving.browser import Browser, FetchedPage
from todoke.proving.rights.recorded_requests import RecordedRequest
from todoke.proving.synthetic_users.resident import UnexpectedAnswer

SESSION, FORGERY, LETTERS = "session", "csrf", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class FactsClient:
    """Speaks to the process inside the installation that changes facts; an attribute is a verb of ``facts.Facts``."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)  # noqa: S603 - ours

    def ask(self, verb: str, **terms: Any) -> Any:
        """Have a verb done and return what it says. Raises UnexpectedAnswer when the process is gone."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"verb": verb, **terms}) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise UnexpectedAnswer(f"検証の内側が止まりました({verb})")
        return json.loads(said)

    def close(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()


@dataclass
class Person:
    """人: the cookies of one browser, the account that is signed in, and the matters it may see."""

    name: str
    port: int
    email: str = ""
    secret: str = ""
    matters: frozenset[int] = frozenset()
    cookies: dict[str, str] = field(default_factory=dict)
    peers: frozenset[str] = frozenset()
    """E-mail addresses or names of others who may do the same."""
    is_staff: bool = False

    def browser(self, port: int = 0) -> Browser:
        """Return a browser with a copy of the cookies and a fresh token against forgery, at one of the servers."""
        found = Browser(port or self.port)
        found.cookies = {FORGERY: "".join(secrets.choice(LETTERS) for _ in range(32)), **self.cookies}
        found.token = found.cookies[FORGERY]
        return found

    def send(self, request: RecordedRequest, port: int = 0, *, keep: bool = False) -> FetchedPage:
        """Send a recorded request and follow where it leads; ``keep`` the cookies that come back. Raises NoAnswer."""
        browser = self.browser(port)
        try:
            if request.method == "GET":
                page = browser.get(request.path)
            elif request.file:
                page = browser.upload(request.path, request.fields, request.file[0], request.file[1:])
            else:
                page = browser.post(request.path, request.fields)
        finally:
            browser.close()
        if keep:
            self.cookies = {name: value for name, value in browser.cookies.items() if value}
        return page

    def sign_in(self) -> None:
        """Sign in with the password and, where there is an app, its code. Raises UnexpectedAnswer."""
        page = self.type_password()
        if self.secret:
            page = self._post(page.path, {"code": code_of(self.secret)})
        if page.status != 200 or not self.cookies.get(SESSION) or "/accounts/" in page.path:
            raise UnexpectedAnswer(f"{self.email}: 入れません {page.status} {page.path}")

    def half_signed_in(self) -> "Person":
        """Return a browser in which the password was typed and the second factor was not."""
        other = replace(self, cookies={}, matters=frozenset())
        other.type_password()
        return other

    def type_password(self) -> FetchedPage:
        """Sign in as far as the password leads."""
        return self._post("/accounts/login/", {"login": self.email, "password": service.PASSWORD})

    def _post(self, path: str, fields: dict[str, str]) -> FetchedPage:
        return self.send(RecordedRequest("", "POST", path, fields), keep=True)

    def copy(self) -> "Person":
        """Return the same browser as it is now."""
        return replace(self, cookies=dict(self.cookies))


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
