import pytest
from django.db import connection
from django.db.models import CharField
from django.test.utils import CaptureQueriesContext

from tests import cast
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.organization.models import Department

BY_CODE = CompiledQuery(
    lambda: Department.objects.filter(code=Parameter("code", CharField())).select_related("parent").order_by()[:1]
)
CODES = CompiledQuery(
    lambda: Department.objects.filter(name=Parameter("name", CharField())).order_by("code").values_list("code")
)

pytestmark = pytest.mark.django_db


def test_each_call_asks_the_database_with_its_own_values() -> None:
    bureau = cast.department("区民部", "1000")
    section = cast.department("戸籍住民課", "1010")
    section.parent = bureau
    section.save()
    assert BY_CODE.first(code="1000") == bureau
    found = BY_CODE.first(code="1010")
    with CaptureQueriesContext(connection) as asked:
        assert found is not None
        assert found.parent == bureau
    assert not asked.captured_queries
    assert BY_CODE.first(code="9999") is None


def test_a_change_shows_at_the_next_call() -> None:
    section = cast.department("戸籍住民課", "1010")
    assert BY_CODE.all(code="1010") == [section]
    Department.objects.filter(pk=section.pk).update(name="住民課")
    found = BY_CODE.first(code="1010")
    assert found is not None
    assert found.name == "住民課"


def test_rows_come_without_objects() -> None:
    cast.department("住民課", "1010")
    cast.department("住民課", "1020")
    assert CODES.rows(name="住民課") == [("1010",), ("1020",)]
