"""City services 区のほかのサービス: three small programs of their own that take the sign-in of the demo."""

import base64
import hashlib
import html
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from todoke.federation.openid.provider_keys import ProviderKeys
from todoke.federation.openid.token_refusals import NotAccepted
from todoke.federation.openid.token_validation import Expectation, hash_of, validate_id_token

NAMES = {"library": "図書館(練習用)", "halls": "施設予約(練習用)", "sports": "スポーツ教室(練習用)"}
PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:17px/1.7 sans-serif;margin:0}}main{{max-width:32rem;margin:2rem auto;
padding:0 1rem}}a{{display:block;min-height:48px}}</style><main><h1>{title}</h1>
<p>これは練習用です。区の手続のログインを使います。</p>{said}</main></html>"""


@dataclass
class CityService:
    """区のサービス: its registration at the installation, and the ways that people have begun."""

    name: str
    base: str
    client_id: str
    secret: str
    return_address: str
    begun: dict[str, tuple[str, str]] = field(default_factory=dict)

    def way_to_sign_in(self) -> str:
        """Return the address at the installation to which a person is sent."""
        state, verifier, nonce = (secrets.token_urlsafe(36) for _ in range(3))
        self.begun[state] = (verifier, nonce)
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": self.client_id, "response_type": "code", "redirect_uri": self.return_address,
            "scope": "openid", "state": state, "nonce": nonce, "code_challenge": digest,
            "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{self.base}/identity/o/authorize?{urllib.parse.urlencode(asked)}"

    def subject(self, given: dict[str, str]) -> str:
        """Return what this service knows the person by who comes back. Raises NotAccepted, OSError."""
        verifier, nonce = self.begun.pop(given.get("state", ""), ("", ""))
        if not verifier or "code" not in given:
            raise NotAccepted("はじめていない往復です")
        pair = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
        asked = {
            "grant_type": "authorization_code", "code": given["code"], "redirect_uri": self.return_address,
            "code_verifier": verifier,
        }  # fmt: skip
        found = _json(f"{self.base}/identity/o/api/token", asked, {"Authorization": f"Basic {pair}"})
        wanted = Expectation(
            self.base, self.client_id, frozenset({"RS256"}), datetime.now(UTC), nonce_hash=hash_of(nonce),
            access_token=found["access_token"],
        )  # fmt: skip
        keys = ProviderKeys(_json(f"{self.base}/.well-known/jwks.json"))
        return validate_id_token(found["id_token"], keys, wanted).subject


def _json(url: str, data: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    body = None if data is None else urllib.parse.urlencode(data).encode()
    request = urllib.request.Request(url, data=body, headers=headers or {})  # noqa: S310 - the demo's own address
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
        found: dict[str, Any] = json.load(answer)
        return found


class ServiceHandler(BaseHTTPRequestHandler):
    """The pages of one service: its first page, the way to sign in, and the return."""

    service: ClassVar[CityService]

    def do_GET(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        if parts.path == "/":
            return self._page('<p>まだログインしていません。</p><p><a href="/sign-in">区のログインを使う</a></p>')
        if parts.path == "/sign-in":
            self.send_response(302)
            self.send_header("Location", self.service.way_to_sign_in())
            return self.end_headers()
        if parts.path == "/return":
            return self._come_back(dict(urllib.parse.parse_qsl(parts.query)))
        return self.send_error(404)

    def _come_back(self, given: dict[str, str]) -> None:
        try:
            subject = self.service.subject(given)
        except (NotAccepted, OSError, KeyError):
            return self._page('<p>ログインできませんでした。</p><p><a href="/">はじめのページへ</a></p>')
        number = f'<span id="subject">{html.escape(subject)}</span>'
        return self._page(f"<p>ログインしました。</p><p>このサービスでのあなたの番号: {number}</p>")

    def _page(self, said: str) -> None:
        body = PAGE.format(title=self.service.name, said=said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a request line holds codes."""


def service_server(port: int, service: CityService) -> ThreadingHTTPServer:
    """Return a server of one service on a port of loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", port), type("OwnHandler", (ServiceHandler,), {"service": service}))
    server.daemon_threads = True
    return server
