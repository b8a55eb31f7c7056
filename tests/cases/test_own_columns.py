"""A clerk's own sheet: the answers stand under her headings, in her order, and what fits nowhere stays blank."""

import pytest

from tests import cast
from tests.cast.exported_answers import applied, club, content, exported, sheets
from todoke.accounts.models import User
from todoke.cases.exports.own_columns import guess_own, headings_of, targets_of, whole_table, written
from todoke.cases.models import AnswerExport, AnswerLayout, Case, StopFlag
from todoke.formbuilder.models import FormDraft
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db
HEADINGS = ["No.", "フリガナ", "氏名", "TEL", "電話", "年収", "メモ", "受付日"]
TABLE = "/office/answers/club/"


def chosen(form: FormDraft, *headings: str, **known: str) -> dict[str, str]:
    return guess_own(headings, targets_of(whole_table(form)), known)


def form_of(case: Case) -> FormDraft:
    return case.release.form_version.draft


def test_headings_are_guessed_by_their_words_and_given_once() -> None:
    form = form_of(applied(club()))
    guessed = chosen(form, *HEADINGS, "氏", "お子さんの名前", "受付番号", "備考", "写真")
    assert guessed == {
        "No.": "", "フリガナ": "q_name.*kana", "氏名": "q_name.*name", "TEL": "", "電話": "q_phone", "年収": "q_yen",
        "メモ": "", "受付日": "received", "氏": "q_name.family", "お子さんの名前": "q_child", "受付番号": "number",
        "備考": "q_note", "写真": "q_photo",
    }  # fmt: skip
    assert chosen(form, "TEL", TEL="q_phone")["TEL"] == "q_phone"
    assert chosen(form, "TEL", TEL="q_gone")["TEL"] == ""


def test_a_row_pasted_from_a_sheet_or_lines_are_headings() -> None:
    assert headings_of("氏名\t電話\t\t氏名\r\n年収\n") == ["氏名", "電話", "年収"]
    assert headings_of("") == []


def test_the_file_has_her_headings_in_her_order() -> None:
    at = club()
    case = applied(at, yen="3,000", phone="090-1234-5678")
    own = {"氏名": "q_name.*name", "メモ": "", "年収": "q_yen", "TEL": "q_phone", "受付": "number"}
    found = sheets(exported(at, columns=written(own)))["回答"]
    assert found == [list(own), ["山田 花子", None, 3000, "090-1234-5678", case.number]]
    text = content(exported(at, columns=written(own), file_format="csv")).decode("utf-8-sig")
    assert text.splitlines() == ["氏名,メモ,年収,TEL,受付", f"山田 花子,,3000,090-1234-5678,{case.number}"]


def test_only_what_is_new_says_so_behind_her_columns() -> None:
    at = club()
    applied(at)
    assert sheets(exported(at, columns=written({"氏名": "q_name.*name"}), only_new=True))["回答"] == [
        ["氏名", "前回から"], ["山田 花子", "新規"],
    ]  # fmt: skip


def test_a_protected_person_is_in_no_column() -> None:
    at = club()
    case = applied(at)
    StopFlag.place(name="山田花子", department=at.section, by=at.chief, starts_on=today(), ends_on=today())
    own = {"受付番号": "number", "氏名": "q_name.*name", "申請者": "applicant", "TEL": "q_phone"}
    [_, row] = sheets(exported(at, columns=written(own)))["回答"]
    assert row == [case.number, *["画面で確かめてください"] * 3]


def test_her_columns_are_remembered_beside_those_of_the_page() -> None:
    at = club()
    form = form_of(applied(at))
    AnswerLayout.keep(form, ["number", "q_phone"], by=at.clerk)
    exported(at, columns=written({"TEL": "q_phone"}))
    assert (AnswerLayout.of(form, at.clerk), AnswerLayout.own_of(form, at.clerk)) == (
        ["number", "q_phone"], {"TEL": "q_phone"},
    )  # fmt: skip
    AnswerLayout.keep(form, ["number"], by=at.clerk)
    assert AnswerLayout.own_of(form, at.clerk) == {"TEL": "q_phone"}


def asked(by: User, **more: str) -> tuple[int, str]:
    given = {"kind": "xlsx", "repeats": "joined", "query": "view=all", "headings": "TEL\tメモ\t氏名", **more}
    answer = cast.signed_in(by).post(f"{TABLE}export/", given, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_clerk_pastes_her_headings_corrects_what_they_hold_and_gets_her_sheet() -> None:
    at = club()
    applied(at)
    status, page = asked(at.clerk)
    assert (status, "自分の表の列に入るもの" in page, AnswerExport.objects.count()) == (200, True, 0)
    asked(at.clerk, own="1", **{"column-1": "q_phone", "column-2": "", "column-3": "q_name.*name"})
    made = AnswerExport.objects.get()
    assert sheets(made)["回答"] == [["TEL", "メモ", "氏名"], ["090-1234-5678", None, "山田 花子"]]
    assert "TEL\tメモ\t氏名" in cast.signed_in(at.clerk).get(TABLE).content.decode()
    _, again = asked(at.clerk)
    assert '<option value="q_phone" selected>' in again
    status, page = asked(at.clerk, own="1", **{"column-1": "q_nothing"})
    assert (status, AnswerExport.objects.count()) == (422, 1)


def test_her_headings_are_for_sheets_alone() -> None:
    at = club()
    applied(at)
    assert "Excel と CSV だけです" in asked(at.clerk, kind="json")[1]
    assert not AnswerExport.objects.exists()
