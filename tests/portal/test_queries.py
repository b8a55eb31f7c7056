"""How often the resident's way asks the database: the same for the first resident and for the fiftieth."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import cases, resident, signed_in
from tests.cast.cases import FILLED, Counter
from tests.cast.providers import running_simulator
from todoke.cases.models import Case
from todoke.federation.models import IdentityProvider

pytestmark = pytest.mark.django_db
FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def _asked(client: Client, address: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
    """Open a page or press a button; return how many questions the database got, and where it leads."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address) if fields is None else client.post(address, fields)
    assert response.status_code in {200, 302}
    asked = [query for query in queries.captured_queries if not str(query["sql"]).startswith(FRAME)]
    return len(asked), response.headers.get("Location", "")


def _way(at: Counter, client: Client | None = None) -> dict[str, int]:
    """One resident applies; return the questions of each step."""
    client, counts = client or Client(), dict[str, int]()
    number = at.release.offer.procedure.number
    counts["search"], _ = _asked(client, "/procedures/?q=証明書")
    counts["guide"], _ = _asked(client, f"/procedures/{number}/")
    counts["start"], _ = _asked(client, f"/procedures/{number}/start/")
    counts["begin"], page = _asked(client, f"/procedures/{number}/application/", {})
    counts["page"], first = _asked(client, page)
    if first:
        page = first
        counts["first page"], _ = _asked(client, page)
    counts["save"], check = _asked(client, f"{page}answers/", {**FILLED, "next": "1"})
    counts["check"], _ = _asked(client, check)
    draft = check.removesuffix("check/")
    counts["send"], _ = _asked(client, f"{draft}submission/", {})
    counts["receipt"], _ = _asked(client, f"{draft}receipt/")
    counts["status"], _ = _asked(client, f"/cases/{Case.objects.latest('pk').number}/")
    return counts


def test_every_step_asks_little_and_the_same_for_one_resident_and_for_fifty() -> None:
    counter = cases.counter()
    _way(counter)
    first = _way(counter)
    for _ in range(50):
        cases.case(counter)
    assert _way(counter) == first
    assert max(count for step, count in first.items() if step != "send") <= 5
    assert first["send"] <= 17
    three_pages = sum(first.values()) + 2 * (first["page"] + first["save"])
    assert three_pages <= 50 + (connection.vendor == "postgresql"), "there the audit trail takes a lock of its own"


def test_a_fee_costs_its_booking_and_nothing_else() -> None:
    free, charged = cases.counter(), cases.counter("税務課", "2010", fee=300)
    _way(free), _way(charged)
    with_fee, without = _way(charged), _way(free)
    assert {step: with_fee[step] for step in with_fee if step != "send"} == {
        step: without[step] for step in without if step != "send"
    }


def test_a_service_without_a_level_costs_the_same_whether_there_are_providers_or_not() -> None:
    counter, person = cases.counter(), resident()

    def both_ways() -> list[dict[str, int]]:
        return [_way(counter), _way(counter, signed_in(person))]

    both_ways()
    before = both_ways()
    with running_simulator() as simulator:
        for house in simulator.houses:
            simulator.register(house)
        assert IdentityProvider.objects.count() == 3
        assert both_ways() == before
