"""A file of a whole city is written and read at once, though one statement cannot carry all its values."""

import pytest
from django.db import connection

from todoke.organization.models import Department

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has limits of its own"),
]
NUMBERS = range(1, 70_001)


def test_a_clerk_who_marks_seventy_thousand_rows_is_shown_those_that_exist() -> None:
    made = Department.objects.create(code="900", name="試験課")
    marked = Department.objects.filter(pk__in=[*NUMBERS, made.pk])
    assert made in marked
    assert made in marked.iterator()


def test_an_import_of_many_rows_is_written_in_one_statement() -> None:
    Department.objects.bulk_create(Department(code=f"N{number}", name=f"試験{number}%s課") for number in NUMBERS)
    assert Department.objects.filter(code__startswith="N", name__endswith="%s課").count() == len(NUMBERS)
