from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests import cast
from todoke.compiled_queries import CompiledInsert, CompiledQuery, Parameter
from todoke.jobs.models import Job
from todoke.organization.models import Department

BY_CODE = CompiledQuery(
    lambda: Department.objects.filter(code=Parameter("code", CharField())).select_related("parent").order_by()[:1]
)
CODES = CompiledQuery(
    lambda: Department.objects.filter(name=Parameter("name", CharField())).order_by("code").values_list("code")
)

JOBS = CompiledInsert(Job)
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


def columns(row: Job) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name not in {"_state", "id", "token", "enqueued_at"}}


@pytest.mark.parametrize("speed_ups", [configured.SPEED_UPS, frozenset()])
def test_a_row_is_stored_as_django_stores_it(speed_ups: frozenset[str], settings: Settings) -> None:
    given: dict[str, Any] = {"task": "作業", "args": [1, "二"], "kwargs": {"鍵": None}, "run_after": timezone.now()}
    plain, compiled = Job.objects.create(**given), Job(**given)
    settings.SPEED_UPS = speed_ups
    JOBS.save(compiled)
    assert compiled.pk == plain.pk + 1
    assert not compiled._state.adding
    stored = Job.objects.get(pk=compiled.pk)
    assert columns(stored) == columns(Job.objects.get(pk=plain.pk))
    assert (stored.token, stored.enqueued_at) == (compiled.token, compiled.enqueued_at)


def test_what_the_database_refuses_is_raised_as_django_raises_it() -> None:
    first = Job(task="作業")
    JOBS.save(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        JOBS.save(Job(task="作業", token=first.token))
    assert Job.objects.count() == 1
