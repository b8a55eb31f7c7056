from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import staff
from tests.cast.cases import case, counter
from tests.cast.procedures import procedure
from todoke.insights.models import RateRecord
from todoke.japanese.calendar import today
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db
RATES = "/board/rates/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    return client


def test_headquarters_sees_each_rate_with_its_parts_and_what_moved(desk: Client) -> None:
    case(counter())
    procedure()
    RateRecord.objects.create(key="procedures", on=today() - timedelta(days=1), numerator=1, denominator=4)
    text = desk.get(RATES).content.decode()
    for words in ("50.00<small>%", "1 / 2", "+25.00ポイント", "100.00<small>%", "分母: 現存するすべての手続"):
        assert words in text


def test_an_empty_office_has_no_rates_and_no_division_by_zero(desk: Client) -> None:
    assert "データなし" in desk.get(RATES).content.decode()
    assert desk.get(f"{RATES}phone/").status_code == 200


def test_the_rows_behind_a_rate_are_paged_and_taken_away(desk: Client) -> None:
    for n in range(150):
        procedure(f"手続{n}")
    first = desk.get(f"{RATES}procedures/").context
    second = desk.get(first["following"]).context
    third = desk.get(second["following"]).context
    assert [len(page["rows"]) for page in (first, second, third)] == [50, 50, 50]
    assert third["following"] == ""
    text = desk.get(f"{RATES}procedures/export/").getvalue().decode("utf-8-sig")
    assert len(text.splitlines()) == 151


def test_the_page_asks_the_same_number_of_questions_for_any_inventory(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(30):
        procedure(f"手続{n}")
    with django_assert_max_num_queries(22):
        desk.get(RATES)


def test_an_unknown_rate_is_not_there(desk: Client) -> None:
    assert desk.get(f"{RATES}happiness/").status_code == 404
