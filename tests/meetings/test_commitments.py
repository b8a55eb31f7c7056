"""A promise lives until it is fulfilled with evidence, moved by decision, or dropped with a reason."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import meetings
from todoke.meetings.models import Commitment, Decision, Meeting, Minutes
from todoke.meetings.models.commitment import plan_next_meeting
from todoke.meetings.reminders import remind
from todoke.notices.models import Message
from todoke.organization.models import Post
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


def test_the_secretary_turns_minutes_into_decisions_and_commitments() -> None:
    by = meetings.secretary()
    meeting = meetings.meeting(by)
    minutes = Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    found = {each.kind: each for each in minutes.suggestions.all()}
    assert set(found) == {"commitment", "request", "decision", "continued"}
    assert found["commitment"].due == date(2026, 5, 31)
    found["decision"].accept(by=by)
    made = found["commitment"].accept(
        by=by, what="申請の一覧を作る", department=cast.department(), due=found["commitment"].due
    )
    found["request"].dismiss(by=by)
    assert meeting.decisions.get().text.startswith("電子契約")
    assert isinstance(made, Commitment)
    assert (made.number, made.quote) == ("2026-001", found["commitment"].quote)
    with pytest.raises(Refused, match="先に確かめました"):
        found["request"].accept(by=by)


def test_the_record_is_closed_only_when_every_suggestion_was_judged() -> None:
    by = meetings.secretary()
    meeting = meetings.meeting(by)
    minutes = Minutes.load(meeting, meetings.MINUTES.encode(), by=by)
    with pytest.raises(Refused, match="まだ確かめていない"):
        meeting.confirm_record(by=by)
    for each in minutes.suggestions.all():
        each.dismiss(by=by)
    meeting.confirm_record(by=by)
    assert Meeting.objects.get().status == Meeting.Status.RECORDED


def test_open_commitments_come_up_on_the_next_agenda_by_themselves() -> None:
    by = meetings.secretary()
    first = meetings.commitment(by, due=date(2026, 5, 31))
    following = plan_next_meeting(body=first.body, held_on=date(2026, 8, 4), by=by)
    late = Commitment.create(meeting=first.meeting, what="分母の時点を示す", department=cast.department(), by=by)
    assert [item.commitment for item in following.agenda.all()] == [first, late]
    first.fulfil(result="した", evidence="資料3", by=by)
    third = plan_next_meeting(body=first.body, held_on=date(2026, 11, 4), by=by)
    assert [item.commitment for item in third.agenda.all()] == [late]
    assert late.events.filter(kind="brought_up").count() == 2


def test_nothing_ends_without_evidence_or_reason() -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by)
    with pytest.raises(Refused, match="根拠"):
        commitment.fulfil(result="した", evidence=" ", by=by)
    with pytest.raises(Refused, match="理由"):
        commitment.drop(reason="", by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        commitment.events.create(kind="fulfilled", evidence="", by_label="x")
    commitment.drop(reason="制度が廃止されたため", by=by)
    with pytest.raises(Refused, match="取りやめ"):
        commitment.answer(text="やりました", by=by)


def test_a_section_answers_and_the_secretariat_confirms_or_sends_back() -> None:
    by, clerk = meetings.secretary(), cast.clerk()
    commitment = meetings.commitment(by)
    assert commitment.can_answer(clerk)
    assert not commitment.can_answer(by)
    commitment.answer(text="一覧を作りました", evidence="資料1", by=clerk)
    commitment.send_back(reason="分母がありません", by=by)
    commitment.answer(text="分母を足しました", evidence="資料1改", by=clerk)
    commitment.fulfil(result="した", evidence="資料1改", by=by)
    assert [e.kind for e in commitment.events.all()] == ["made", "answered", "returned", "answered", "fulfilled"]


def test_only_a_decision_moves_the_date() -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by, due=date(2026, 5, 31))
    decision = Decision.objects.create(meeting=commitment.meeting, text="期限を延ばす")
    commitment.postpone(due=date(2026, 9, 30), decision=decision, by=by)
    assert Commitment.objects.get().due == date(2026, 9, 30)
    with pytest.raises(Refused, match="書き換えられません"):
        decision.save()


def test_two_people_cannot_both_settle_a_commitment() -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by)
    other = Commitment.objects.get()
    commitment.fulfil(result="した", evidence="資料1", by=by)
    with pytest.raises(Refused, match="先に更新"):
        other.drop(reason="重なったため", by=by)


def test_the_chief_hears_of_a_due_commitment_once_a_week() -> None:
    by = meetings.secretary()
    chief = cast.staff("鈴木", "chief@example.lg.jp", Post.Role.CHIEF)
    meetings.commitment(by, due=date(2026, 5, 31))
    assert remind(date(2026, 5, 10)) == 0
    assert remind(date(2026, 5, 20)) == 1
    assert remind(date(2026, 5, 21)) == 0
    assert remind(date(2026, 5, 27)) == 1
    assert set(Message.objects.values_list("email", flat=True)) == {chief.email}
