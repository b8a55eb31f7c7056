"""Two treasurers who take in the same lines at one moment: one has them, the other is told; it shows on PostgreSQL."""

from datetime import date
from functools import partial

import pytest

from tests.cast.payments import table
from tests.cast.races import together
from todoke.accounts.actors import System
from todoke.payments.models import StatementLine
from todoke.payments.statements import import_statements

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
HEADS = ["業務日", "レジ番号", "金額"]


def test_the_same_lines_in_two_files_at_once_are_counted_once_and_told_in_a_sentence() -> None:
    rows = [[date(2026, 11, 20), f"{number}番窓口", "1,200円"] for number in range(1, 40)]
    files = [[("a.csv", table(HEADS, *rows))], [("b.csv", table(HEADS, *rows, [date(2026, 11, 20), "別", "5円"]))]]
    done = together(*[partial(import_statements, each, by=System("会計")) for each in files])
    assert any(done)
    import_statements(files[1], by=System("会計"))
    assert StatementLine.objects.count() == 40
