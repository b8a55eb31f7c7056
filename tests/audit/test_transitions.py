"""A row changes where it still is what was read; whoever comes second is told so."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db.models import F

from tests.cast import meetings, records
from tests.cast.races import together
from todoke.audit.transitions import can_transition, compare_and_set, stamp_once, transition
from todoke.meetings.models import Meeting
from todoke.records.models import RecordFile
from todoke.runtime.refusals import Conflict

Status = Meeting.Status


@pytest.fixture
def planned() -> Meeting:
    return meetings.meeting(meetings.secretary())


@pytest.mark.django_db
def test_a_status_that_may_follow_is_stored_and_set_on_the_row(planned: Meeting) -> None:
    assert transition(planned, Status.HELD, place="第1会議室")
    stored = Meeting.objects.get()
    assert (stored.status, stored.place) == (planned.status, planned.place) == (Status.HELD, "第1会議室")


@pytest.mark.django_db
def test_a_status_that_may_not_follow_changes_nothing(planned: Meeting) -> None:
    assert not can_transition(planned, Status.RECORDED)
    assert not transition(planned, Status.RECORDED)
    assert Meeting.objects.get().status == planned.status == Status.PLANNED


@pytest.mark.django_db
def test_who_read_the_row_before_another_changed_it_does_not_win(planned: Meeting) -> None:
    read_before = Meeting.objects.get()
    assert transition(planned, Status.HELD)
    assert not transition(read_before, Status.HELD, place="第2会議室")
    assert (read_before.status, read_before.place, Meeting.objects.get().place) == (Status.PLANNED, "", "")


@pytest.mark.django_db
def test_further_columns_must_still_hold_what_was_read(planned: Meeting) -> None:
    assert not transition(planned, Status.HELD, read={"place": "第9会議室"})
    assert transition(planned, Status.HELD, read={"place": ""})


@pytest.mark.django_db
def test_an_expression_is_left_for_the_caller_to_read_back(planned: Meeting) -> None:
    assert compare_and_set(planned, {"sequence": 1}, sequence=F("sequence") + 1)
    assert (planned.sequence, Meeting.objects.get().sequence) == (1, 2)


@pytest.mark.django_db
def test_what_happens_once_keeps_its_first_day() -> None:
    kept = records.file()
    assert stamp_once(kept, "disposed_at", status=RecordFile.Status.DISPOSED)
    first = kept.disposed_at
    assert first is not None
    assert not stamp_once(kept, "disposed_at", first + timedelta(days=1))
    assert RecordFile.objects.get().disposed_at == kept.disposed_at == first


@pytest.mark.django_db
def test_a_day_is_stamped_only_while_other_columns_hold_what_was_read() -> None:
    task = meetings.commitment(meetings.secretary())
    assert not stamp_once(task, "reminded_on", date(2026, 6, 1), read={"due__isnull": False})
    assert stamp_once(task, "reminded_on", date(2026, 6, 1), read={"due": None})
    assert task.reminded_on == date(2026, 6, 1)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trial", range(20))
def test_of_people_who_press_at_one_moment_one_wins(trial: int) -> None:
    meetings.meeting(meetings.secretary())
    read = [Meeting.objects.get() for _ in range(4)]

    def press(mine: Meeting) -> None:
        if not transition(mine, Status.HELD, place=f"第{trial}会議室"):
            raise Conflict

    assert together(*[partial(press, each) for each in read]).count(True) == 1
