"""The cast of providers: a simulator in a thread, its houses registered, and a browser that goes there and back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.test import Client

from tests import cast
from tests.cast.levels import with_second_factor
from todoke.accounts.models import User
from todoke.federation.models import IdentityProvider
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.federation.provider_simulator.simulated_provider import SECRET, STRONG, SimulatedProvider
from todoke.federation.provider_simulator.simulator_server import SimulatorHandler, simulator_server
from todoke.organization.models import Post

NAMES = {"card": "カード認証(練習用)", "business": "事業者認証(練習用)", "staff": "職員認証(練習用)"}
LEVELS = {"card": "3 3", "business": "2 2", "staff": "2 0"}


@dataclass
class Simulator:
    """A running simulator: its houses by name."""

    houses: dict[str, SimulatedProvider]

    def register(self, house: str, by: User | None = None, **terms: Any) -> IdentityProvider:
        """Register a house as the administrator does, and let it know our keys."""
        at, audience = self.houses[house], "resident" if house == "card" else house
        fixed = {
            "slug": house, "name": NAMES[house], "audience": audience, "issuer": at.issuer, "client_id": at.client_id,
            "client_proof": "client_secret_basic" if house == "staff" else "private_key_jwt",
            "secret": SECRET if house == "staff" else "", "algorithms": at.algorithm, "scopes": "openid",
            "acr_levels": f"{STRONG[house]} {LEVELS[house]}", "reads_userinfo": house == "card",
            "least_authentication": 3 if house == "card" else 1,
        }  # fmt: skip
        made = IdentityProvider.register(by=by or administrator(), **{**fixed, **terms})
        at.client_keys = made.public_keys
        return made


@contextmanager
def running_simulator(logout_address: Callable[[str], str] | None = None) -> Iterator[Simulator]:
    """Run a simulator of its own on a free port, in a thread; it tells a house's ``logout_address`` what is over."""

    class Handler(SimulatorHandler):
        def logout_address(self, house: str) -> str:
            return logout_address(house) if logout_address else ""

    server = simulator_server(settings.PUBLIC_URL, 0, Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield Simulator(server.RequestHandlerClass.houses)  # type: ignore[attr-defined] # a SimulatorHandler
    finally:
        server.shutdown()
        server.server_close()


def administrator() -> User:
    """The administrator who registers providers."""
    found = User.objects.filter(email="idp-admin@example.jp").first()
    return found or cast.staff("認証 管理", "idp-admin@example.jp", Post.Role.ADMINISTRATOR)


def confirmed(person: User, client: Client | None = None) -> Client:
    """A browser whose person was asked for the second factor once more and showed it a moment ago."""
    client = with_second_factor(client or Client(), person)
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**record, "reauthenticated": True} for record in records]
    session.save()
    return client


def leave(client: Client, address: str, back: str = "") -> dict[str, str]:
    """Press a button that leads to a provider; return what it is asked for."""
    response = client.post(address, {"next": back})
    assert response.status_code == 200, response
    return query_of(response.headers["Refresh"].partition("url=")[2])


def query_of(address: str) -> dict[str, str]:
    """What an address at a provider asks for."""
    return dict(parse_qsl(urlsplit(address).query))


def come_back(client: Client, house: SimulatedProvider, asked: dict[str, str], person: str) -> Any:
    """Be identified as a person, and go back as the browser is sent."""
    given = house.authorize(asked, PEOPLE[person])
    return client.get(urlsplit(asked["redirect_uri"]).path, given)


def sign_in(client: Client, house: SimulatedProvider, person: str, back: str = "") -> Any:
    """Go to a provider and back to sign in."""
    return come_back(client, house, leave(client, f"/sign-in/{house.house}/start/", back), person)
