"""In the morning a clerk sees what waits, the most pressing first."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import cases
from todoke.cases.models import Case
from todoke.japanese.calendar import today


def test_a_clerk_sees_the_case_that_is_late(client: Client, db: None) -> None:
    at = cases.counter()
    late = cases.case(at)
    Case.objects.filter(pk=late.pk).update(due_on=today().replace(year=2020))
    client.force_login(at.clerk)
    page = client.get(reverse("office:home")).content.decode()
    assert late.number in page
    assert "日すぎ" in page


def test_the_morning_costs_the_same_however_much_waits(client: Client, db: None) -> None:
    at = cases.counter()
    client.force_login(at.clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("office:home"))
        return len(seen)

    cases.case(at)
    few = asked()
    for _ in range(3):
        cases.case(at)
    assert asked() == few


def test_nobody_sees_the_cases_of_another_section(client: Client, db: None) -> None:
    other = cases.case(cases.counter())
    at = cases.counter("税務課", "1020")
    client.force_login(at.clerk)
    assert other.number not in client.get(reverse("office:home")).content.decode()
