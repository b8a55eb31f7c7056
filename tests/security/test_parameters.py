"""Whatever an address carries, no page of any face breaks: it shows what it can, or says what is wrong."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from tests.cast.role_matrix import matrix, subjects, world
from tests.cast.role_matrix.world import ROLES, World
from tests.security import parameters

pytestmark = pytest.mark.slow
UNREAD = {"x": "1"}
PLACES = {"after", "before"}
"""Where a list goes on: a malformed one is refused before anything else is read."""
VALUES = {
    what: value
    for what, value in parameters.VALUES.items()
    if connection.vendor == "sqlite" or what in parameters.OF_A_DATABASE
}
READ_BY_MANY = 40
"""A parameter that so many pages read is common to lists; the sweep knows the names by watching the pages."""


class Visitor:
    """A browser of each role; nothing that an answer changed stays."""

    def __init__(self, here: World) -> None:
        self.here = here
        self.about = subjects.places(here)
        self.browsers: dict[str, tuple[Client, dict[str, str]]] = {}

    def address(self, name: str, pattern: str) -> str:
        """Return the address of a page about a real thing."""
        return matrix.address(subjects.at(self.about, name), pattern)

    def ask(self, role: str, path: str, query: str = "") -> Any:
        if role not in self.browsers:
            client = self.here.client(role, raise_request_exception=False)
            self.browsers[role] = client, {name: morsel.value for name, morsel in client.cookies.items()}
        client, signed_in = self.browsers[role]
        client.cookies = SimpleCookie(signed_in)
        cache.clear()
        parameters.names.clear()
        with transaction.atomic():
            answer = client.generic("GET", path, QUERY_STRING=query)
            transaction.set_rollback(True)
        return answer

    def names_read(self, role: str, path: str) -> set[str]:
        """Return every parameter that a page reads, also those it reads only when others are given."""
        known = set[str]()
        while True:
            given = dict.fromkeys(known, "1") or UNREAD
            self.ask(role, path, parameters.query(given))
            if not (new := parameters.names - set(given)):
                return known
            known |= new


@pytest.fixture
def visitor(settings: Settings) -> Visitor:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.security.parameters.record_names"]
    return Visitor(world.build())


def pages() -> list[tuple[str, str, str]]:
    """Return role, name and pattern of every page, for the last of the roles that the matrix lets see it."""
    reviewed = matrix.read()
    found = []
    for name, pattern in matrix.routes():
        row = reviewed[name or pattern, "GET"]
        roles = [role for role in ROLES if row[role].startswith("200")] or ["headquarters"]
        found.append((roles[-1], name, pattern))
    return found


def test_no_parameter_breaks_a_page(visitor: Visitor) -> None:
    broken, read = [], dict[str, set[str]]()
    for role, name, pattern in pages():
        path = visitor.address(name, pattern)
        read[name or pattern] = names = visitor.names_read(role, path)
        for what, value in VALUES.items() if names else ():
            for asked in (names, names - PLACES):
                answer = visitor.ask(role, path, parameters.query(dict.fromkeys(asked, value)))
                if answer.status_code >= 500:
                    broken.append(f"{name} {sorted(asked)}={what}")
                if answer.status_code != 400:
                    break
    assert not broken, "\n".join(broken)
    assert sum("after" in names for names in read.values()) > READ_BY_MANY


def test_the_values_of_a_database_are_among_all() -> None:
    assert parameters.VALUES.keys() > parameters.OF_A_DATABASE


def test_no_place_in_an_address_breaks_a_page(visitor: Visitor) -> None:
    broken = []
    for role, name, pattern in pages():
        for found in matrix.PLACE.finditer(pattern):
            for what, value in parameters.IN_A_PATH.items():
                filled = pattern[: found.start()] + quote(value, safe="") + pattern[found.end() :]
                answer = visitor.ask(role, visitor.address(name, filled))
                if answer.status_code >= 500:
                    broken.append(f"{name} {found[0]}={what}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("given", ["after=%07", "before=" + "9" * 300])
def test_a_malformed_place_in_a_list_is_said_in_a_sentence(visitor: Visitor, given: str) -> None:
    answer = visitor.ask("clerk", "/office/cases/", given)
    assert answer.status_code == 400
    assert "壊れています" in answer.content.decode()
