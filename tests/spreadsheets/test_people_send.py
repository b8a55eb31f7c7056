"""The tables that offices, banks and agents really send are read: sheet, headings, days, numbers; the rest is said."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from todoke.spreadsheets import delimited, encodings, rows_below
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.reader import LeftOut
from todoke.spreadsheets.table import Table, read_table

REPORTS = Path(__file__).parents[1] / "assets" / "reports"
LOG = Headings((("案件番号",), ("作業",), ("日時",)), ("備考",))
SALES = Headings((("取引日", "業務日"), ("取引番号",), ("利用金額", "入金金額", "金額")), ("区分",))
LIST = Headings((("手続名",),), ("担当課", "総手続件数", "オンライン手続件数", "手数料等の納付有無", "区の補足"))


def read(name: str, wanted: Headings) -> Table:
    return read_table(next(REPORTS.glob(f"{name}_*")).read_bytes(), (wanted,))


def book(*rows: list[object], merged: tuple[tuple[int, int, int, int, str], ...] = ()) -> bytes:
    """A workbook of these rows, with merged ranges (first row and column, last ones, text)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet("一覧")
        for at, cells in enumerate(rows):
            page.write_row(at, 0, cells)
        for range_ in merged:
            page.merge_range(*range_)
    return out.getvalue()


FIRST = ["K-1", "受付", "2026/4/1 9:05"]


@pytest.mark.parametrize("name", ["b37", "b37b", "b37c", "b37d", "b37g"])
def test_a_log_reads_the_same_whatever_program_saved_it(name: str) -> None:
    table = read(name, LOG)
    assert table.heads[:3] == ["案件番号", "作業", "日時"]
    assert [cells[:3] for _, cells in table.rows] == [FIRST, ["K-1", "決定", "2026/4/2 10:05"]]


def test_what_stands_above_and_below_a_table_is_said() -> None:
    assert read("b37d", LOG).left_out == [LeftOut(1, "作業の記録(令和8年度)", rows_below.ABOVE)]
    assert read("b37g", LOG).left_out == [LeftOut(4, "合計", rows_below.TOTAL)]
    bank = read("b19", Headings((("取引日",), ("取引番号",), ("入金金額",)), ("摘要",)))
    assert bank.rows == [(5, ["2026-11-05", "B-1", "300", "フリコミ"])]
    assert [one.row for one in bank.left_out] == [1, 2]


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    assert read("b37e", LOG).rows[0][1][3] == '電話で\n確認,"要" 再送'


def test_the_line_that_names_the_separator_is_no_heading() -> None:
    table = read("b09", LOG)
    assert (table.heads, table.rows[0]) == (["案件番号", "作業", "日時"], (2, ["D-1", "受付", "2026/04/01 9:00"]))


@pytest.mark.parametrize("name", ["b36", "b36b"])
def test_a_cover_sheet_and_a_title_are_passed_over_and_said(name: str) -> None:
    table = read(name, SALES)
    assert len(table.rows) == 1
    assert table.rows[0][1][3] == "300"
    assert [one.why for one in table.left_out] == [rows_below.ABOVE if name == "b36b" else "別のシート"]


def test_numbers_and_days_are_read_as_excel_shows_them() -> None:
    assert read("b16", SALES).rows[0][1] == ["2026-11-20", "売上", "4500012345", "300", "9", "880012", "2026-11-30"]
    assert read("b16b", SALES).rows[0][1][0] == "20261120"


def test_errors_and_formulas_that_nobody_computed_are_not_read_as_blank() -> None:
    cells = {row[0]: row[2] for _, row in read("b33", LIST).rows}
    assert cells["CDATAの手続"] == "#N/A"
    assert cells["式だけの手続"] == "(計算していない数式)"
    assert (cells["見守り旗の貸出しの申請"], cells["直書きの手続"]) == ("1200", "2")


def test_leading_zeros_and_percentages_are_read_as_shown() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, ["手続名", "総手続件数", "区の補足"])
        page.write_string(1, 0, "犬の登録")
        page.write_number(1, 1, 131, made.add_format({"num_format": "000000"}))
        page.write_number(1, 2, 0.125, made.add_format({"num_format": "0.0%"}))
    assert read_table(out.getvalue(), (LIST,)).rows[0][1] == ["犬の登録", "000131", "12.5%"]


