"""The secretariat registers bodies, corrects dates, and judges several suggestions on one page."""

from datetime import date

import pytest

from tests import cast
from tests.cast import meetings, signed_in
from todoke.board.suggestion_page import judgement_forms
from todoke.meetings.models import Body, Commitment, Minutes, Suggestion
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db


def test_a_body_and_its_members_are_registered_and_corrected_on_the_pages() -> None:
    by = meetings.secretary()
    board, post = signed_in(by), by.tenures.get().post
    assert "会議体を登録する" in board.get("/board/meetings/").content.decode()
    board.post("/board/sheets/bodies/all/new/", {"code": "anzen", "name": "情報安全委員会", "members": [post.pk]})
    body = Body.objects.get(code="anzen")
    assert list(body.members.all()) == [post]
    board.post("/board/meetings/plan/", {"body": body.pk, "held_on": "2026-08-04"})
    assert body.meetings.get().attendances.get().post == post
    assert signed_in(cast.clerk()).get("/board/sheets/bodies/all/new/").status_code == 403


def test_planned_meetings_are_numbered_by_their_dates_and_a_date_is_corrected() -> None:
    by = meetings.secretary()
    board = signed_in(by)
    december, november = meetings.meeting(by, date(2026, 12, 3)), meetings.meeting(by, date(2026, 11, 18))
    december.refresh_from_db()
    assert [(november.sequence, november.title), (december.sequence, december.title)] == [
        (1, "第1回 DX推進本部"),
        (2, "第2回 DX推進本部"),
    ]
    page = board.post(f"/board/meetings/{november.code}/schedule/", {"held_on": "2026-12-10"}, follow=True)
    assert "第2回 DX推進本部の予定を直しました" in page.content.decode()
    december.refresh_from_db()
    assert december.sequence == 1
    december.mark_held(by=by)
    refused = board.post(f"/board/meetings/{december.code}/schedule/", {"held_on": "2027-01-10"}, follow=True)
    assert "開催した会議の日は直せません" in refused.content.decode()


def test_minutes_of_another_meeting_are_questioned_before_they_are_taken() -> None:
    by = meetings.secretary()
    client, meeting = signed_in(by), meetings.meeting(by, date(2026, 5, 13))
    other = meetings.MINUTES.replace("DX推進本部", "総合交通会議").replace("第1回", "第7回")
    where = f"/board/meetings/{meeting.code}/minutes/"
    page = client.post(where, {"text": other}).content.decode()
    for words in ("総合交通会議", "第7回ですが、この会議は第1回", "2026年5月12日(火)ですが", "事務局 資料1に基づき"):
        assert words in page, words
    assert not Minutes.objects.exists()
    client.post(where, {"text": other, "is_confirmed": "on"})
    assert Minutes.objects.count() == 1


def test_several_suggestions_are_judged_on_one_page_and_each_section_gets_one_mail() -> None:
    by, section = meetings.secretary(), cast.department()
    chief = cast.chief(section)
    client, meeting = signed_in(by), meetings.meeting(by)
    Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    where, rows = f"/board/meetings/{meeting.code}/suggestions/judgements/", list(Suggestion.objects.all())
    assert "宿題・要望・継続のとき必要" in client.get(where).content.decode()
    sent: dict[str, str] = {}
    for each in rows:
        sent |= {f"s{each.number}-act": "accept", f"s{each.number}-kind": each.kind, f"s{each.number}-what": each.what}
    answer = client.post(where, sent)
    assert answer.status_code == 422
    assert "担当する部署を選んでください" in answer.content.decode()
    assert not Commitment.objects.exists()
    sent |= {f"s{each.number}-department": section.code for each in rows} | {f"s{rows[-1].number}-act": "dismiss"}
    client.post(where, sent)
    assert Suggestion.objects.filter(status="proposed").count() == 0
    assert Suggestion.objects.filter(status="passed").count() == 1
    made = Commitment.objects.count()
    assert made == sum(each.kind != "decision" for each in rows[:-1])
    told = Message.objects.get(code="commitment-new")
    assert told.user == chief
    assert f"宿題 {made}件" in told.subject


def test_who_spoke_and_the_words_of_a_date_are_proposed() -> None:
    by = meetings.secretary()
    meeting = meetings.meeting(by)
    planned = meetings.meeting(by, date(2026, 8, 4))
    minutes = Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    initial = {form.suggestion.kind: form.initial for form in judgement_forms(minutes)}
    assert initial["commitment"]["department"] == "1200"
    assert initial["commitment"]["due"] == date(2026, 5, 31)
    assert initial["request"]["due"] == planned.held_on
