"""A clerk sees the answers of all versions in one table, and takes them away as a file under a number."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.http import QueryDict
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import cases, exported_answers
from tests.cast.exported_answers import applied, club
from tests.cast.formbuilder import photo
from todoke.audit.models import DataExport
from todoke.cases.exports import answer_exports
from todoke.cases.models import AnswerExport, AnswerLayout, Case, StopFlag
from todoke.japanese.calendar import today
from todoke.office.answers.answer_list import AnswerFormList, AnswerList
from todoke.office.casework.case_list import CaseList
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import NotAllowed

pytestmark = pytest.mark.django_db
TABLE = "/office/answers/club/"


def test_the_table_shows_answers_of_every_version_and_leads_to_the_case() -> None:
    at = club(version=1)
    old = applied(at, fax="03-9999-0000")
    exported_answers.newer(at)
    applied(at, yen="1,234")
    client = cast.signed_in(at.clerk)
    assert "学童クラブの申請" in client.get("/office/answers/").content.decode()
    page = client.get(f"{TABLE}?columns=q_fax&columns=q_yen").content.decode()
    assert "(旧版)ファクス" in page
    assert "03-9999-0000" in page
    assert "1,234" in page
    assert f"/office/cases/{old.number}/" in page
    assert "03-9999-0000" not in client.get(f"{TABLE}?edition=2&columns=q_fax").content.decode()


def test_applications_of_two_versions_stand_in_one_order_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnswerList, "size", 2)
    at = club(version=1)
    first = [applied(at).number for _ in range(3)]
    exported_answers.newer(at)
    second = [applied(at).number for _ in range(3)]
    page, seen = AnswerList.at(at.clerk, {"code": "club"}).page(QueryDict("")), list[str]()
    while page.following:
        seen += [case.number for case in page.rows]
        page = AnswerList.at(at.clerk, {"code": "club"}).page(QueryDict(page.following.partition("?")[2]))
    assert [*seen, *(case.number for case in page.rows)] == [*reversed(second), *reversed(first)]


def test_the_newest_applications_of_three_versions_are_found_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    at = club(version=1)
    made = [applied(at)]
    for _ in range(2):
        exported_answers.newer(at)
        made.append(applied(at))
    answers = AnswerList.at(at.clerk, {"code": "club"})
    assert len(answers.releases) == len(made)
    query = answers.read(QueryDict(""))
    assert answers.places
    with django_assert_num_queries(1):
        found = answers.newest(query, 2)
    assert found == [case.submission_id for case in reversed(made[1:])]


@pytest.mark.parametrize("view", AnswerList.views)
def test_a_view_of_the_table_holds_what_the_same_view_of_the_cases_does(view: str) -> None:
    at = club()
    held, seen, gone, _ = (applied(at) for _ in range(4))
    for case in (held, seen):
        case.start_review(by=at.clerk)
    gone.withdraw(by=at.clerk, reason="申し出のため")
    Case.objects.filter(pk=seen.pk).update(status="correction", due_on=None)
    Case.objects.filter(pk=held.pk).update(due_on=today() - timedelta(days=1), delivery="failed")
    answers, listed = AnswerList.at(at.clerk, {"code": "club"}), CaseList(at.clerk)
    shown = {case.pk for case in answers.page(QueryDict(f"view={view}")).rows}
    assert shown == set(listed.rows(view).values_list("pk", flat=True))


def test_the_forms_say_how_many_applications_and_versions_they_have(monkeypatch: pytest.MonkeyPatch) -> None:
    at = club(version=1)
    applied(at)
    exported_answers.newer(at)
    for _ in range(2):
        applied(at)
    form = AnswerFormList(at.clerk).page(QueryDict("")).rows[0]
    assert (form.cases, form.editions) == (3, 2)  # type: ignore[attr-defined] # annotated
    monkeypatch.setattr("todoke.lists.bounded_count.MOST", 2)
    assert "2以上" in cast.signed_in(at.clerk).get("/office/answers/").content.decode()


def test_the_columns_chosen_once_are_there_next_time() -> None:
    at = club()
    applied(at)
    client = cast.signed_in(at.clerk)
    client.get(f"{TABLE}?columns=status&columns=q_plan")
    page = client.get(TABLE).content.decode()
    assert 'data-label="利用の日"' in page
    assert 'data-label="電話"' not in page
    assert AnswerLayout.objects.get().user == at.clerk


def test_a_file_is_asked_for_made_and_taken_for_a_reason() -> None:
    at = club()
    for family in ("山田", "田中"):
        applied(at, name__family=family)
    client = cast.signed_in(at.clerk)
    asked = {"kind": "xlsx", "repeats": "joined", "query": "view=all&columns=q_phone"}
    page = client.post(f"{TABLE}export/", asked, follow=True)
    made = AnswerExport.objects.get()
    assert made.number in page.content.decode()
    address = f"/office/answer-exports/{made.token}/file/"
    assert "2人" in client.get(address).content.decode()
    taken = client.post(address, {"phrase": "report"})
    book = openpyxl.load_workbook(BytesIO(taken.getvalue()))
    assert [cell.value for cell in book["回答"][1]] == ["受付番号", "電話"]
    assert taken["Cache-Control"] == "no-store, private"
    record = DataExport.objects.get()
    assert made.number in record.title
    assert (record.persons, record.reason, record.columns) == (2, "統計・報告の作成", "受付番号・電話")
    made.refresh_from_db()
    assert made.taken_at is not None


def test_the_trail_counts_the_papers_of_an_archive_and_the_people_of_its_applications() -> None:
    at = club()
    applied(at, files={"photo": photo("写真.png")})
    applied(at)
    made = exported_answers.exported(at, contents="papers", file_format="zip")
    cast.signed_in(at.clerk).post(f"/office/answer-exports/{made.token}/file/", {"phrase": "report"})
    record = DataExport.objects.get()
    assert (record.rows, record.persons) == (1, 2)


def test_what_cannot_be_made_is_said_on_the_table_and_what_was_chosen_stays() -> None:
    at = club()
    applied(at)
    client = cast.signed_in(at.clerk)
    refused = client.post(f"{TABLE}export/", {"kind": "none", "repeats": "joined", "query": ""}, follow=True)
    assert "ファイルの種類" in refused.content.decode()
    nothing = {"kind": "csv", "repeats": "joined", "query": "status=granted"}
    assert "当てはまる案件がありません" in client.post(f"{TABLE}export/", nothing, follow=True).content.decode()
    assert not AnswerExport.objects.exists()


def test_nobody_else_finds_the_table_or_the_file() -> None:
    at = club()
    applied(at)
    made = exported_answers.exported(at)
    stranger, chief = cast.signed_in(cases.stranger()), cast.signed_in(at.chief)
    for address in (TABLE, f"{TABLE}counts/", f"/office/answer-exports/{made.token}/file/"):
        assert stranger.get(address).status_code == 404, address
    assert chief.get(f"/office/answer-exports/{made.token}/file/").status_code == 404
    assert stranger.post(f"{TABLE}export/", {"kind": "csv", "repeats": "joined"}).status_code == 404


def test_its_maker_can_delete_it_before_its_time() -> None:
    at = club()
    applied(at)
    made = exported_answers.exported(at)
    client = cast.signed_in(at.clerk)
    client.post(f"/office/answer-exports/{made.token}/removal/")
    cases.work_off()
    assert client.get(f"/office/answer-exports/{made.token}/file/").status_code == 409
    assert "ファイルは消しました" in client.get(f"/office/answer-exports/{made.token}/").content.decode()


def test_small_numbers_of_a_choice_are_not_told() -> None:
    at = club()
    for plan in ["day"] * 6 + ["all"]:
        applied(at, plan=plan)
    client = cast.signed_in(at.clerk)
    page = client.get(f"{TABLE}counts/").content.decode()
    assert "少ないため表示しません" in page
    file = client.get(f"{TABLE}counts/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert "利用の日,毎日,少ないため表示しません" in file


def test_the_page_counts_the_newest_applications_and_a_job_all(monkeypatch: pytest.MonkeyPatch) -> None:
    at = club()
    for plan in ["all"] * 6 + ["day"] * 5:
        applied(at, plan=plan)
    client = cast.signed_in(at.clerk)
    whole = client.get(f"{TABLE}counts/").content.decode()
    monkeypatch.setattr("todoke.office.answers.views.answers.MOST_COUNTED", 5)
    page = client.get(f"{TABLE}counts/")
    lines = dict(line for each in page.context["counts"] if each.title == "利用の日" for line in each.lines)
    assert "新しいものから" not in whole
    assert "新しいものから5件を数えたもの" in page.content.decode()
    assert sum(count for count in lines.values() if isinstance(count, int)) == 5
    refused = client.get(f"{TABLE}counts/?export=csv")
    assert refused.status_code == 409
    assert "すべての申請を数える" in refused.content.decode()
    shown = client.post(f"{TABLE}counts/export/", {"query": "view=all&channel=web", "export": "csv"}, follow=True)
    assert "順番を待っています" in shown.content.decode()
    cases.work_off()
    made = AnswerExport.objects.get()
    assert (made.total, made.query, made.conditions) == (11, "", "すべて、受付経路=オンライン")
    file = client.get(f"/office/answer-exports/{made.token}/file/").getvalue().decode("utf-8-sig")
    assert ",6\r\n" in file
    taken = DataExport.objects.get(title__contains=made.number)
    assert (taken.persons, taken.rows) == (None, len(file.splitlines()) - 1)


def counted(at: cases.Counter) -> AnswerExport:
    """A count of every application as a workbook."""
    cast.signed_in(at.clerk).post(f"{TABLE}counts/export/", {"query": "", "export": "xlsx"})
    cases.work_off()
    return AnswerExport.objects.get()


def test_a_workbook_of_counts_bears_the_number_of_its_export_and_asks_no_reason() -> None:
    at = club()
    applied(at)
    made, client = counted(at), cast.signed_in(at.clerk)
    assert "何のために" not in client.get(f"/office/answer-exports/{made.token}/").content.decode()
    file = client.get(f"/office/answer-exports/{made.token}/file/").getvalue()
    book = openpyxl.load_workbook(BytesIO(file))
    assert book.properties.description == f"書出し番号 {made.number}"
    head, *lines = book["件数"].values
    assert (head, len(lines)) == (("設問", "選択肢", "件数"), made.lines)


def test_a_clerk_who_was_moved_takes_no_counts_of_the_former_section() -> None:
    at = club()
    applied(at)
    made, client = counted(at), cast.signed_in(at.clerk)
    address = f"/office/answer-exports/{made.token}/file/"
    assert client.get(address).status_code == 200
    now = cast.department("税務課", "2020")
    post = Post.objects.create(department=now, title="係員", role=Post.Role.CLERK)
    Tenure.objects.filter(user=at.clerk).update(post=post)
    Case.objects.filter(pk=applied(at).pk).update(department=now)
    assert client.get(TABLE).status_code == 200
    assert client.get(address).status_code == 404
    with pytest.raises(NotAllowed):
        made.require_taking(by=at.clerk)


def test_the_counts_lead_back_to_the_table_under_the_same_conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    at = club()
    for _ in range(2):
        applied(at)
    monkeypatch.setattr("todoke.office.answers.views.answers.MOST_COUNTED", 1)
    page = cast.signed_in(at.clerk).get(f"{TABLE}counts/?view=all&channel=web").content.decode()
    assert page.count(f'href="{TABLE}?view=all&amp;channel=web"') == len(["breadcrumb", "narrow"])


def test_a_count_that_its_maker_stops_makes_no_file_and_keeps_no_name() -> None:
    at = club()
    ids = [applied(at).submission_id for _ in range(2)]
    client = cast.signed_in(at.clerk)
    client.post(f"{TABLE}counts/export/", {"query": "q=山田"})
    begun = AnswerExport.objects.get()
    assert "山田" in QueryDict(begun.query)["q"]
    page = client.post(f"/office/answer-exports/{begun.token}/cancellation/", follow=True).content.decode()
    assert "途中でやめました" in page
    answer_exports.make_counts(begun, ids, [at.section.pk])
    cases.work_off()
    stopped = AnswerExport.objects.get()
    assert (stopped.path, stopped.query, stopped.made_at) == ("", "", None)
    again = client.post(f"/office/answer-exports/{begun.token}/cancellation/", follow=True).content.decode()
    assert "もう終わっています" in again


def test_a_count_that_never_ended_keeps_no_name_after_its_day() -> None:
    at = club()
    applied(at)
    cast.signed_in(at.clerk).post(f"{TABLE}counts/export/", {"query": "q=山田"})
    AnswerExport.objects.update(expires_at=timezone.now())
    answer_exports.delete_expired()
    late = AnswerExport.objects.get()
    assert late.query == ""
    assert not late.is_busy


def test_one_case_is_taken_as_a_pdf_and_of_a_protected_person_only_for_a_reason() -> None:
    at = club()
    case = applied(at)
    client, address = cast.signed_in(at.clerk), f"/office/cases/{case.number}/sheet/"
    assert client.get(address).getvalue().startswith(b"%PDF")
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    assert b"%PDF" not in client.get(address).content
    assert client.post(address, {"phrase": "contact"}).getvalue().startswith(b"%PDF")
    assert cast.signed_in(cases.stranger()).get(address).status_code == 404
