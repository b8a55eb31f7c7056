"""Statements are read as banks, agents and Excel write them; a line that two files bring is counted once, and said."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast.payments import table
from todoke.accounts.actors import System
from todoke.payments import reconciliation, statements
from todoke.payments.models import Statement, StatementLine

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).parents[1] / "assets" / "reports"
BY = System("試し")
DAY = date(2026, 11, 5)


def taken(name: str) -> Statement:
    path = next(REPORTS.glob(f"{name}_*"))
    return statements.import_statement(path.name, path.read_bytes(), by=BY)


def lines(statement: Statement, *names: str) -> list[tuple[object, ...]]:
    return list(statement.lines.values_list(*names))


def test_numbers_that_excel_made_of_references_stay_as_shown() -> None:
    found = lines(taken("b16"), "day", "reference", "yen", "payout", "payout_on")
    assert found[0] == (date(2026, 11, 20), "4500012345", 300, "880012", date(2026, 11, 30))
    assert lines(taken("b16b"), "day", "reference") == [(date(2026, 11, 20), "A-1")]


def test_days_are_read_however_they_are_written() -> None:
    assert lines(taken("b17"), "day", "reference") == [(DAY, "T-1001"), (DAY, "T-1002")]
    assert lines(taken("b17b"), "day", "reference") == [(DAY, "T-1003"), (DAY, "T-1004"), (DAY, "T-1005")]


def test_amounts_are_read_with_every_sign_of_yen_and_of_minus() -> None:
    assert [yen for (yen,) in lines(taken("b18"), "yen")] == [1200, -300, -300, 1000, 800, -300]
    assert lines(taken("b18b"), "yen") == [(-300,)]


@pytest.mark.parametrize(("name", "reference"), [("b19", "B-1"), ("b36", "A-9001"), ("b36b", "A-9002")])
def test_what_stands_before_the_table_is_passed_over_and_said(name: str, reference: str) -> None:
    statement = taken(name)
    assert lines(statement, "day", "reference", "yen") == [(DAY, reference, 300)]
    assert "取り込んでいません" in statement.left_out


def test_a_line_that_two_statements_bring_is_counted_once_and_said() -> None:
    taken("b45")
    again = taken("b45b")
    assert lines(again, "reference", "yen") == [("R-100002", 450)]
    assert "前に取り込んだ行と同じ行は取り込んでいません: 2行目「R-100001 3,000円」" in again.left_out
    sheet = reconciliation.reconcile(date(2026, 11, 29), by=BY)
    assert {finding.difference for finding in sheet.findings.all()}.isdisjoint({"duplicate"})


def test_two_equal_lines_of_one_statement_are_two_payments() -> None:
    heads = ["業務日", "レジ番号", "金額"]
    statements.import_statement("a.csv", table(heads, [DAY, "1番", 500], [DAY, "1番", 500]), by=BY)
    more = table(heads, [DAY, "1番", 500], [DAY, "1番", 500], [DAY, "1番", 500])
    assert statements.import_statement("b.csv", more, by=BY).lines.count() == 1
    assert StatementLine.objects.count() == 3


def test_totals_below_a_statement_are_no_payment_and_are_said() -> None:
    rows = table(["業務日", "レジ番号", "金額"], [DAY, "1番", 500], ["合計", "", 500], ["※現金のみ", "", ""])
    statement = statements.import_statement("a.csv", rows, by=BY)
    assert statement.lines.count() == 1
    assert "合計の行は取り込んでいません: 3行目「合計 500」" in statement.left_out
    assert "※現金のみ" in statement.left_out


def test_a_reference_in_full_width_is_the_same_reference() -> None:
    rows = table(["取引日", "照合番号", "金額"], [DAY, "Ｒ－１００", "３００円"])
    assert lines(statements.import_statement("a.csv", rows, "agent", by=BY), "reference", "yen") == [("R-100", 300)]
