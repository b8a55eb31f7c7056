"""The proof of rights tells what somebody got from the outcome of a request, and never from its status alone."""

import io
import zipfile

import pytest

from tests.cast import department
from todoke.accounts.models import RateLimitCounter
from todoke.proving.browser import FetchedPage
from todoke.proving.rights.canaries import Matter, canaries_in, matter_of
from todoke.proving.rights.judge import judge, succeeded
from todoke.proving.rights.recorded_requests import RecordedRequest, Scope, Success
from todoke.proving.rights.row_changes import RowChange, Rows, all_rows, changes

MINE, HERS = Matter(1).canary(), Matter(2).canary()
CHANGED = RowChange("altered", "cases_case", "7")
ADDED = RowChange("added", "cases_draft", "8")


def asked(method: str = "GET", **terms: object) -> RecordedRequest:
    return RecordedRequest("住民", method, "/cases/1/", **terms)  # type: ignore[arg-type] # one helper for all fields


def page(text: str = "", status: int = 200, **headers: str) -> FetchedPage:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return FetchedPage(status, "/cases/1/", text.encode(), {"content-type": "text/html; charset=utf-8", **named})


def test_a_canary_belongs_to_one_matter() -> None:
    matter = Matter(12)
    assert matter.canary() != matter.canary()
    assert {matter_of(each) for each in canaries_in(f"氏名 {matter.canary()}さん、{matter.canary()}")} == {12}


@pytest.mark.parametrize("status", [200, 403, 404, 500])
def test_whatever_the_status_a_page_that_shows_anothers_words_is_a_pass(status: int) -> None:
    assert judge(asked(), page(f"氏名 {MINE}", status), []).is_pass


def test_a_page_that_greets_politely_is_none() -> None:
    assert not judge(asked(), page("ログインしてください"), []).is_pass
    assert not judge(asked(), page("見つかりません", 404), []).is_pass


def test_what_a_person_typed_themselves_may_be_handed_back() -> None:
    request = asked("POST", fields={"name": MINE})
    assert not judge(request, page(f"入力: {MINE}", 403), []).is_pass
    assert judge(request, page(f"入力: {MINE} 前の答え: {HERS}", 403), []).canaries == (HERS,)


def test_a_changed_row_is_a_pass_although_the_page_says_no() -> None:
    assert judge(asked("POST"), page("できません", 403), [CHANGED]).rows == (CHANGED,)


def test_a_file_is_a_pass_although_nothing_in_it_can_be_read() -> None:
    scan = page("\x00\x01", content_type="application/octet-stream", content_disposition='attachment; filename="a"')
    assert judge(asked(), scan, []).file
    assert not judge(asked(), page("", 404, content_type="application/pdf"), []).file


def test_what_is_packed_in_a_workbook_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{HERS}</t>")
    book = FetchedPage(200, "/", packed.getvalue(), {"content-type": "application/zip"})
    assert judge(asked(scope=Scope.OWN), book, []).canaries == (HERS,)


def test_a_list_of_ones_own_may_be_opened_and_begun_and_shows_nobody_elses() -> None:
    mine = asked(scope=Scope.OWN)
    assert not judge(mine, page(HERS), [ADDED], matters={2}).is_pass
    assert judge(mine, page(MINE), [], matters={2}).canaries == (MINE,)
    assert judge(mine, page(), [CHANGED]).rows == (CHANGED,)


def test_a_page_without_a_canary_is_known_by_what_it_shows() -> None:
    day = asked(shows="99-99-99")
    assert judge(day, page("科目 99-99-99"), []).is_pass
    assert not judge(day, page("開けません"), []).is_pass


def test_a_proof_that_cannot_see_the_honest_success_says_so() -> None:
    assert succeeded(asked(), page(MINE), [])
    assert not succeeded(asked(), page("ログインしてください"), [])
    assert not succeeded(asked(), page(MINE, 404), [])
    assert succeeded(asked("POST", success=Success.ROWS), page("", 302), [CHANGED])
    assert not succeeded(asked("POST", success=Success.ROWS), page("保存しました"), [])
    assert not succeeded(asked(success=Success.FILE), page("まだできていません"), [])


def test_every_row_that_came_went_or_changed_is_told() -> None:
    before: Rows = {"cases_case": [(1, "受付"), (2, "審査")]}
    after: Rows = {"cases_case": [(1, "受付"), (2, "決裁"), (3, "受付")], "cases_note": [(1, "")]}
    assert set(changes(before, after)) == {
        ("altered", "cases_case", "2"), ("added", "cases_case", "3"), ("added", "cases_note", "1"),
    }  # fmt: skip
    assert changes(after, before) == [("removed", "cases_case", "3"), ("altered", "cases_case", "2")]


def test_rows_that_a_database_gives_in_another_order_are_the_same_rows() -> None:
    assert changes({"cases_case": [(1, "受付"), (2, "審査")]}, {"cases_case": [(2, "審査"), (1, "受付")]}) == []


@pytest.mark.django_db
def test_a_row_of_any_table_is_seen_and_what_is_about_nobody_is_not() -> None:
    before = all_rows()
    RateLimitCounter.objects.create(client="x", window=1, hits=1)
    section = department("検証課", "9900")
    assert [change[:2] for change in changes(before, all_rows())] == [("added", "organization_department")]
    between = all_rows()
    section.name = "検証係"
    section.save()
    assert changes(between, all_rows()) == [("altered", "organization_department", str(section.pk))]