def test_headings_of_two_rows_are_read_with_their_merged_cells() -> None:
    table = read_table(
        book(
            ["令和8年度 手続の一覧"],
            [],
            ["手続名", "件数", "", "手数料等の納付有無", "担当者"],
            ["", "総手続件数", "オンライン手続件数", "", ""],
            ["犬の登録", 120, 30, "有", "山田"],
            ["合計", 120, 30, "", ""],
            ["※件数は令和7年度"],
            merged=(
                (2, 0, 3, 0, "手続名"),
                (2, 1, 2, 2, "件数"),
                (2, 3, 3, 3, "手数料等の納付有無"),
                (2, 4, 3, 4, "担当者"),
            ),
        ),
        (LIST,),
    )
    assert table.heads == ["手続名", "総手続件数", "オンライン手続件数", "手数料等の納付有無", "担当者"]
    assert table.rows == [(5, ["犬の登録", "120", "30", "有", "山田"])]
    assert [one.why for one in table.left_out] == [rows_below.ABOVE, rows_below.TOTAL, rows_below.NOTE]


def test_headings_of_two_rows_without_merged_cells_are_read_too() -> None:
    text = "手続名,件数,,備考\n,総手続件数,オンライン手続件数,\n犬の登録,120,30,\n"
    table = read_table(text.encode(), (LIST,))
    assert table.heads == ["手続名", "総手続件数", "オンライン手続件数", "備考"]
    assert table.rows == [(3, ["犬の登録", "120", "30", ""])]


def test_a_text_merged_over_rows_belongs_to_each_and_a_number_to_the_first() -> None:
    table = read_table(
        book(
            ["手続名", "担当課", "総手続件数"],
            ["犬の登録", "生活衛生課", 120],
            ["犬の死亡", "", ""],
            merged=((1, 1, 2, 1, "生活衛生課"),),
        ),
        (LIST,),
    )
    assert [cells[1:] for _, cells in table.rows] == [["生活衛生課", "120"], ["生活衛生課", ""]]


def test_a_second_sheet_with_the_same_headings_is_said() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for month in ("11月", "12月"):
            page = made.add_worksheet(month)
            page.write_row(0, 0, ["手続名", "総手続件数"])
            page.write_row(1, 0, [f"{month}の手続", 1])
    table = read_table(out.getvalue(), (LIST,))
    assert table.rows[0][1][0] == "11月の手続"
    assert "12月" in table.left_out[0].text


@pytest.mark.parametrize("word", ["合計", "小計(戸籍住民課)", "総 計", "計", "件数の合計", "Total", "【合計】"])
def test_a_row_that_sums_others_is_known_by_its_word(word: str) -> None:
    assert rows_below.is_total(word)


@pytest.mark.parametrize(
    "word", ["会計年度任用職員の届出", "合計所得金額の証明", "統計調査の申請", "計画の変更", "家計急変の届出"]
)
def test_a_procedure_with_such_a_word_in_its_name_is_none(word: str) -> None:
    assert not rows_below.is_total(word)


def test_what_could_be_two_encodings_is_refused_rather_than_garbled() -> None:
    with pytest.raises(encodings.UnreadableFile, match="一つに決められません"):
        read_table("コード,テスト\n1,カキ\n".encode("euc_jp"), (LIST,))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "iso2022_jp", "cp932", "euc_jp"])
def test_other_encodings_of_offices_are_known(encoding: str) -> None:
    table = read_table("手続名,担当課\n犬の登録,衛生課\n".encode(encoding), (LIST,))
    assert table.rows[0][1] == ["犬の登録", "衛生課"]


def test_an_amount_with_commas_does_not_make_a_table_of_tabs_one_of_commas() -> None:
    assert delimited.separator(["業務日\t金額\n", "2026-11-05\t1,200\n", "2026-11-05\t2,300\n"]) == "\t"


def test_a_quote_without_its_end_is_refused_rather_than_swallowing_rows() -> None:
    with pytest.raises(encodings.UnreadableFile, match="引用符"):
        read_table('手続名,担当課\n"犬の登録,衛生課\n猫の登録,衛生課\n'.encode(), (LIST,))


def test_headings_before_their_unit_are_known() -> None:
    table = read_table("取引日,取引番号,利用金額(円)\n2026-11-05,A-1,300\n".encode(), (SALES,))
    assert table.heads == ["取引日", "取引番号", "利用金額"]
    with pytest.raises(encodings.UnreadableFile, match="利用金額"):
        read_table("取引日,取引番号,利用金額(千円)\n2026-11-05,A-1,300\n".encode(), (SALES,))
