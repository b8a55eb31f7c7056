from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from tests.cast import department
from tests.cast.cases import DOCUMENT, counter, release
from tests.cast.procedures import procedure
from todoke.guidance.completeness import (
    ITEMS,
    gaps_by_department,
    mean_score,
    missing_items,
    offer_answers,
    scored_pages,
)
from todoke.offers.models import Offer
from todoke.procedures.models import Code, CodedValue, Procedure, install_code_tables

pytestmark = pytest.mark.django_db


def test_a_page_answers_five_questions_and_a_day_without_a_start_does_not_count(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    install_code_tables()
    section = department()
    section.phone = "03-0000-0000"
    section.save()
    full = procedure("犬の登録", kind="1", department=section, fee="1", deadline="取得した日から30日以内")
    CodedValue.objects.create(procedure=full, code=Code.objects.get(table="document", key="15"))
    procedure("猫の届出", kind="1", fee="2", deadline="3月")
    procedure("処分の通知", kind="2-1")
    with django_assert_num_queries(2):
        dog, cat = scored_pages(offer_answers())
    assert (getattr(dog, "score", 0), missing_items(dog)) == (80, [ITEMS["online"]])
    assert (getattr(cat, "score", 0), missing_items(cat)) == (0, list(ITEMS.values()))
    with django_assert_num_queries(3):
        rows = gaps_by_department(offer_answers())
    assert [(each.name, each.pages, each.score, dict(each.lacking)["fee"]) for each in rows] == [
        ("未定", 1, 0.0, 1), ("戸籍住民課", 1, 80.0, 0),
    ]  # fmt: skip


def test_an_open_service_answers_for_its_procedure() -> None:
    at = counter()
    Procedure.objects.update(kind="1")
    page = scored_pages(offer_answers()).get(pk=at.release.offer.procedure_id)
    assert set(missing_items(page)) <= {ITEMS["channel"], ITEMS["deadline"]}
    assert mean_score(gaps_by_department(offer_answers())) == (getattr(page, "score", 0), 1)


@pytest.mark.parametrize(
    ("guides", "own", "is_answered"),
    [
        (["引っ越した日から14日以内"], "3月", True), (["3月"], "引っ越した日から14日以内", False),
        ([""], "引っ越した日から14日以内", True), (["", "引っ越した日から14日以内"], "3月", False),
    ],
)  # fmt: skip
def test_the_guide_of_the_first_service_answers_for_the_deadline_and_the_inventory_where_it_is_silent(
    guides: list[str], own: str, is_answered: bool
) -> None:
    section = department()
    made = [
        release(section, code=f"r{place}", serial=place, document={**DOCUMENT, "guide": {"deadline": said}})
        for place, said in enumerate(guides, 1)
    ]
    Procedure.objects.update(kind="1", deadline=own)
    procedure = made[0].offer.procedure
    Offer.objects.update(procedure=procedure)
    assert (ITEMS["deadline"] not in missing_items(scored_pages(offer_answers()).get(pk=procedure.pk))) == is_answered
    assert missing_items(scored_pages(offer_answers(), [procedure.pk]).get()) == missing_items(
        scored_pages(offer_answers()).get(pk=procedure.pk)
    )


@pytest.mark.sqlite
def test_all_pages_are_scored_from_indexes_without_reading_a_procedure() -> None:
    pages: QuerySet[Any] = scored_pages(offer_answers())
    steps = pages.order_by("score", "serial").values_list("pk").explain().splitlines()
    wanted = ("COVERING INDEX procedures_of_section", "procedures_with_deadline", "procedures_with_fee_note")
    read = [step for step in steps if " procedures_procedure " in step or any(name in step for name in wanted)]
    assert [next((name for name in wanted if name in step), "") for step in read] == [*wanted]
