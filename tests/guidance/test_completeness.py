import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import department
from tests.cast.procedures import procedure
from todoke.guidance.completeness import ITEMS, gaps_by_department, page_scores
from todoke.procedures.models import Code, CodedValue, install_code_tables

pytestmark = pytest.mark.django_db


def test_a_page_answers_five_questions_and_a_day_without_a_start_does_not_count(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    install_code_tables()
    section = department()
    section.phone = "03-0000-0000"
    section.save()
    full = procedure("犬の登録", kind="1", department=section, fee="1", deadline="取得した日から30日以内")
    CodedValue.objects.create(procedure=full, code=Code.objects.get(table="document", key="15"))
    procedure("猫の届出", kind="1", fee="2", deadline="3月")
    procedure("処分の通知", kind="2-1")
    with django_assert_max_num_queries(6):
        dog, cat = page_scores()
    assert (dog.score, dog.lacks) == (80, ("online",))
    assert (cat.score, cat.lacks) == (0, tuple(ITEMS))
    rows = gaps_by_department([dog, cat])
    assert [(each.name, each.pages, each.score, dict(each.lacking)["fee"]) for each in rows] == [
        ("未定", 1, 0.0, 1), ("戸籍住民課", 1, 80.0, 0),
    ]  # fmt: skip
