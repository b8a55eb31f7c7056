"""A table that we write is safe in a spreadsheet, and what we read of it again is what was typed."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from todoke.spreadsheets import reader
from todoke.spreadsheets.formula_escape import STARTS, escape, unescape
from todoke.spreadsheets.writer import LONGEST_CELL, csv_lines, xlsx_file

TYPED = ["=1+1", "+81-3", "-5", "@x", "＝1", "'=1", "''-", "\tx", "\nx", "\r=1", "犬", "'犬'", 'a,"b"', ""]


@pytest.mark.parametrize("text", TYPED)
def test_a_formula_is_disarmed_and_comes_back_as_it_was(text: str) -> None:
    assert not escape(text).startswith(STARTS)
    assert unescape(escape(text)) == text


@pytest.mark.parametrize("value", [-5, 0, -1.5, Decimal("-2.50")])
def test_a_number_is_no_formula(value: object) -> None:
    assert escape(value) == str(value)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_our_own_reader_reads_what_people_typed(tmp_path: Path, kind: str) -> None:
    typed = [text for text in TYPED if text not in {"\r=1", "\nx"}]
    lines = [["番号", "言葉"], *([str(place), text] for place, text in enumerate(typed))]
    path = tmp_path / f"table.{kind}"
    if kind == "csv":
        path.write_text("".join(csv_lines(lines[0], lines[1:])), encoding="utf-8", newline="")
    else:
        path.write_bytes(xlsx_file(lines[0], lines[1:]))
    assert [row for _, row in reader.open_sheet(path, (reader.Headings((("番号",),)),)).rows] == lines[1:]


def test_csv_begins_with_the_mark_and_says_times_of_japan() -> None:
    text = "".join(csv_lines(["いつ"], [[datetime(2026, 11, 22, 15, 30, tzinfo=UTC)], [date(2026, 4, 1)], [None]]))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["いつ"], ["2026-11-23 00:30"], ["2026-04-01"], [""]]


def test_a_workbook_has_numbers_texts_and_no_formula() -> None:
    book = zipfile.ZipFile(io.BytesIO(xlsx_file(["額", "言葉"], [[-1234, "=1+1"], [Decimal("2.5"), "字" * 40_000]])))
    sheet = "".join(book.read(name).decode() for name in book.namelist())
    assert "<f>" not in sheet
    assert "<v>-1234</v>" in sheet
    assert "<v>2.5</v>" in sheet
    assert "=1+1" in sheet
    assert sheet.count("字") == LONGEST_CELL
