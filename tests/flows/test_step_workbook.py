"""A clerk who likes spreadsheets writes the table there."""

import io
import zipfile

import openpyxl
import pytest

from todoke.flows.flow_templates import TEMPLATES, FlowTemplate
from todoke.flows.step_workbook import read_workbook, write_workbook
from todoke.runtime.refusals import Unreadable


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.key)
def test_a_table_survives_excel(one: FlowTemplate) -> None:
    table = one.table()
    again, problems = read_workbook(write_workbook(table), table.title)
    assert problems == []
    assert [(row.name, row.kind, row.work) for row in again.rows] == [(r.name, r.kind, r.work) for r in table.rows]
    assert [(link.source, link.target, link.share) for link in again.links] == [
        (link.source, link.target, link.share) for link in table.links
    ]


def test_numbers_that_excel_made_of_words_are_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(TEMPLATES[0].table())))
    sheet = book["手順"]
    sheet["I2"] = 12.0
    sheet["F2"] = 3
    out = io.BytesIO()
    book.save(out)
    table, problems = read_workbook(out.getvalue())
    assert problems == []
    assert table.rows[0].work.usual == 12
    assert table.links[0].target == "s3"


def test_a_cell_that_looks_like_a_formula_stays_words() -> None:
    table = TEMPLATES[0].table()
    row = table.rows[0]
    bad = type(row)(**{**{f: getattr(row, f) for f in row.__dataclass_fields__}, "name": "=HYPERLINK(1)"})
    raw = write_workbook(type(table)(rows=(bad,)))
    assert openpyxl.load_workbook(io.BytesIO(raw))["手順"]["B2"].data_type == "s"


def test_a_file_that_is_not_ours_is_explained() -> None:
    with pytest.raises(Unreadable, match="xlsx"):
        read_workbook(b"hello")
    book = openpyxl.Workbook()
    book.active["A1"] = "なにか"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Unreadable, match="「手順」の列が見つかりません"):
        read_workbook(out.getvalue())


def test_a_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(Unreadable, match="大きすぎ"):
        read_workbook(out.getvalue())
