"""Files of tills, terminals, agents and banks are read as the treasurer says, whole or not at all."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.utils import timezone
from pypdf import PdfReader

from tests import cast
from tests.cast import payments
from tests.cast.payments import table
from todoke.accounts.actors import System
from todoke.organization.models import Post
from todoke.payments import collection, reconciliation, resolutions, statement_formats, statements, treasury_pdf
from todoke.payments.models import ColumnTemplate, Statement, StatementLine

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
BY = System("試し")


def zengin(*moves: tuple[int, int, str], total: int | None = None, line_end: str = "\r\n") -> bytes:
    """A file of an account's movements (種別 03): incoming or outgoing, yen, and the payout's number."""
    header = "1030" + "081120" * 3 + "0001" + "ﾐｽﾞﾎ".ljust(15) + "001"
    data = [
        f"2{number:08}081120081120{way}11{yen:012}{'0' * 12}{'0' * 12}0{'0' * 7}000{'0' * 10}"
        + "ｹﾂｻｲ(ｶ".ljust(48) + " " * 30 + "ﾌﾘｺﾐ".ljust(20) + payout.ljust(20) + " "
        for number, (way, yen, payout) in enumerate(moves, 1)
    ]  # fmt: skip
    came = [yen for way, yen, _ in moves if way == 1]
    gone = [yen for way, yen, _ in moves if way == 2]
    trailer = f"8{len(came):06}{sum(came) if total is None else total:013}{len(gone):06}{sum(gone):013}"
    lines = [line.ljust(200) for line in (header, *data, trailer, "9")]
    assert {len(line) for line in lines} == {200}
    return line_end.join(lines).encode("cp932")


def test_a_zengin_file_is_known_by_itself_and_read_to_the_yen() -> None:
    taken = statements.import_statement("meisai.dat", zengin((1, 12345, "PO261120"), (2, 500, "ﾃｽｳﾘﾖｳ")), by=BY)
    assert taken.source == Statement.Source.BANK
    lines = list(taken.lines.values_list("day", "payout", "yen", "kind"))
    assert lines == [(DAY, "PO261120", 12345, "payout"), (DAY, "ﾃｽｳﾘﾖｳ", -500, "payout")]


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n"])
def test_a_zengin_file_may_have_any_line_end(line_end: str) -> None:
    assert statements.import_statement("a.txt", zengin((1, 1, "P"), line_end=line_end), by=BY).lines.count() == 1


def test_a_zengin_file_whose_total_is_wrong_is_not_taken() -> None:
    with pytest.raises(statements.UnreadableStatement, match="末尾の記録と合いません"):
        statements.import_statement("meisai.dat", zengin((1, 12345, "P"), total=12346), by=BY)
    assert not Statement.objects.exists()


FILES = {
    "till": table(["業務日", "レジ番号", "金額"], [DAY, "1番窓口", "1,200円"]),
    "agent": table(["利用日", "区分", "取引番号", "利用金額", "決済手数料"], [DAY, "売上", "a1", 300, 9]),
    "bank": table(["取引日", "照会番号", "入金額", "摘要"], ["2026/11/20", "1", 291, "PO261120"]),
}


@pytest.mark.parametrize("source", FILES)
def test_the_columns_tell_whose_file_it_is(source: str) -> None:
    assert statements.import_statement("file.csv", FILES[source], by=BY).source == source


@pytest.mark.parametrize("yen", ["inf", "nan", "1e400", "9" * 30, "1.5", "－"])
def test_an_amount_that_nobody_pays_is_said_with_its_row(yen: str) -> None:
    with pytest.raises(statements.UnreadableStatement, match="直してから") as refused:
        statements.import_statement("till.csv", table(["業務日", "レジ番号", "金額"], [DAY, "1番窓口", yen]), by=BY)
    assert [defect.column for defect in refused.value.defects] == ["金額"]


def test_a_terminal_file_is_an_agents_file() -> None:
    rows = table(["端末取引日", "処理区分", "伝票番号", "取引金額"], [DAY, "売上", "00123", 600])
    line = statements.import_statement("terminal.csv", rows, by=BY).lines.get()
    assert (line.statement.source, line.reference, line.yen) == ("agent", "00123", 600)


def test_an_excel_file_is_read_like_a_csv_file() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for row, cells in enumerate([["業務日", "レジ番号", "金額"], ["2026-11-20", "2番窓口", 4500]]):
        sheet.write_row(row, 0, cells)
    book.close()
    assert statements.import_statement("till.xlsx", file.getvalue(), by=BY).lines.get().yen == 4500


def test_the_treasurer_teaches_a_new_kind_of_file() -> None:
    rows = table(["日にち", "控え", "ねだん"], [DAY, "x1", 300])
    with pytest.raises(statements.UnreadableStatement, match="見出し"):
        statements.import_statement("new.csv", rows, by=BY)
    ColumnTemplate.save_format(
        statement_formats.StatementFormat(
            "新しい端末", "agent", {"day": "日にち", "reference": "控え", "yen": "ねだん"}
        ),
        by=BY,
    )
    assert statements.import_statement("new.csv", rows, by=BY).source == "agent"


@pytest.mark.parametrize("digits", ["0-5", "5-4", "1-201", "abc", "-"])
def test_digits_that_cannot_be_are_refused(digits: str) -> None:
    columns = {"day": digits, "reference": "2-9", "yen": "25-36"}
    with pytest.raises(statement_formats.InvalidFormat, match="桁は"):
        ColumnTemplate.save_format(statement_formats.StatementFormat("悪い例", "bank", columns, "03"), by=BY)


def test_the_same_content_is_taken_once_under_any_name() -> None:
    first = statements.import_statement("a.csv", FILES["till"], by=BY)
    assert statements.import_statement("b.csv", FILES["till"], "till", by=BY) == first
    assert StatementLine.objects.count() == 1


def test_one_payout_in_three_parts_with_fees_matches_many_payments() -> None:
    agent: list[list[object]] = [["業務日", "区分", "照合番号", "金額", "手数料", "入金番号", "入金予定日"]]
    for number in range(3):
        attempt = payments.attempt()
        told = payments.told(attempt, event=f"e{number}")
        collection.handle_event(told)
        agent.append([told.happened_at.date(), "売上", told.reference, 600, 18, "PO1", DAY])
    statements.import_statement("agent.csv", table(*agent), by=BY)
    parts = ([DAY, f"b{part}", 582, "PO1"] for part in range(3))
    statements.import_statement("bank.csv", table(["業務日", "照合番号", "入金額", "入金番号"], *parts), by=BY)
    sheet = reconciliation.reconcile(DAY, by=BY)
    assert not sheet.findings.exists()
    assert sheet.matched == 1


def test_the_sheet_of_the_day_is_printed_with_totals_equal_to_the_yen() -> None:
    first = cast.staff("山口 恵", "t1@example.lg.jp", Post.Role.TREASURER)
    second = cast.staff("清水 勇", "t2@example.lg.jp", Post.Role.TREASURER)
    today = timezone.localdate()
    collection.pay_at_counter(payments.charge(), reference="till-1", by=first)
    statements.import_statement("till.csv", table(["業務日", "レジ番号", "金額"], [today, "1番窓口", 500]), by=first)
    sheet = reconciliation.reconcile(today, by=first)
    for finding in sheet.findings.all():
        resolutions.apply(finding, by=first)
    sheet.prepare(by=first)
    reconciliation.sign(sheet, by=second)
    printed = PdfReader(io.BytesIO(treasury_pdf.print_day(today)))
    text = "".join(page.extract_text() for page in printed.pages)
    for words in ("13-01-01", "600", "現金の過不足", "山口 恵", "清水 勇", "締め済み", "説明のつかない額"):
        assert words in text
