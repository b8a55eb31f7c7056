"""In the morning a clerk sees what waits, the most pressing first."""

from datetime import timedelta

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


def test_every_count_is_the_number_of_rows_that_it_leads_to(client: Client, db: None) -> None:
    at = cases.counter()
    for day in (-3, 0, 2, 3, 4):
        made = cases.reviewed(at)
        Case.objects.filter(pk=made.pk).update(due_on=today() + timedelta(days=day))
    cases.case(at)
    client.force_login(at.clerk)
    matters = client.get(reverse("office:home")).context["matters"]
    asked = [matter for matter in matters if matter.url.startswith(reverse("office:inbox"))]
    assert len(asked) == 6
    for matter in asked:
        assert len(client.get(matter.url).context["rows"]) == matter.count, matter.label


def test_a_returned_proposal_waits_on_its_drafters_desk(client: Client, db: None) -> None:
    at = cases.counter()
    case = cases.proposed(at)
    assert case.proposal is not None
    case.proposal.return_to_drafter(reason="添付を確かめてください。", by=at.chief)
    client.force_login(at.clerk)
    tile = next(
        each for each in client.get(reverse("office:home")).context["matters"] if each.label == "差し戻された起案"
    )
    assert tile.count == 1
    assert case.proposal.number in client.get(tile.url).content.decode()
