"""A section finds what it was asked among many questions, page by page, and saves the list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import cases, signed_in
from todoke.cases import messages
from todoke.cases.models import Opinion
from todoke.japanese.calendar import today
from todoke.office.correspondence.opinion_list import OpinionList

pytestmark = pytest.mark.django_db
LIST = "/office/opinions/"


@pytest.fixture
def at() -> cases.Counter:
    return cases.counter()


@pytest.fixture
def tax(at: cases.Counter) -> Client:
    """A person of the section that is asked."""
    return signed_in(cast.chief(cast.department("税務課", "3010")))


def asked(at: cases.Counter, days: int | None = None) -> Opinion:
    section = cast.department("税務課", "3010")
    due_on = None if days is None else today() + timedelta(days=days)
    return messages.request_opinion(cases.reviewed(at), section, "滞納はありますか。", by=at.clerk, due_on=due_on)


def order(page: Client, address: str, *opinions: Opinion) -> list[int]:
    """In which order a list shows questions, by their place among those given."""
    shown = page.get(address).content.decode()
    places = [(shown.find(f"{LIST}{opinion.token}/"), number) for number, opinion in enumerate(opinions)]
    return [number for found, number in sorted(places) if found >= 0]


def test_what_is_due_first_stands_on_top_and_what_was_answered_apart(at: cases.Counter, tax: Client) -> None:
    late, never, soon, done = asked(at, 9), asked(at), asked(at, 2), asked(at, 1)
    tax.post(f"{LIST}{done.token}/answer/", {"answer": "ありません。"})
    four = (late, never, soon, done)
    assert order(tax, LIST, *four) == [2, 0, 1]
    assert order(tax, f"{LIST}?sort=-due", *four) == [1, 0, 2]
    assert order(tax, f"{LIST}?sort=-asked", *four) == [2, 1, 0]
    assert order(tax, f"{LIST}?sort=number", *four) == [0, 1, 2]
    assert order(tax, f"{LIST}?view=closed", *four) == [3]
    assert order(signed_in(at.clerk), f"{LIST}?view=mine", *four) == [3, 2, 0, 1]
    messages.cancel_opinion(late, by=at.clerk)
    assert order(tax, f"{LIST}?view=closed", *four) == [3, 0]
    assert order(signed_in(at.clerk), LIST, *four) == []


def test_a_question_is_found_by_its_case_or_a_department(at: cases.Counter, tax: Client) -> None:
    one, other = asked(at), asked(at)
    assert order(tax, f"{LIST}?q={one.case.number}", one, other) == [0]
    assert order(tax, f"{LIST}?q=戸籍", one, other) == [0, 1]
    assert order(tax, f"{LIST}?q=土木", one, other) == []


@pytest.mark.parametrize("sort", ["due", "-due", "asked", "-number"])
def test_pages_follow_one_another_without_gap_or_repetition(at: cases.Counter, tax: Client, sort: str) -> None:
    first = asked(at, 3)
    Opinion.objects.bulk_create(
        Opinion(
            case=first.case, department=first.department, question="?", asked_by=at.clerk,
            due_on=today() + timedelta(days=number % 3) if number % 4 else None,
        )
        for number in range(OpinionList.size + 5)
    )  # fmt: skip
    seen: list[str] = []
    after = ""
    for _page in range(2):
        answer = tax.get(LIST, {"sort": sort, "after": after})
        seen += [opinion.token for opinion in answer.context["rows"]]
        after = seen[-1]
    assert len(seen) == len(set(seen)) == OpinionList.size + 6
    assert not answer.context["following"]
    assert answer.context["previous"]


def test_the_list_is_saved_as_it_was_chosen(at: cases.Counter, tax: Client) -> None:
    one, other = asked(at, 4), asked(at)
    sheet = tax.get(f"{LIST}export/?q={one.case.number}").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[0].startswith("案件,手続,照会元")
    assert len(sheet) == 2
    assert sheet[1].startswith(f"{one.case.number},")
    assert sheet[1].endswith(f"{one.due_on},回答待ち")
    assert other.case.number in tax.get(f"{LIST}export/").getvalue().decode()
    assert tax.get(f"{LIST}export/?kind=xlsx").getvalue()[:2] == b"PK"
    assert one.case.number not in signed_in(at.clerk).get(f"{LIST}export/").getvalue().decode()


def test_a_longer_list_asks_the_database_no_more(at: cases.Counter, tax: Client) -> None:
    counts = []
    for _round in range(2):
        asked(at, 1)
        with CaptureQueriesContext(connection) as queries:
            tax.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
