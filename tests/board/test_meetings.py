"""The secretariat works from minutes to the next agenda; others read, answer, or stay outside."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import meetings, signed_in
from todoke.meetings.models import Attendance, Commitment, Minutes, Suggestion
from todoke.organization.models import Post
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_file_of_minutes_becomes_a_commitment_with_its_words() -> None:
    by = meetings.secretary()
    client, meeting, section = signed_in(by), meetings.meeting(by), cast.department()
    file = SimpleUploadedFile("minutes.txt", meetings.MINUTES.encode("cp932"))
    answer = client.post(f"/board/meetings/{meeting.code}/minutes/", {"file": file})
    assert answer["Location"] == f"/board/meetings/{meeting.code}/suggestions/"
    page = client.get(answer["Location"]).content.decode()
    assert "申請の一覧は今月末までに作成します。" in page
    number = Suggestion.objects.get(kind="commitment").number
    where = f"/board/meetings/{meeting.code}/suggestions/{number}"
    sent = {"kind": "commitment", "what": "一覧を作る", "department": section.pk, "due": "2026-05-31"}
    client.post(f"{where}/acceptance/", sent)
    made = Commitment.objects.get()
    assert (made.what, made.due, made.department) == ("一覧を作る", date(2026, 5, 31), section)
    assert "ほかの人が先に" in client.post(f"{where}/passing/", follow=True).content.decode()


def test_a_commitment_without_a_section_is_asked_for_again() -> None:
    by = meetings.secretary()
    client, meeting = signed_in(by), meetings.meeting(by)
    Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    answer = client.post(
        f"/board/meetings/{meeting.code}/suggestions/1/acceptance/", {"kind": "commitment", "what": "一覧"}
    )
    assert answer.status_code == 422
    assert "担当する部署を選んでください" in answer.content.decode()


def test_minutes_that_cannot_be_read_change_nothing() -> None:
    by = meetings.secretary()
    client, meeting = signed_in(by), meetings.meeting(by)
    file = SimpleUploadedFile("scan.docx", b"PK\x03\x04nothing")
    page = client.post(f"/board/meetings/{meeting.code}/minutes/", {"file": file}).content.decode()
    assert "保存し直してください" in page
    assert not Minutes.objects.exists()


def test_planning_a_meeting_brings_open_commitments_onto_its_agenda() -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by)
    client = signed_in(by)
    answer = client.post("/board/meetings/plan/", {"body": commitment.body.pk, "held_on": "2026-08-04"})
    assert commitment.number in client.get(answer["Location"]).content.decode()


def test_a_clerk_reads_the_list_but_may_not_plan_or_judge() -> None:
    by, clerk = meetings.secretary(), cast.clerk()
    commitment = meetings.commitment(by)
    client = signed_in(clerk)
    assert commitment.number in client.get("/board/commitments/").content.decode()
    for path in ("meetings/plan/", f"commitments/{commitment.number}/drop/"):
        assert client.post(f"/board/{path}", {"reason": "x"}).status_code == 403
    assert client.get("/board/meetings/dx-1/minutes/").status_code == 403


def test_a_section_answers_its_commitment_and_another_may_not() -> None:
    by, clerk = meetings.secretary(), cast.clerk()
    commitment = meetings.commitment(by)
    where = f"/board/commitments/{commitment.number}/answer/"
    stranger = cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "2010"))
    assert signed_in(stranger).post(where, {"text": "しました"}).status_code == 403
    signed_in(clerk).post(where, {"text": "作りました", "evidence": "資料1"})
    assert Commitment.objects.get().status == Commitment.Status.ANSWERED


def test_the_list_filters_sorts_and_leaves_as_csv() -> None:
    by = meetings.secretary()
    late = meetings.commitment(by, due=date(2026, 5, 31))
    done = Commitment.create(meeting=late.meeting, what="分母を示す", department=cast.department(), by=by)
    done.fulfil(result="示した", evidence="資料2", by=by)
    client = signed_in(by)
    page = client.get("/board/commitments/?state=overdue&sort=-number").content.decode()
    assert late.number in page
    assert done.number not in page
    sheet = client.get("/board/commitments/sheet/?state=all").getvalue().decode("utf-8-sig")
    assert [line.split(",")[0] for line in sheet.splitlines()[1:]] == [late.number, done.number]


def test_what_somebody_promised_is_no_formula_in_a_spreadsheet() -> None:
    by = meetings.secretary()
    meeting = meetings.commitment(by).meeting
    Commitment.create(meeting=meeting, what='=HYPERLINK("http://x")', department=cast.department(), by=by)
    sheet = signed_in(by).get("/board/commitments/sheet/?state=all").getvalue().decode("utf-8-sig")
    assert "'=HYPERLINK" in sheet


def test_the_list_asks_the_database_no_more_with_more_rows(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    by = meetings.secretary()
    first = meetings.commitment(by)
    for n in range(60):
        Commitment.create(meeting=first.meeting, what=f"宿題{n}", department=cast.department(), by=by)
    client = signed_in(by)
    with django_assert_max_num_queries(20):
        page = client.get("/board/commitments/").content.decode()
    assert "after=" in page


def test_who_held_the_posts_is_shown_with_as_many_questions_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    by = meetings.secretary()
    client, meeting = signed_in(by), meetings.meeting(by)
    address = f"/board/meetings/{meeting.code}/"
    Attendance.objects.create(meeting=meeting, post=by.tenures.get().post)
    with CaptureQueriesContext(connection) as one:
        assert f">{by.name}</td>" in client.get(address).content.decode()
    for place in range(3):
        vacant = Post.objects.create(department=cast.department(), title=f"部長{place}", role=Post.Role.DIRECTOR)
        Attendance.objects.create(meeting=meeting, post=vacant)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_a_promise_is_not_fulfilled_without_saying_what_was_done() -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by)
    with pytest.raises(Refused, match="したことを書いて"):
        commitment.fulfil(evidence="資料1", by=by)


def test_a_paper_with_its_disclosure_is_handed_out_to_staff_only() -> None:
    by = meetings.secretary()
    client, meeting = signed_in(by), meetings.meeting(by)
    sent = {"number": "資料1", "title": "進捗", "disclosure": "closed", "closed_reason": ""}
    where = f"/board/meetings/{meeting.code}/documents/"
    assert "理由を書いてください" in client.post(where, sent).content.decode()
    client.post(where, sent | {"closed_reason": "検討中のため", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")})
    assert client.get(f"{where}資料1/").getvalue() == b"%PDF-1.4"
    assert client.get(f"{where}資料2/").status_code == 404
    assert Client().get(f"{where}資料1/").status_code == 302


def test_a_closed_paper_is_for_those_who_attend_prepare_or_audit_and_a_public_one_for_all_staff() -> None:
    by, clerk = meetings.secretary(), cast.clerk()
    meeting, file = meetings.meeting(by), SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    closed = meeting.documents.create(
        number="資料1", title="名簿", disclosure="closed", closed_reason="個人情報", file=file
    )
    where, client = f"/board/meetings/{meeting.code}/", signed_in(clerk)
    refused = client.get(f"{where}documents/資料1/")
    assert refused.status_code == 403
    assert "事務局に頼んでください" in refused.content.decode()
    assert "documents/%E8" not in client.get(where).content.decode()
    auditor = cast.staff("監査", "audit@example.lg.jp", Post.Role.AUDITOR)
    assert signed_in(auditor).get(f"{where}documents/資料1/").status_code == 200
    Attendance.objects.create(meeting=meeting, post=clerk.tenures.get().post)
    assert client.get(f"{where}documents/資料1/").getvalue() == b"%PDF-1.4"
    clerk.tenures.update(ends_on=date(2026, 3, 31))
    assert signed_in(clerk).get(f"{where}documents/資料1/").status_code == 403
    type(closed).objects.update(disclosure="public", closed_reason="")
    assert signed_in(cast.chief()).get(f"{where}documents/資料1/").status_code == 200


def test_what_the_reading_missed_is_written_down_until_the_record_is_closed() -> None:
    by = meetings.secretary()
    board = signed_in(by)
    section, meeting = cast.department(), meetings.meeting(by)
    Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    where = "/board/meetings/dx-1/addition/"
    board.post(where, {"kind": "decision", "what": "来年から紙を配らない", "line": "5"})
    sent = {"kind": "commitment", "what": "一覧を配る", "department": section.pk, "due": "2026-06-30"}
    board.post(where, sent)
    assert meeting.decisions.get().quote == "1 オンライン化の進捗について"
    assert Commitment.objects.get().due == date(2026, 6, 30)
    assert "行の番号を確かめて" in board.post(where, sent | {"line": "999"}, follow=True).content.decode()
    meeting.refresh_from_db()
    for each in Suggestion.objects.all():
        each.dismiss(by=by)
    meeting.confirm_record(by=by)
    assert "書き足せません" in board.post(where, sent, follow=True).content.decode()
    assert Commitment.objects.count() == 1
