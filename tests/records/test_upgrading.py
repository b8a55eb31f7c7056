"""An installation that already filed documents keeps its table of classifications as the first version."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from todoke.records.models import ClassificationTable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LINE = "INSERT INTO records_classification (code, name, years, start_rule, basis) VALUES (%s, %s, 10, 'fiscal', '')"


@pytest.fixture
def _before_there_were_versions() -> Iterator[None]:
    call_command("migrate", "records", "0001", verbosity=0)
    yield
    call_command("migrate", "records", verbosity=0)


@pytest.mark.usefixtures("_before_there_were_versions")
def test_lines_without_a_version_become_the_first_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LINE, ["KEIYAKU", "契約"])
        cursor.execute(LINE, ["SHOBUN", "処分(改)"])
    call_command("migrate", "records", verbosity=0)
    table = ClassificationTable.objects.get()
    assert {line.code: (line.name, line.years) for line in table.lines.all()} == {
        "KEIYAKU": ("契約", 10),
        "SHOBUN": ("処分(改)", 10),
        "KIAN": ("起案・決裁", 5),
    }
    assert table.as_lines()[0].parent == ""
