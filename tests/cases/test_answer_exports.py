"""Clerks take answers of all versions of a form away as one table, and nobody else does."""

import json
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests import cast
from tests.cast import cases, exported_answers
from tests.cast.exported_answers import applied, club, content, exported, sheets, table
from tests.cast.formbuilder import photo
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.cases.correction import corrections
from todoke.cases.exports import answer_exports
from todoke.cases.models import AnswerExport, AnswerLayout, Case, StopFlag
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Closed, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db


def take(export: AnswerExport) -> AnswerExport:
    answer_exports.note_taking(export)
    return export


def correct(at: cases.Counter, case: Case, question: str, answer: str) -> None:
    case.start_review(by=at.clerk)
    point = corrections.CorrectionPoint(AnswerKey(question), "mistake")
    asked = corrections.request_correction(case, [point], by=at.clerk)
    assert not corrections.answer_correction(asked, {question: answer}, by=Guest())


def test_three_versions_stand_in_one_table_under_the_newest_labels() -> None:
    at = club(version=1)
    for _ in range(3):
        applied(at, fax="03-1", yen="3,000,000", born="1990年5月3日")
        if at.release.number < 3:
            exported_answers.newer(at)
    rows = table(exported(at))
    assert [row["様式の版"] for row in rows] == [1, 2, 3]
    assert [row["利用の日"] for row in rows] == ["平日"] * 3
    assert [row["(旧版)ファクス"] for row in rows] == ["03-1", None, None]
    assert [row["年収"] for row in rows] == [None, 3_000_000, 3_000_000]
    assert rows[2]["生年月日"] == datetime(1990, 5, 3)  # noqa: DTZ001 - a cell holds a day
    assert {row["電話"] for row in rows} == {"090-1234-5678"}


def test_an_interrupted_job_that_runs_again_makes_the_same_bytes() -> None:
    at = club()
    applied(at, **{"child-1": "太郎"})
    export = exported(at)
    first = content(export)
    AnswerExport.objects.update(made_at=None, path="")
    answer_exports.make_file(export.pk)
    export.refresh_from_db()
    assert content(export) == first


def test_a_second_table_holds_only_what_is_new_or_corrected_since() -> None:
    at = club()
    old, corrected = applied(at), applied(at, phone="03-0000-0000")
    take(exported(at))
    with pytest.raises(NotYet, match="新しい申請も補正もありません"):
        exported(at, only_new=True)
    correct(at, corrected, "phone", "03-1111-1111")
    fresh = applied(at)
    rows = table(exported(at, only_new=True))
    assert {row["受付番号"]: row["前回から"] for row in rows} == {fresh.number: "新規", corrected.number: "補正"}
    assert old.number not in {row["受付番号"] for row in rows}


def test_a_table_that_nobody_took_does_not_count_as_last_time() -> None:
    at = club()
    applied(at)
    exported(at)
    assert len(table(exported(at, only_new=True))) == 1
    assert len(table(exported(at, only_new=True, contents="table"))) == 1


def test_repeated_groups_get_a_sheet_of_their_own() -> None:
    at = club()
    case = applied(at, **{"child-1": "太郎", "child-2": "=花子"})
    found = sheets(exported(at, repeats="sheets"))
    assert found["お子さん"][1:] == [[case.number, 1, "太郎"], [case.number, 2, "=花子"]]
    assert "お子さんの名前" not in found["回答"][0]
    archive = zipfile.ZipFile(BytesIO(content(exported(at, file_format="csv", repeats="sheets"))))
    assert archive.namelist() == ["回答.csv", "1_お子さん.csv"]
    assert "'=花子" in archive.read("1_お子さん.csv").decode("utf-8-sig")


def test_json_holds_answers_by_stable_ids() -> None:
    at = club()
    applied(at, yen="500", **{"child-1": "太郎"})
    found = json.loads(content(exported(at, file_format="json", repeats="sheets")))
    (case,) = found["cases"]
    assert case["answers"]["yen"] == 500
    assert case["answers"]["name.family"] == "山田"
    assert case["groups"]["children"] == [{"child": "太郎"}]


def test_a_letter_that_cp932_lacks_stops_the_file_and_is_named() -> None:
    at = club()
    case = applied(at, name__family="𠮷田")
    export = exported(at, file_format="csv", encoding="cp932")
    assert f"{case.number}の「申請者」の「𠮷」" in export.problem
    assert (export.made_at, export.path) == (None, "")
    assert not exported(at, file_format="csv").problem


