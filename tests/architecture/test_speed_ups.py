"""Each speed-up says the same as Django does without it; a person sees no difference (decision 6)."""

import re
from pathlib import Path

import django
import pytest
from asgiref.local import Local
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tests import cast
from tests.cast import cases, signed_in
from todoke import compiled_queries
from todoke.runtime.processes.thread_locals import HANDLERS, KEPT

pytestmark = pytest.mark.django_db
RECORD = Path(__file__).resolve().parents[2] / "docs" / "adr" / "0006-speed-ups.md"
CHANGING = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
BETWEEN = re.compile(r"(?<=>)\s+|\s+(?=<)|\s+(?= )")
PAGES = ("/office/cases/{}/", "/office/cases/", "/studio/offers/", "/procedures/?q=証明書がほしい", "/me/")


def pages(number: str, staff: Client, resident: Client) -> list[str]:
    """What a clerk and a resident are shown, without what differs at each request."""
    shown = []
    for page in PAGES:
        reader = staff if page.startswith(("/office", "/studio")) else resident
        shown.append(BETWEEN.sub("", CHANGING.sub("", reader.get(page.format(number)).content.decode())))
    return shown


AT_START = {"garbage-collection", "thread-locals"}
"""These take effect when the program starts; no page looks at the setting."""


@pytest.mark.parametrize("name", sorted(configured.SPEED_UPS - AT_START))
def test_without_a_speed_up_the_pages_say_the_same(name: str, settings: Settings) -> None:
    at = cases.counter(fee=300)
    number = cases.case(at).number
    staff, resident = signed_in(at.clerk), signed_in(cast.resident())
    fast = pages(number, staff, resident)
    settings.SPEED_UPS = configured.SPEED_UPS - {name}
    assert pages(number, staff, resident) == fast
    assert all("<h1" in page for page in fast)


def test_with_the_locals_of_django_the_pages_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    at = cases.counter(fee=300)
    number = cases.case(at).number
    staff, resident = signed_in(at.clerk), signed_in(cast.resident())
    fast, opened = pages(number, staff, resident), {handler: handler["default"] for handler in HANDLERS}
    for module, name in KEPT:
        monkeypatch.setattr(module, name, Local())
    for handler in HANDLERS:
        monkeypatch.setattr(handler, "_connections", Local())
        handler["default"] = opened[handler]
    assert pages(number, staff, resident) == fast


def test_an_application_is_sent_with_all_of_them_turned_off(settings: Settings) -> None:
    settings.SPEED_UPS = frozenset()
    at = cases.counter()
    case = cases.decided(at)
    assert case.status == "granted"


def test_another_django_takes_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled_queries.is_read((5, 2, 0))
    assert not compiled_queries.is_read((6, 0, 0))
    assert compiled_queries.is_read(django.VERSION[:3]) == compiled_queries.READ
    monkeypatch.setattr(compiled_queries, "READ", False)
    with CaptureQueriesContext(connection) as asked:
        assert cases.decided(cases.counter()).status == "granted"
    assert all(query["sql"] for query in asked), "every statement can be logged with its values"


def test_the_record_names_every_speed_up() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", RECORD.read_text(), re.M)) == configured.SPEED_UPS
