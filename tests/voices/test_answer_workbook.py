"""A section writes its answers in the table and returns it; what differs is shown first and taken line by line."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.cast.voices import Hall, hall, sent
from todoke.runtime.refusals import Conflict, Unreadable
from todoke.spreadsheets.writer import xlsx_file
from todoke.voices.answer_workbook import read_answers, take_answers
from todoke.voices.models import CommentGroup, Consultation
from todoke.voices.response_table import HEADS, ResponseTable

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Hall:
    return hall()


def grouped(place: Hall) -> Consultation:
    of = place.announced()
    for text, clause in (("駐輪場を増やす", "c01"), ("図書館を遅くまで", "c02"), ("公園を明るく", "c03")):
        sent(of, text, clause=clause)
    of.begin_answering(by=place.clerk)
    for point in of.points.all():
        made = CommentGroup.create(of, summary=point.text, clause=point.clause, by=place.clerk)
        point.move(made, seen=None, by=place.clerk)
    return of


def written(of: Consultation, **answers: tuple[str, str]) -> bytes:
    """The table as it was downloaded, with answers typed into it by the number of the line."""
    book = load_workbook(BytesIO(ResponseTable(of).xlsx()))
    sheet = book.worksheets[0]
    kind, text = HEADS.index("対応") + 1, HEADS.index("区の考え方") + 1
    for line, (label, words) in answers.items():
        sheet.cell(int(line[1:]) + 1, kind, label)
        sheet.cell(int(line[1:]) + 1, text, words)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_answers_come_back_by_the_table(place: Hall) -> None:
    of = grouped(place)
    found = read_answers(
        of, written(of, _1=("今後の参考とします", "検討します。"), _2=("原案のとおりとします", "八時までです。"))
    )
    assert ([each.kind for each in found.changed], found.same, found.unread) == (["later", "as_drafted"], 1, [])
    assert of.groups.exclude(response=None).count() == 0
    assert take_answers(of, found.changed, by=place.clerk) == 2
    again = read_answers(of, ResponseTable(of).xlsx())
    assert (again.changed, again.same) == ([], 3)


def test_a_line_that_does_not_fit_is_named_and_left_out(place: Hall) -> None:
    of = grouped(place)
    rows = [
        [1, "", "駐輪場を増やす", 1, "賛成", "はい", ""],
        [2, "", "図書館を遅くまで", 1, "今後の参考とします", "", ""],
        [9, "", "知らない要旨", 1, "今後の参考とします", "はい", ""],
    ]
    found = read_answers(of, xlsx_file(HEADS, rows))
    assert [each.line for each in found.unread] == [2, 3, 4]
    assert "「賛成」は読めません" in found.unread[0].why
    with pytest.raises(Unreadable):
        read_answers(of, b"\x00\x01")


def test_an_answer_that_changed_meanwhile_stops_the_whole_table(place: Hall) -> None:
    of = grouped(place)
    found = read_answers(
        of, written(of, _1=("今後の参考とします", "検討します。"), _2=("今後の参考とします", "後で。"))
    )
    found.changed[1].group.answer(kind="outside", text="別の課の仕事です。", by=place.second)
    with pytest.raises(Conflict):
        take_answers(of, found.changed, by=place.clerk)
    assert CommentGroup.objects.filter(response__isnull=False).count() == 1
