"""The section asks once a year, sees who has not answered, and reminds them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import present
from tests.cast.cases import Counter, counter, decided
from todoke.accounts.actors import Guest
from todoke.cases import reconfirmations
from todoke.cases.models import ReconfirmationRound

pytestmark = pytest.mark.django_db


def asked_by(client: Client) -> Counter:
    at = counter()
    decided(at), decided(at)
    client.force_login(at.clerk)
    code = at.release.offer.code
    client.post("/office/reconfirmations/round/", {"source": code, "offer": code, "year": 2026, "due_on": "2026-12-28"})
    return at


def test_a_clerk_asks_everybody_and_sees_who_is_waiting(client: Client) -> None:
    at = asked_by(client)
    begun = ReconfirmationRound.objects.get()
    answer = present(reconfirmations.confirm_unchanged(present(begun.asked.first()), by=Guest()))
    address = f"/office/reconfirmations/{at.release.offer.code}/2026/"
    waiting, everybody = (client.get(address + show).content.decode() for show in ("", "?view=all"))
    assert answer.number in everybody
    assert answer.number not in waiting
    assert "未提出" in waiting
    client.post(f"{address}reminder/")
    assert begun.asked.unanswered().get().reminders == 1


def test_the_counts_stay_and_the_newest_year_stands_first_when_a_round_is_refused(client: Client) -> None:
    at = asked_by(client)
    code = at.release.offer.code
    client.post("/office/reconfirmations/round/", {"source": code, "offer": code, "year": 2027, "due_on": "2027-12-28"})
    page = client.post("/office/reconfirmations/round/", {"source": code})
    assert [(found.year, found.total) for found in page.context["rows"]] == [(2027, 2), (2026, 2)]


def test_the_list_is_exported_as_it_is_shown(client: Client) -> None:
    at = asked_by(client)
    table = client.get(f"/office/reconfirmations/{at.release.offer.code}/2026/", {"export": "csv"}).getvalue().decode()
    assert table.count("\n") == 3


def test_another_section_sees_nothing_of_it(client: Client) -> None:
    at = asked_by(client)
    client.force_login(counter("税務課", "2010").clerk)
    assert client.get(f"/office/reconfirmations/{at.release.offer.code}/2026/").status_code == 404
    assert "2026年度" not in client.get("/office/reconfirmations/").content.decode()


def test_the_list_asks_the_database_the_same_for_few_and_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = asked_by(client)
    with django_assert_max_num_queries(12):
        client.get(f"/office/reconfirmations/{at.release.offer.code}/2026/")
