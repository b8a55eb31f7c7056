"""What a person sees in Word or in a PDF is read; what cannot be read is said in a sentence."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tests.cast.hostile_files import docx
from todoke.formbuilder.paper_import.recognition import read_paper_form
from todoke.meetings.minutes.extract import extract_bytes
from todoke.runtime.refusals import Unreadable
from todoke.text_extraction import pdf_text, word_parts
from todoke.text_extraction.word import WordTable, read_word

REPORTS = Path(__file__).parents[1] / "assets" / "reports"


def report(name: str) -> bytes:
    return next(REPORTS.glob(f"{name}_*")).read_bytes()


def paragraphs(body: str) -> list[str | WordTable]:
    return read_word(docx(body.encode())).blocks


def test_tracked_changes_are_read_in_their_final_view() -> None:
    lines = read_word(report("b13")).blocks
    assert "○佐藤課長 現在は平均25分です。12月18日までに改善案を作成し、部長に報告します。" in lines
    found = extract_bytes(report("b13"), None)
    assert found["speakers"] == ["鈴木部長", "佐藤課長", "高橋係長"]
    promised = [each for each in found["proposals"] if each["kind"] == "commitment"]
    assert {each["due"] for each in promised if each["owner"] == "佐藤課長"} == {"2026-12-18"}


def test_a_text_box_and_equal_cells_are_not_lost() -> None:
    blocks = read_word(report("b15")).blocks
    assert "決定事項:来庁予約は1月15日から全課で始める。" in blocks
    table = next(block for block in blocks if isinstance(block, WordTable))
    assert table.rows()[1] == ["市民課", "12月10日", "なし", "なし"]


def test_content_controls_around_paragraphs_cells_and_rows_are_read() -> None:
    found = read_paper_form("b32.docx", report("b32")).questions
    labels = [question.label for question in found]
    assert labels[:-1] == ["申請者の氏名", "生年月日", "電話番号", "メールアドレス", "利用を始める日"]
    assert (labels[-1], found[-1].help) == ("添付書類", "在学証明書の写し")


def test_letters_that_a_browser_printed_as_radicals_are_letters() -> None:
    found = extract_bytes(report("b28"), None)
    assert found["speakers"] == ["鈴木部長", "佐藤課長", "高橋係長"]
    assert found["date"]
    assert next(each["due"] for each in found["proposals"] if each["due_text"]).endswith("-12-18")


@pytest.mark.parametrize("read", [lambda raw: extract_bytes(raw, None), lambda raw: read_paper_form("a.docx", raw)])
def test_a_file_cut_inside_is_refused_with_what_to_do(read: object) -> None:
    assert callable(read)
    with pytest.raises(Unreadable, match="保存し直して"):
        read(report("b30"))


def test_a_password_is_named() -> None:
    locked = word_parts.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    for read in (lambda: extract_bytes(locked, None), lambda: read_paper_form("a.docx", locked)):
        with pytest.raises(Unreadable, match="パスワード"):
            read()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Unreadable, match="パスワードが付いたPDF"):
        pdf_text.read_pdf(out.getvalue())


def test_hidden_text_and_readings_stay_out_and_breaks_stay_in() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r><w:r><w:t>氏</w:t><w:tab/><w:t>名</w:t><w:br/></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>やまだ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>山田</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r></w:p>"
    )
    assert paragraphs(body) == ["氏\t名\n山田"]


def test_paragraphs_whose_break_was_deleted_are_one() -> None:
    body = (
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前の</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>後ろ</w:t></w:r></w:p>"
    )
    assert paragraphs(body) == ["前の後ろ"]


def test_merged_cells_stand_once_and_a_nested_table_is_read() -> None:
    cell = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    more = "<w:tcPr><w:vMerge/></w:tcPr>"
    inner = f"<w:tc><w:tbl><w:tr>{cell.format('', '内')}</w:tr></w:tbl><w:p/></w:tc>"
    body = (
        f"<w:tbl><w:tr>{cell.format(down, '課')}{cell.format('', '甲')}</w:tr>"
        f"<w:tr>{cell.format(more, '')}{inner}</w:tr></w:tbl>"
    )
    (table,) = paragraphs(body)
    assert isinstance(table, WordTable)
    assert [(one.text.strip(), one.row, one.height) for one in table.cells] == [
        ("課", 0, 2),
        ("甲", 0, 1),
        ("内", 1, 1),
    ]
