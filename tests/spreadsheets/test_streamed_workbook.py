"""A workbook written row by row keeps every text a text, and the same rows are the same bytes."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from todoke.spreadsheets.streamed_workbook import CellTooLong, StreamedWorkbook
from todoke.spreadsheets.writer import LONGEST_CELL

AT = dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC)
HOSTILE = ["=1+1", "+81", "-3", "@SUM(A1)", "0012", "09012345678", "1e5", "'x", "𠮷野家", "\x01", "a\nb"]


def written(path: Path, *rows: Sequence[object], title: str = "回答") -> Path:
    with StreamedWorkbook(path, AT, remark="書出し番号 2026-00001") as book:
        sheet = book.sheet(title, ["値", "二つ目"])
        for row in rows:
            sheet.append(row)
    return path


def test_what_looks_like_a_number_or_a_formula_stays_the_text_that_was_typed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx", *([text] for text in HOSTILE)))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [openpyxl.utils.escape.unescape(str(cell.value)) for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert book.properties.description == "書出し番号 2026-00001"


def test_numbers_are_numbers_and_days_are_days_from_the_day_excel_counts_rightly(tmp_path: Path) -> None:
    rows: list[list[object]] = [[3_000_000], [dt.date(2026, 11, 29)], [dt.date(1890, 5, 3)], [None]]
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx", *rows)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        3_000_000, dt.datetime(2026, 11, 29), "1890-05-03",  # noqa: DTZ001 - a cell holds a day
    ]  # fmt: skip


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a.xlsx", ["山田", 1]), written(tmp_path / "b.xlsx", ["山田", 1])
    assert first.read_bytes() == second.read_bytes()


def test_a_text_longer_than_a_cell_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(CellTooLong, match=r"2026-1の2列目の文字\(32,768文字\)"):
        written(tmp_path / "a.xlsx", ["2026-1", "長" * (LONGEST_CELL + 1)])


def test_titles_that_excel_forbids_or_has_twice_are_put_right(tmp_path: Path) -> None:
    with StreamedWorkbook(tmp_path / "a.xlsx", AT) as book:
        for title in ("a/b:c", "A b c", "長" * 40, "長" * 40, "'"):
            book.sheet(title, ["値"])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "a b c", "A b c 2", "長" * 31, "長" * 29 + " 2", "シート",
    ]  # fmt: skip
