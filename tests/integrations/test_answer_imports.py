"""A table of answers of another service is tried before a case is made, and makes one case of each row."""

import io

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast.answer_tables import BAD, GOOD, HEADS, OTHER, csv
from tests.cast.cases import Counter, counter, release, stranger, work_off
from todoke.cases import intake
from todoke.cases.models import Case, Draft
from todoke.integrations.imports import answer_imports
from todoke.integrations.imports.column_mappings import decide_columns
from todoke.integrations.models import AnswerImport, ImportedApplication
from todoke.japanese.calendar import JAPAN
from todoke.notices.models import Message
from todoke.runtime.refusals import Conflict, NotAllowed, Unreadable

pytestmark = pytest.mark.django_db


def begun(at: Counter, content: bytes, name: str = "回答.csv") -> AnswerImport:
    file = SimpleUploadedFile(name, content)
    return answer_imports.begin_import(at.release.offer, file, channel="partner", by=at.clerk)


def tried(at: Counter, content: bytes) -> AnswerImport:
    batch = begun(at, content)
    answer_imports.order_check(batch)
    answer_imports.check_rows(batch.pk)
    batch.refresh_from_db()
    return batch


def written(at: Counter, content: bytes) -> AnswerImport:
    batch = tried(at, content)
    answer_imports.order_writing(batch, by=at.clerk)
    answer_imports.write_rows(batch.pk)
    batch.refresh_from_db()
    return batch


def test_every_column_is_taken_or_listed_as_not_taken() -> None:
    batch = begun(counter(), csv(GOOD))
    assert set(batch.mapping.taken()) | set(batch.mapping.not_taken()) == set(HEADS)
    assert batch.mapping.not_taken() == ["更新者", "添付ファイル"]


def test_rows_are_tried_and_what_does_not_fit_is_said_by_line_and_column() -> None:
    batch = tried(counter(), csv(GOOD, BAD, OTHER))
    assert (batch.status, batch.total, batch.fitting, batch.unfit) == (AnswerImport.Status.CHECKED, 3, 2, 1)
    assert {(each.line, each.column) for each in batch.defects.all()} == {
        (3, "氏名"), (3, "生活保護を受けていますか"), (3, "回答日時"),
    }  # fmt: skip
    assert not Case.objects.exists()
    assert not Draft.objects.exists()


def test_what_the_form_does_not_allow_is_said_by_the_column_of_the_table() -> None:
    batch = tried(counter(), csv((*GOOD[:4], "99", *GOOD[5:])))
    [defect] = batch.defects.all()
    assert (defect.line, defect.column) == (2, "通数")


def test_the_rows_that_fit_become_cases_of_their_day_and_nobody_is_mailed() -> None:
    at = counter()
    batch = written(at, csv(GOOD, BAD))
    found = Case.objects.get()
    assert batch.status == AnswerImport.Status.DONE
    assert found.applicant_name.split() == ["山田", "花子"]
    assert found.received_at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M") == "2026-11-05 09:30"
    assert found.channel == Case.Channel.PARTNER
    assert "1001" in found.events.get(act="受付").reason
    assert not Message.objects.exists()
    work_off()
    assert batch.path == ""


def test_a_row_that_the_intake_refuses_after_all_is_said() -> None:
    batch = written(counter(), csv((GOOD[0], "2099/01/01", *GOOD[2:])))
    assert not Case.objects.exists()
    assert not ImportedApplication.objects.exists()
    assert "未来" in batch.defects.get().problem


def test_the_same_table_twice_makes_no_second_case() -> None:
    at = counter()
    written(at, csv(GOOD))
    batch = tried(at, csv(GOOD, OTHER))
    assert (batch.fitting, batch.known) == (1, 1)
    answer_imports.order_writing(batch, by=at.clerk)
    answer_imports.write_rows(batch.pk)
    assert Case.objects.count() == ImportedApplication.objects.count() == 2


def test_rows_without_a_number_are_known_by_all_that_they_say() -> None:
    at = counter()
    batch = begun(at, csv(GOOD))
    decide_columns(batch.mapping, {**batch.mapping.taken(), "回答番号": ""}, by=at.clerk)
    written(at, csv(GOOD))
    assert tried(at, csv(GOOD, (*GOOD[:4], "3", *GOOD[5:]))).fitting == 1


class Killed(BaseException):
    """The worker died."""


