"""Work that other rooms give to a person reaches them: by mail, and on the page of today."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import meetings, procedures, signed_in
from tests.cast.formbuilder import small
from todoke.accounts.models import User
from todoke.formbuilder.models import FormDraft, FormReview
from todoke.japanese.calendar import today
from todoke.meetings.models import Commitment
from todoke.meetings.models.minutes import record_missed_item
from todoke.notices.models import Message
from todoke.office.assigned_work import assigned_counts
from todoke.organization.models import Department, Post
from todoke.rounds.progress import open_round

pytestmark = pytest.mark.django_db


def homework(by: User, section: Department, due: date | None = None) -> Commitment:
    """A commitment that the secretariat writes down."""
    made = record_missed_item(meetings.meeting(by), kind="commitment", what="一覧", by=by, department=section, due=due)
    assert isinstance(made, Commitment)
    return made


def test_homework_reaches_the_chief_by_mail_and_the_section_on_its_page() -> None:
    by, section = meetings.secretary(), cast.department()
    chief, clerk = cast.chief(section), cast.clerk(section)
    late = today() - timedelta(days=1)
    commitment = homework(by, section, late)
    told = Message.objects.get(code="commitment-new")
    assert told.user == chief
    assert commitment.number in told.body
    page = signed_in(clerk).get("/office/").content.decode()
    assert "会議の宿題" in page
    assert "うち期限切れ 1件" in page
    assert commitment.number in signed_in(clerk).get("/board/commitments/?mine=1").content.decode()
    stranger = cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "2010"))
    assert "会議の宿題" not in signed_in(stranger).get("/office/").content.decode()


def test_a_section_without_a_chief_is_told_all_the_same() -> None:
    by, section = meetings.secretary(), cast.department()
    clerk = cast.clerk(section)
    homework(by, section)
    assert Message.objects.get(code="commitment-new").user == clerk


def test_an_answer_that_is_not_enough_comes_back_with_its_reason() -> None:
    by, section = meetings.secretary(), cast.department()
    cast.clerk(section)
    commitment = meetings.commitment(by, section)
    commitment.answer(text="しました", by=by)
    commitment.send_back(reason="数がありません", by=by)
    assert "数がありません" in Message.objects.get(code="commitment-returned").body


def test_a_round_begins_with_a_mail_and_stays_on_the_page_until_it_is_answered() -> None:
    by, section = meetings.secretary(), cast.department()
    clerk = cast.clerk(section)
    procedures.procedure(department=section)
    open_round(
        "r8", "令和8年度の棚卸", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), due_on=date(2026, 9, 30), by=by
    )
    told = Message.objects.get(code="round-start")
    assert told.user == clerk
    assert f"/office/rounds/r8/{section.code}/" in told.body
    assert [label for label, *_ in assigned_counts(clerk)] == ["手続の棚卸"]


def test_a_designer_hears_of_a_review_and_the_asker_of_its_result() -> None:
    asker = cast.staff("加藤", "kato@example.lg.jp", Post.Role.DESIGNER)
    other = cast.staff("木村", "kimura@example.lg.jp", Post.Role.DESIGNER)
    review = FormReview.open(
        FormDraft.objects.create(code="club", title="学童", document=small()), by=asker, request="手数料"
    )
    told = Message.objects.get(code="form-review-asked")
    assert told.user == other
    assert "手数料" in told.body
    assert [label for label, *_ in assigned_counts(other)] == ["公開前の確認"]
    assert assigned_counts(asker) == []
    review.approve(by=other, comment="よい")
    assert Message.objects.get(code="form-review-settled").user == asker


def test_the_page_of_today_asks_no_more_for_much_homework(client: Client) -> None:
    by, section = meetings.secretary(), cast.department()
    clerk = cast.clerk(section)
    first = meetings.commitment(by, section)
    client.force_login(clerk)
    with CaptureQueriesContext(connection) as one:
        client.get("/office/")
    for n in range(3):
        Commitment.create(meeting=first.meeting, what=f"宿題{n}", department=section, by=by)
    with CaptureQueriesContext(connection) as four:
        client.get("/office/")
    assert len(four) == len(one)
