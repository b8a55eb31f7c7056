"""The sheet that a section keeps becomes drafts, as it is; what cannot be taken is named by its line."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from tests import cast
from tests.cast.guidance import REVIEW, published, writer
from todoke.accounts.models import User
from todoke.guidance.faqs.faq_import import FaqImport, import_faqs
from todoke.guidance.faqs.faq_table import read_faqs
from todoke.guidance.models import Faq, FaqDraft, FaqVersion
from todoke.organization.models import Department
from todoke.runtime.refusals import Unreadable

LEFT = "よくある質問 一覧(令和8年11月更新)"


def workbook(*rows: Sequence[object], merged: str = "") -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    book.save(file)
    return file.getvalue()


HTML = "窓口です。<br>本人が<b>来て</b>ください。&amp;証。"
BULKY = "A. 電話で申し込みます。 \n\n\n\n手数料がかかります。"
MESSY = workbook(
    (LEFT,),
    (),
    ("No.", "担当課", "質 問", "回答(必須)", "キーワード", "見直し日", "備考"),
    (1, "戸籍住民課\n(内線 123)", "Q1. 印鑑登録は どこで\nできますか?", HTML, "はんこ、実印", "R9.4.1", "済"),
    (2, None, "Q2.印鑑登録はどこでできますか", "同じ質問です。"),
    (None, None, "■ ごみ"),
    (3, "ない課", "粗大ごみは?", BULKY),
    (4, "", "犬を飼ったら?", "登録します。", None, "そのうち"),
    (5, "", "猫を飼ったら?", "登録は要りません。"),
    (6, "", "長い質問" * 60, "答え"),
    merged="B4:B5",
)


def test_a_messy_sheet_is_read_as_a_person_reads_it() -> None:
    found = read_faqs(MESSY)
    first, bulky, cat = found.rows
    assert (first.question, first.department) == ("印鑑登録は どこで できますか?", "戸籍住民課\n(内線 123)")
    assert first.answer == "窓口です。\n本人が来てください。&証。"
    assert (first.wordings, first.review_on) == ("はんこ\n実印", date(2027, 4, 1))
    assert bulky.answer == "電話で申し込みます。\n\n手数料がかかります。"
    assert (cat.question, cat.department, cat.review_on) == ("猫を飼ったら?", "", None)
    assert [each.line for each in found.defects] == [5, 6, 8, 10]
    assert "4行目と同じ質問" in found.defects[0].problem
    assert "答えが空" in found.defects[1].problem
    assert "「そのうち」が読めません" in found.defects[2].problem
    assert "240文字" in found.defects[3].problem
    assert any(LEFT in hint for hint in found.hints)
    assert any("No.、備考" in hint for hint in found.hints)


def test_words_that_only_look_like_marks_stay() -> None:
    table = workbook(("質問", "回答"), ("A4の用紙でよいですか", "Aさんの<続柄>は 3 < 5 のとき & のまま"))
    row = read_faqs(table).rows[0]
    assert (row.question, row.answer) == ("A4の用紙でよいですか", "Aさんの<続柄>は 3 < 5 のとき & のまま")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(("名前", "住所"), ("山田", "中央")), "「質問"),
        (workbook(("質問", "回答")), "行がありません"),
        (b"", "空です"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 broken", "壊れている"),
    ],
)
def test_what_is_no_sheet_of_answers_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_faqs(content)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_the_csv_of_an_office_program_is_read(encoding: str) -> None:
    found = read_faqs("問い,答え,所管課\r\n犬は?,登録します。,戸籍住民課\r\n".encode(encoding))
    assert [(row.question, row.department) for row in found.rows] == [("犬は?", "戸籍住民課")]


@pytest.fixture
def section(db: None) -> Department:
    return cast.department()


def taken(section: Department, by: User, content: bytes = MESSY) -> FaqImport:
    return import_faqs(read_faqs(content), department=section, review_on=REVIEW, by=by)


def test_rows_become_drafts_of_their_section_and_a_second_time_none(section: Department) -> None:
    by = writer(section)
    done = taken(section, by)
    assert (done.taken, done.known) == (2, 0)
    assert [each.line for each in done.defects] == [5, 6, 7, 8, 10]
    assert "「ない課」がありません" in done.defects[2].problem
    assert set(FaqDraft.objects.values_list("question", "review_on")) == {
        ("印鑑登録は どこで できますか?", date(2027, 4, 1)), ("猫を飼ったら?", REVIEW)
    }  # fmt: skip
    assert not FaqVersion.objects.exists()
    again = taken(section, by)
    assert (again.taken, again.known, Faq.objects.count()) == (0, 2, 2)


def test_a_question_that_residents_read_already_is_passed_over(section: Department) -> None:
    published("猫を飼ったら", "要りません。", by=writer(), checked_by=cast.clerk())
    done = taken(section, writer(section, "other@example.lg.jp"))
    assert (done.taken, done.known) == (1, 1)


def test_a_row_of_another_section_is_left_to_it(section: Department) -> None:
    cast.department("清掃課", "4010")
    table = workbook(
        ("質問", "回答", "担当"), ("ごみは?", "集めます。", "清掃課"), ("印鑑は?", "窓口です。", "戸籍住民課")
    )
    done = taken(section, writer(section), table)
    assert (done.taken, [each.line for each in done.defects]) == (1, [2])
    assert "清掃課の人に渡してください" in done.defects[0].problem