def test_a_worker_that_dies_in_the_middle_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    at = counter()
    batch = tried(at, csv(GOOD, OTHER))
    answer_imports.order_writing(batch, by=at.clerk)
    accept = intake.accept

    def dies(*given: object, **named: object) -> Case:
        if ImportedApplication.objects.exclude(case=None).exists():
            raise Killed
        return accept(*given, **named)  # type: ignore[arg-type] # handed on

    monkeypatch.setattr(intake, "accept", dies)
    with pytest.raises(Killed):
        answer_imports.write_rows(batch.pk)
    monkeypatch.setattr(intake, "accept", accept)
    answer_imports.write_rows(batch.pk)
    answer_imports.write_rows(batch.pk)
    assert Case.objects.count() == 2


def test_a_table_in_shift_jis_is_read_and_a_wrong_byte_is_named() -> None:
    at = counter()
    assert tried(at, csv(GOOD, encoding="cp932")).fitting == 1
    spoilt = csv(GOOD).replace("花子".encode(), b"\xff\xfe")
    with pytest.raises(Unreadable, match=r"UTF-8 としては、2行目の\d+文字目\(バイト FF\)"):
        begun(at, spoilt)
    assert AnswerImport.objects.count() == 1


def test_a_file_marked_as_utf_8_is_told_its_wrong_byte_as_utf_8_alone() -> None:
    at = counter()
    spoilt = csv(GOOD).replace("花".encode(), b"\xff", 1)
    with pytest.raises(Unreadable, match=r"UTF-8 の印\(BOM\)で始まりますが.*UTF-8 としては、.*バイト FF") as refused:
        begun(at, spoilt)
    assert "Shift_JIS" not in str(refused.value)


def test_a_workbook_is_read_as_the_table_it_shows() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for at, row in enumerate((HEADS, GOOD)):
        sheet.write_row(at, 0, row)
    book.close()
    assert tried(counter(), out.getvalue()).fitting == 1


def test_rows_below_a_record_are_rows_of_its_repeated_group() -> None:
    at = counter()
    document = {
        "schema": 1, "title": "請求", "pages": [{"id": "p", "title": "p", "groups": [
            {"id": "g", "title": "", "questions": [{"id": "name", "kind": "name", "label": "氏名"}]},
            {"id": "children", "title": "子ども", "repeat": {"noun": "子ども", "least": 0, "most": 5},
             "questions": [{"id": "child", "kind": "short_text", "label": "子どもの名前"}]},
        ]}],
    }  # fmt: skip
    at.release = release(at.section, code="children", serial=88, document=document)
    heads = "レコードの開始行,レコード番号,氏名,氏名(フリガナ),子どもの名前\n"
    rows = "*,1,山田 花子,ヤマダ ハナコ,はる\n,,,,なつ\n*,2,髙橋 一郎,タカハシ イチロウ,あき\n"
    batch = written(at, (heads + rows).encode())
    assert batch.total == 2
    answers = [
        {key.row: value for key, value in case.submission.journey().present().items() if key.question == "child"}
        for case in Case.objects.order_by("pk")
    ]
    assert answers == [{1: "はる", 2: "なつ"}, {1: "あき"}]


def test_what_a_person_decided_is_remembered_for_the_next_table() -> None:
    at = counter()
    batch = begun(at, csv(GOOD))
    decide_columns(batch.mapping, {"通数": "", "更新者": "email"}, by=at.clerk)
    assert begun(at, csv(OTHER)).mapping.taken() == {"更新者": "email"}
    assert begun(at, csv(GOOD).replace("回答番号".encode(), "整理番号".encode())).mapping.taken()["更新者"] == "email"


def test_two_columns_go_to_no_one_place() -> None:
    at = counter()
    batch = begun(at, csv(GOOD))
    with pytest.raises(Unreadable, match="行き先が同じ"):
        decide_columns(batch.mapping, {"通数": "email", "更新者": "email"}, by=at.clerk)


def test_only_staff_of_the_section_bring_answers_in() -> None:
    at, other = counter(), stranger()
    batch = begun(at, csv(GOOD))
    with pytest.raises(NotAllowed):
        answer_imports.begin_import(
            at.release.offer, SimpleUploadedFile("a.csv", csv(GOOD)), channel="partner", by=other
        )
    with pytest.raises(NotAllowed):
        decide_columns(batch.mapping, {}, by=other)
    with pytest.raises(NotAllowed):
        answer_imports.order_writing(batch, by=other)
    assert not AnswerImport.objects.visible_to(other).exists()


def test_an_import_given_up_leaves_nothing_and_cannot_go_on() -> None:
    at = counter()
    batch = tried(at, csv(GOOD))
    path = batch.path
    answer_imports.cancel(batch, by=at.clerk)
    work_off()
    assert not default_storage.exists(path)
    with pytest.raises(Conflict):
        answer_imports.order_writing(batch, by=at.clerk)
