import pytest

from tests.cast.procedures import procedure
from todoke.procedures import search
from todoke.procedures.models import Procedure

pytestmark = pytest.mark.django_db


def titles(query: str) -> list[str]:
    return list(Procedure.objects.filter(search.matching(query)).values_list("title", flat=True))


@pytest.fixture(autouse=True)
def _inventory() -> None:
    for title in ["犬の登録の申請", "児童手当の認定の請求", "住民票の写しの交付"]:
        search.index_procedure(procedure(title))


@pytest.mark.parametrize("query", ["犬", "登録", "犬の登録", "申請 犬", "P-000001"])
def test_the_database_finds_the_dog(query: str) -> None:
    assert titles(query) == ["犬の登録の申請"]


def test_an_empty_query_hides_nothing_and_signs_alone_find_nothing() -> None:
    assert len(titles("")) == 3
    assert titles("'\"*") == []


def test_a_changed_title_is_found_by_its_new_words_only() -> None:
    dog = Procedure.objects.get(title="犬の登録の申請")
    dog.title = "猫の登録の申請"
    dog.save()
    search.index_procedure(dog)
    assert titles("猫") == ["猫の登録の申請"]
    assert titles("犬") == []
