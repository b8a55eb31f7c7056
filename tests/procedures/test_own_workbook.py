"""The DX office brings its own list: merged headings, eras, totals and notes; nothing of it is lost in silence."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from todoke.accounts.actors import System
from todoke.procedures.imports.importer import import_file
from todoke.procedures.models import Procedure

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).parents[1] / "assets" / "reports"
BY = System("試験")


def test_days_in_eras_and_counts_with_their_unit_are_read_and_the_rest_is_told() -> None:
    result = import_file(REPORTS / "b34_inventory_days_in_eras.csv", by=BY, good_rows_only=True)
    assert [(defect.line, defect.column, defect.value) for defect in result.defects] == [
        (3, "総手続件数", "約300"),
        (5, "総手続件数", "-"),
    ]
    found = Procedure.objects.order_by("pk").values_list("title", "total_count", "abolished_on")
    assert list(found) == [("架空の届出一", 1200, date(2026, 4, 1)), ("架空の届出三", 12, date(2026, 4, 1))]


def test_what_excel_shows_as_an_error_is_told_and_not_taken_for_blank() -> None:
    result = import_file(REPORTS / "b33_shared_strings.xlsx", by=BY, good_rows_only=True)
    assert [(defect.line, defect.value) for defect in result.defects] == [(5, "#N/A"), (6, "(計算していない数式)")]
    titles = list(Procedure.objects.order_by("pk").values_list("title", flat=True))
    assert titles == ["見守り旗の貸出しの申請", "赤字の手続名", "直書きの手続"]


def test_merged_headings_are_read_and_totals_and_notes_are_no_procedures(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("表紙").write(0, 0, "手続の一覧(令和8年度)")
        page = book.add_worksheet("一覧")
        page.write(0, 0, "手続の一覧")
        for at, head in enumerate(["手続名", "法令名"]):
            page.merge_range(2, at, 3, at, head)
        page.merge_range(2, 2, 2, 3, "件数")
        page.write_row(3, 2, ["総手続件数", "オンライン手続件数"])
        page.merge_range(2, 4, 3, 4, "担当者")
        page.write_row(4, 0, ["犬の登録", "狂犬病予防法", 120, 30, "山田"])
        page.write_row(5, 0, ["合計", "", 120, 30])
        page.write(6, 0, "※令和7年度の件数です。")
    result = import_file(path, by=BY)
    assert Procedure.objects.get().total_count == 120
    said = " ".join(result.hints)
    for words in ("「担当者」", "合計の行", "6行目「合計 120 30」", "※令和7年度", "表紙", "手続の一覧"):
        assert words in said
