"""Everybody reads what was promised and what became of it, and finds the way there and back."""

from datetime import date

import pytest
from django.test import Client

from tests import cast
from tests.cast import meetings
from todoke.meetings.models import Commitment, Decision, Meeting

pytestmark = pytest.mark.django_db


def test_the_public_page_shows_only_meetings_whose_record_is_closed() -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by)
    Decision.objects.create(meeting=commitment.meeting, text="電子契約を導入する")
    assert "電子契約" not in Client().get("/board/public/council/").content.decode()
    commitment.meeting.mark_held(by=by)
    commitment.meeting.confirm_record(by=by)
    page = Client().get("/board/public/council/").content.decode()
    assert "電子契約を導入する" in page
    assert commitment.number in page
    assert Meeting.objects.get().status == Meeting.Status.RECORDED


def test_everybody_reads_what_became_of_each_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    by = meetings.secretary()
    meeting, section = meetings.meeting(by), cast.department()
    decision = Decision.objects.create(meeting=meeting, text="電子契約を導入する")
    late, done, dropped, moved = (
        Commitment.create(meeting=meeting, what=what, department=section, due=date(2026, 6, 30), by=by)
        for what in ("一覧を配る", "分母を示す", "試行をする", "窓口を減らす")
    )
    done.answer(text="分母を決めて配りました", by=by)
    done.fulfil(evidence="資料2", by=by)
    dropped.drop(reason="国の制度が変わったため", by=by)
    moved.postpone(due=date(2027, 3, 31), decision=decision, by=by)
    monkeypatch.setattr("todoke.japanese.due_dates.today", lambda: date(2026, 7, 1))
    page = Client().get("/board/public/council/").content.decode()
    assert "会議録を確認中の会議" not in page
    meeting.mark_held(by=by)
    page = Client().get("/board/public/council/").content.decode()
    assert "会議録が確定してから載せます" in page
    assert late.number not in page
    meeting.confirm_record(by=by)
    page = Client().get("/board/public/council/").content.decode()
    for words in (
        "期限切れ",
        "したこと: 分母を決めて配りました。根拠: 資料2",
        "理由: 国の制度が変わったため",
        "の決定「電子契約を導入する」",
    ):
        assert words in page, words
    found = Client().get("/board/public/council/?q=一覧").content.decode()
    assert late.number in found
    assert done.number not in found
    assert "「一覧」を含む決定" in found


def test_the_public_pages_lead_to_the_rows_and_back_to_the_residents_home(client: Client) -> None:
    home = client.get("/").content.decode()
    for path in ("/board/public/council/", "/board/public/stops/"):
        assert home.count(f'href="{path}"') == 2
        assert 'href="/"' in client.get(path).content.decode()
    council = client.get("/board/public/council/").content.decode()
    for key in ("procedures", "residents", "volume"):
        assert f'href="/board/public/rates/{key}/"' in council
        assert client.get(f"/board/public/rates/{key}/").status_code == 200
    assert client.get("/board/public/rates/none/").status_code == 404