def test_the_file_says_its_number_and_the_trail_too() -> None:
    at = club()
    applied(at)
    export = exported(at)
    assert ["書出し番号", export.number] in sheets(export)["この表について"]
    assert export.number in export.file_name
    assert Entry.objects.filter(subject=f"cases.answerexport/{export.pk}", actor=at.clerk).exists()


def test_the_columns_chosen_last_are_remembered() -> None:
    at = club()
    applied(at)
    export = exported(at, columns=["status", "q_phone"])
    assert sheets(export)["回答"][0] == ["受付番号", "状態", "電話"]
    assert AnswerLayout.of(export.form, at.clerk) == ["status", "q_phone"]


def test_answers_of_a_protected_person_stay_out_and_a_flag_placed_later_stops_the_file() -> None:
    at = club()
    applied(at, name__family="川上")
    applied(at)
    before = exported(at)
    flag: dict[str, Any] = {"department": at.section, "starts_on": today(), "ends_on": today(), "by": at.chief}
    StopFlag.place(name="山田花子", **flag)
    with pytest.raises(NotYet, match="支援措置"):
        before.require_taking(by=at.clerk)
    after = exported(at)
    after.require_taking(by=at.clerk)
    text = str(sheets(after))
    assert "川上" in text
    assert "山田" not in text
    assert "画面で確かめてください" in text


def test_only_the_person_who_asked_takes_it_and_only_while_they_work_there_and_for_a_day() -> None:
    at = club()
    applied(at)
    export = exported(at)
    with pytest.raises(NotAllowed):
        export.require_taking(by=at.chief)
    AnswerExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    export.refresh_from_db()
    with pytest.raises(Closed, match="期限"):
        export.require_taking(by=at.clerk)
    assert answer_exports.delete_expired() == 1
    assert not default_storage.exists(export.path)
    at.clerk.tenures.update(ends_on=today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        export.require_taking(by=at.clerk)


def test_cases_of_other_sections_are_never_in_it() -> None:
    at = club()
    case = applied(at)
    moved = applied(at)
    Case.objects.filter(pk=moved.pk).update(department=cast.department("土木課", "3030"))
    assert [row["受付番号"] for row in table(exported(at))] == [case.number]
    with pytest.raises(NotYet):
        exported(at, by=cases.stranger())


def test_many_cases_are_written_by_a_job_that_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_exports, "AT_ONCE", 1)
    at = club()
    for _ in range(2):
        applied(at)
    export = exported(at)
    assert export.is_busy
    assert cases.work_off() > 0
    export.refresh_from_db()
    assert (export.done, export.is_busy, len(table(export))) == (2, False, 2)


def test_too_many_cases_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_exports, "MOST", 1)
    at = club()
    for _ in range(2):
        applied(at)
    with pytest.raises(Refused, match="受付日で分けて"):
        exported(at)


def test_an_answer_that_a_correction_has_hidden_is_not_in_the_table() -> None:
    at = club()
    fax = {**exported_answers.FAX, "when": {"op": "is", "question": "plan", "value": "all"}}
    at.release = exported_answers.next_release(
        at.release, exported_answers.document(exported_answers.NAME, exported_answers.PLAN, fax), 4
    )
    case = applied(at, plan="all", fax="03-9")
    correct(at, case, "plan", "day")
    (row,) = table(exported(at))
    assert (row["利用のしかた"], row["ファクス"]) == ("平日", None)


def test_papers_come_with_names_that_neither_meet_nor_escape() -> None:
    at = club()
    case = applied(at, files={"photo": photo("../../etc/pass:wd.png")})
    for name in ("写真.png", "CON.png"):
        case.submission.attach("photo", photo(name), by=Guest(), correcting=[AnswerKey("photo")])
    made = exported(at, contents="papers", file_format="zip")
    archive = zipfile.ZipFile(BytesIO(content(made)))
    names = archive.namelist()
    assert made.lines == len(names) - 1 == 3
    assert names[:3] == [f"{case.number}/01_pass_wd.png", f"{case.number}/02_写真.png", f"{case.number}/03__CON.png"]
    index = archive.read("一覧.csv").decode("utf-8-sig")
    assert index.count(case.number) == 6
    assert "写真" in index
