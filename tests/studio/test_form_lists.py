"""A designer sees beside each form and each service how many people use it, up to a limit."""

import csv

import pytest
from django.test import Client

from tests import cast
from tests.cast import cases
from tests.cast.cases import Counter, counter
from todoke.accounts.actors import System
from todoke.formbuilder.models import Submission
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer() -> Client:
    return cast.signed_in(cast.staff("加藤 結衣", "designer@example.lg.jp", Post.Role.DESIGNER))


@pytest.fixture
def place() -> Counter:
    """A service with three applications, of which two are received, and another that nobody uses."""
    used = counter()
    counter("税務課", "2020")
    cases.case(used)
    cases.case(used)
    cases.filled(used)
    return used


def cells(client: Client, path: str, label: str) -> list[object]:
    page = client.get(path).context["page"]
    column = next(each for each in page.definition.columns if each.label == label)
    return [column.cell(row) for row in page.rows]


def test_each_service_says_how_many_applied_and_each_form_how_many_are_filling_it_in(
    designer: Client, place: Counter
) -> None:
    assert cells(designer, "/studio/offers/?sort=-applications", "申請") == ["2件", "0件"]
    assert cells(designer, "/studio/forms/?sort=-filling", "記入中の人") == ["1人", "0人"]
    assert [row.latest for row in designer.get("/studio/forms/").context["rows"]] == [1, 1]


def test_a_trial_of_a_designer_is_nobody_who_fills_the_form_in(designer: Client, place: Counter) -> None:
    Submission.start(version=place.release.form_version, by=System(), purpose=Submission.Purpose.TEST)
    assert cells(designer, "/studio/forms/?sort=-filling", "記入中の人") == ["1人", "0人"]
    assert file_column(designer, "/studio/forms/?sort=-filling&export=csv", "記入中の人") == ["1", "0"]


def test_the_numbers_stop_at_a_limit_and_say_so(
    designer: Client, place: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("todoke.lists.bounded_count.MOST", 1)
    assert cells(designer, "/studio/offers/?sort=-applications", "申請") == ["1件以上", "0件"]
    assert cells(designer, "/studio/forms/?sort=-filling", "記入中の人") == ["1人以上", "0人"]


def file_column(client: Client, path: str, label: str) -> list[str | None]:
    lines = client.get(path).getvalue().decode("utf-8-sig").splitlines()
    return [line[label] for line in csv.DictReader(lines)]


def test_a_file_says_and_sorts_by_the_exact_numbers(
    designer: Client, place: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    busier = counter("福祉課", "2030")
    for _ in range(3):
        cases.case(busier)
        cases.filled(busier)
    monkeypatch.setattr("todoke.lists.bounded_count.MOST", 1)
    assert file_column(designer, "/studio/offers/?sort=-applications&export=csv", "申請") == ["3", "2", "0"]
    assert file_column(designer, "/studio/offers/?sort=applications&export=csv", "申請") == ["0", "2", "3"]
    assert file_column(designer, "/studio/forms/?sort=-filling&export=csv", "記入中の人") == ["3", "1", "0"]


@pytest.mark.sqlite
def test_who_is_filling_in_a_form_is_counted_without_reading_what_was_submitted(place: Counter) -> None:
    (step,) = Submission.objects.drafts().filter(version=1).order_by().values("pk").explain().splitlines()
    assert "COVERING INDEX formbuilder_drafts" in step
