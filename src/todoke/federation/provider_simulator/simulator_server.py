"""Simulator server 認証元シミュレーターの窓口: its HTTP face on loopback, with the page on which a person is chosen."""

import html
import json
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from todoke.federation.provider_simulator.fictional_people import PEOPLE, Person
from todoke.federation.provider_simulator.provider_faults import FAULTS
from todoke.federation.provider_simulator.simulated_provider import AnsweredNo, SimulatedProvider

TITLES = {"card": "カード認証(練習用)", "business": "事業者認証(練習用)", "staff": "職員認証(練習用)"}
PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:17px/1.7 sans-serif;margin:0}}main{{max-width:32rem;margin:2rem auto;
padding:0 1rem}}button{{display:block;width:100%;min-height:48px;margin:1rem 0;font:inherit}}</style><main>
<h1>{title}</h1><p>これは練習用です。だれの本人確認もしません。人はすべて架空です。</p>
<form method="post">{people}<button name="person" value="">やめて戻る</button></form></main></html>"""
SLOW, HUGE = 8, 1_000_000
KNOWN = "shown"
"""The cookie by which a house knows whom a browser has shown before."""


class SimulatorHandler(BaseHTTPRequestHandler):
    """The face of three houses; the first segment of a path is the house."""

    houses: ClassVar[dict[str, SimulatedProvider]] = {}

    def client_keys(self, house: str) -> dict[str, Any]:
        """Return the keys of the client as it publishes them; here those that were given."""
        return self.houses[house].client_keys

    def logout_address(self, house: str) -> str:
        """Return where the client is told that a sign-in is over; empty where nobody is told."""
        return ""

    def do_GET(self) -> None:
        house, page, asked = self._place()
        if house is None:
            return self.send_error(404)
        if page == ".well-known/openid-configuration":
            return self._json(house.metadata())
        if page == "keys":
            return self._json(house.key_set())
        if page == "userinfo":
            return self._or_no(lambda: house.userinfo(self.headers.get("Authorization", "").removeprefix("Bearer ")))
        if page == "authorize":
            return self._silently(house, asked) if asked.get("prompt") == "none" else self._choose(house, asked)
        if page == "logout":
            return self._sign_out(house, asked)
        return self.send_error(404)

    def do_POST(self) -> None:
        text = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 65536)).decode()
        house, page, asked = self._place()
        if self.path == "/faults":
            return self._switch(json.loads(text))
        if house is None:
            return self.send_error(404)
        given = dict(urllib.parse.parse_qsl(text))
        if page == "authorize":
            return self._decide(house, asked, given)
        if page == "token":
            return self._exchange(house, given)
        if page == "groups":
            return self._json({"answers": self._change_groups(house, json.loads(text))})
        if page == "logout":
            return self._json({"answers": self._log_out(house, json.loads(text)["person"])})
        return self.send_error(404)

    def _place(self) -> tuple[SimulatedProvider | None, str, dict[str, str]]:
        parts = urllib.parse.urlsplit(self.path)
        name, _, page = parts.path.strip("/").partition("/")
        return self.houses.get(name), page, dict(urllib.parse.parse_qsl(parts.query))

    def _choose(self, house: SimulatedProvider, asked: Mapping[str, str]) -> None:
        try:
            house.require_request(asked)
        except AnsweredNo as no:
            return self._json({"error": str(no)}, 400)
        people = "".join(
            f'<button name="person" value="{person.key}">{html.escape(person.name)}</button>'
            for person in PEOPLE.values() if person.house == house.house
        )  # fmt: skip
        return self._answer(PAGE.format(title=TITLES[house.house], people=people).encode(), "text/html")

    def _decide(self, house: SimulatedProvider, asked: dict[str, str], given: Mapping[str, str]) -> None:
        person = PEOPLE.get(given.get("person", ""))
        try:
            house.require_request(asked)
            back = house.authorize(asked, person) if person else {"error": "access_denied", "state": asked["state"]}
        except AnsweredNo as no:
            return self._json({"error": str(no)}, 400)
        return self._go_back(house, asked, back, known=person)

    def _silently(self, house: SimulatedProvider, asked: dict[str, str]) -> None:
        """Answer by the person whom this browser has shown before, if any."""
        shown = SimpleCookie(self.headers.get("Cookie", "")).get(f"{KNOWN}-{house.house}")
        person = PEOPLE.get(shown.value) if shown else None
        try:
            back = house.silently(asked, person)
        except AnsweredNo as no:
            return self._json({"error": str(no)}, 400)
        return self._go_back(house, asked, back, known=person)

    def _go_back(
        self, house: SimulatedProvider, asked: Mapping[str, str], back: Mapping[str, str], *, known: Person | None
    ) -> None:
        self.send_response(303)
        address = urllib.parse.urlencode({"iss": house.issuer, **back})
        self.send_header("Location", f"{asked['redirect_uri']}?{address}")
        if known:
            self.send_header("Set-Cookie", f"{KNOWN}-{house.house}={known.key}; Path=/; HttpOnly; SameSite=Lax")
        self.end_headers()

    def _sign_out(self, house: SimulatedProvider, asked: Mapping[str, str]) -> None:
        try:
            address = house.sign_out(asked)
        except AnsweredNo as no:
            return self._json({"error": str(no)}, 400)
        self.send_response(303)
        self.send_header("Location", address)
        self.send_header("Set-Cookie", f"{KNOWN}-{house.house}=; Path=/; Max-Age=0")
        self.end_headers()
        return None

    def _exchange(self, house: SimulatedProvider, given: Mapping[str, str]) -> None:
        if "down" in house.faults:
            self.close_connection = True
            return None
        if "500" in house.faults:
            return self.send_error(500)
        if "slow" in house.faults:
            return self._drip()
        if "huge-answer" in house.faults:
            return self._answer(b'{"a": "' + b"x" * HUGE + b'"}', "application/json")
        if "redirecting-token-endpoint" in house.faults:
            self.send_response(307)
            self.send_header("Location", f"{house.issuer}-other/token")
            self.end_headers()
            return None
        house.client_keys = self.client_keys(house.house)
        basic = self.headers.get("Authorization", "").removeprefix("Basic ")
        return self._or_no(lambda: house.exchange(given, basic))

    def _drip(self) -> None:
        """Send an answer byte by byte, so slowly that no single wait is long."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(SLOW * 4):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.25)

    def _switch(self, asked: dict[str, Any]) -> None:
        unknown = set(asked["faults"]) - set(FAULTS)
        if unknown:
            return self._json({"unknown": sorted(unknown)}, 400)
        self.houses[asked["house"]].faults = set(asked["faults"])
        return self._json({"faults": sorted(asked["faults"])})

    def _change_groups(self, house: SimulatedProvider, asked: dict[str, Any]) -> list[int]:
        """Change the groups of a person, and tell whoever signed them in."""
        house.groups[asked["person"]] = tuple(asked["groups"])
        return self._log_out(house, asked["person"])

    def _log_out(self, house: SimulatedProvider, person: str) -> list[int]:
        address, token = self.logout_address(house.house), house.logout_token(PEOPLE[person])
        if not address:
            return []
        return [_post(address, token) for _ in range(2 if "logout-replayed" in house.faults else 1)]

    def _or_no(self, answer: Callable[[], dict[str, Any]]) -> None:
        try:
            return self._json(answer())
        except AnsweredNo as no:
            return self._json({"error": str(no)}, 400)

    def _json(self, found: dict[str, Any], status: int = 200) -> None:
        self._answer(json.dumps(found).encode(), "application/json", status)

    def _answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a request line holds codes."""


def _post(address: str, token: str) -> int:
    body = urllib.parse.urlencode({"logout_token": token}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=body), timeout=10) as answer:  # noqa: S310 - our own setting
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code
    except OSError:
        return 0


def houses_for(base: str, own: str) -> dict[str, SimulatedProvider]:
    """Return the three houses of a simulator at ``own`` for the installation at ``base``."""
    found = {name: SimulatedProvider(name, f"{own}/{name}", f"{base}/sign-in/return/{name}/") for name in TITLES}
    for house in found.values():
        house.signed_out_address = f"{base}/sign-in/ended/"
    return found


def simulator_server(base: str, port: int, handler: type[SimulatorHandler] = SimulatorHandler) -> ThreadingHTTPServer:
    """Return a server on loopback with three houses of its own; port 0 takes a free one."""
    own = type("OwnHandler", (handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", port), own)
    server.daemon_threads = True
    own.houses = houses_for(base, f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined] # a SimulatorHandler
    return server
