"""A month goes from the clerk to the chief to personnel without a seal; what changes takes the seals back."""

import csv
import hashlib
import io
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests import cast
from tests.cast import workforce as of_work
from tests.cast.races import together
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused
from todoke.workforce.attendance_record import person_months
from todoke.workforce.models import (
    ClockCorrection,
    ClockEvent,
    LeaveDay,
    LeaveKind,
    MonthClose,
    MonthSheet,
    WorkDay,
    WorkPattern,
)
from todoke.workforce.month_closes import close_month, reopen_month
from todoke.workforce.month_seals import approve_month, confirm_month, defects_of, send_month_back
from todoke.workforce.overtime_orders import give_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> of_work.Section:
    found = of_work.section()
    of_work.rules(found.personnel)
    return found


def sealed(here: of_work.Section) -> list[MonthSheet]:
    """The months of clerk and chief, confirmed and approved."""
    sheets = [of_work.full_month(here.clerk), of_work.full_month(here.chief)]
    for sheet, approver in zip(sheets, (here.chief, here.director), strict=True):
        confirm_month(sheet, sheet.revision, by=sheet.user)
        approve_month(sheet, sheet.revision, by=approver)
    return sheets


def lines_of(close: MonthClose) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(close.content.removeprefix("\ufeff"))))


def test_a_clerks_month_goes_to_the_chief_and_into_the_closing_file_without_a_seal(here: of_work.Section) -> None:
    day = of_work.office_days(of_work.last_month())[0]
    give_order(of_work.ordered(here.clerk, day, (17, 15), (19, 0)), by=here.chief)
    sheet = of_work.full_month(here.clerk)
    of_work.note(here.clerk, "in", of_work.at(day, 17, 16))
    of_work.note(here.clerk, "out", of_work.at(day, 19), on=day)
    sheet.refresh_from_db()
    confirm_month(sheet, sheet.revision, by=here.clerk)
    approve_month(sheet, sheet.revision, by=here.chief)
    chief = of_work.full_month(here.chief)
    with pytest.raises(NotYet, match="鈴木 課長"):
        close_month(here.department, sheet.month, by=here.personnel)
    confirm_month(chief, chief.revision, by=here.chief)
    approve_month(chief, chief.revision, by=here.director)
    close = close_month(here.department, sheet.month, by=here.personnel)
    mine = [line for line in lines_of(close) if line["職員番号"] == "001"]
    of_day = next(line for line in mine if line["日付"] == day.isoformat())
    assert (of_day["勤務日(分)"], mine[-2]["勤務日(分)"], mine[-1]["勤務日(分)"]) == ("104", "104", "120")
    assert close.file_hash == hashlib.sha256(close.content.encode()).hexdigest()
    assert Entry.objects.filter(act="勤怠の締め", changed__contains="照合値").count() == 1
    assert {each.status for each in MonthSheet.objects.all()} == {"closed"}


def test_nobody_confirms_for_another_and_nobody_approves_their_own(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.chief)
    with pytest.raises(NotAllowed):
        confirm_month(sheet, sheet.revision, by=here.director)
    confirm_month(sheet, sheet.revision, by=here.chief)
    with pytest.raises(NotAllowed):
        approve_month(sheet, sheet.revision, by=here.chief)
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthSheet.objects.filter(pk=sheet.pk).update(status="approved", approved_by=here.chief)
    approve_month(sheet, sheet.revision, by=here.director)


def test_a_month_is_confirmed_once_and_only_as_it_was_shown(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.clerk)
    seen = sheet.revision
    WorkDay.explain(sheet.month, "当番", by=here.clerk)
    sheet.refresh_from_db()
    with pytest.raises(Conflict):
        confirm_month(sheet, seen, by=here.clerk)
    confirm_month(sheet, sheet.revision, by=here.clerk)
    with pytest.raises(Conflict):
        confirm_month(sheet, sheet.revision, by=here.clerk)


def test_whatever_changes_before_the_close_takes_both_seals_back(here: of_work.Section) -> None:
    sheet = sealed(here)[0]
    day = of_work.office_days(sheet.month)[0]
    event = ClockEvent.objects.filter(user=here.clerk, on=day, kind="out").get()
    ClockCorrection.request(day, "out", of_work.at(day, 17, 30), "押し忘れて戻った", event=event, by=here.clerk)
    sheet.refresh_from_db()
    assert (sheet.status, sheet.approved_by, sheet.confirmed_at) == ("open", None, None)
    with pytest.raises(NotYet, match="佐藤 係員"):
        close_month(here.department, sheet.month, by=here.personnel)


def test_a_correction_leaves_two_rows_to_see_and_counts_the_new_one(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.clerk)
    day = of_work.office_days(sheet.month)[0]
    event = ClockEvent.objects.filter(user=here.clerk, on=day, kind="out").get()
    asked = ClockCorrection.request(day, "out", of_work.at(day, 16, 15), "早く退勤した", event=event, by=here.clerk)
    with pytest.raises(NotAllowed):
        asked.approve(by=here.clerk)
    with pytest.raises(Conflict):
        ClockCorrection.request(day, "out", of_work.at(day, 16, 0), "もう一度", event=event, by=here.clerk)
    asked.approve(by=here.chief)
    rows = ClockEvent.objects.filter(user=here.clerk, on=day, kind="out")
    assert [rows.count(), rows.standing().count()] == [2, 1]
    [month] = person_months([MonthSheet.objects.get(pk=sheet.pk)])
    assert next(each for each in month.result.days if each.on == day).gap == -60
    with pytest.raises(Conflict):
        asked.approve(by=here.chief)


def test_a_struck_out_event_is_asked_for_again(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.clerk)
    day = of_work.office_days(sheet.month)[0]
    event = ClockEvent.objects.filter(user=here.clerk, on=day, kind="out").get()
    ClockCorrection.request(day, "out", None, "押しまちがい", event=event, by=here.clerk).approve(by=here.chief)
    [month] = person_months([MonthSheet.objects.get(pk=sheet.pk)])
    assert month.open_days() == [day]
    assert "打刻がそろっていません" in defects_of(month)[0]


def test_a_gap_is_explained_before_the_month_is_confirmed(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.clerk)
    day = of_work.office_days(sheet.month)[1]
    of_work.note(here.clerk, "in", of_work.at(day, 18))
    of_work.note(here.clerk, "out", of_work.at(day, 19), on=day)
    sheet.refresh_from_db()
    with pytest.raises(NotYet, match="乖離"):
        confirm_month(sheet, sheet.revision, by=here.clerk)
    WorkDay.explain(day, "命令のない片付け", by=here.clerk)
    sheet.refresh_from_db()
    confirm_month(sheet, sheet.revision, by=here.clerk)
    send_month_back(sheet, "命令を申請してください", by=here.chief)
    assert (sheet.status, sheet.return_reason) == ("open", "命令を申請してください")


def test_a_closed_month_takes_nothing_until_personnel_open_it_and_then_has_number_two(here: of_work.Section) -> None:
    sheet = sealed(here)[0]
    close = close_month(here.department, sheet.month, by=here.personnel)
    day = of_work.office_days(sheet.month)[0]
    kind = LeaveKind.objects.get()
    for write in (
        lambda: of_work.note(here.clerk, "in", of_work.at(day, 20)),
        lambda: of_work.ordered(here.clerk, day, (18, 0), (19, 0)),
        lambda: WorkDay.explain(day, "後から", by=here.clerk),
        lambda: LeaveDay.request(kind, day, time(8, 30), 60, by=here.clerk),
    ):
        with pytest.raises(Closed):
            write()
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        ClockEvent.objects.create(
            user=here.clerk, on=day, month=sheet.month, at=of_work.at(day, 20), kind="in", source="page", key="x"
        )
    with pytest.raises(Conflict):
        close_month(here.department, sheet.month, by=here.personnel)
    with pytest.raises(Refused):
        send_month_back(MonthSheet.objects.get(pk=sheet.pk), "直す", by=here.chief)
    with pytest.raises(NotAllowed):
        reopen_month(close, "直す", by=here.chief)
    reopen_month(close, "打刻の漏れ", by=here.personnel)
    for each in MonthSheet.objects.select_related("user"):
        confirm_month(each, each.revision, by=each.user)
        approve_month(each, each.revision, by=here.chief if each.user == here.clerk else here.director)
    assert close_month(here.department, sheet.month, by=here.personnel).number == 2
    assert MonthClose.objects.filter(status="closed").count() == 1


def test_an_event_is_never_changed(here: of_work.Section) -> None:
    of_work.full_month(here.clerk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ClockEvent.objects.filter(kind="out").update(place="trip")


def test_half_a_day_of_leave_is_no_gap_and_begins_once(here: of_work.Section) -> None:
    day = of_work.office_days(of_work.last_month())[0]
    of_work.worked(here.clerk, day, (8, 30), (12, 0))
    kind = LeaveKind.objects.get()
    asked = LeaveDay.request(kind, day, time(13), 255, by=here.clerk)
    with pytest.raises(Conflict):
        LeaveDay.request(kind, day, time(13), 60, by=here.clerk)
    asked.approve(by=here.chief)
    [month] = person_months([MonthSheet.of(here.clerk, day)])
    found = month.result.days[day.day - 1]
    assert (found.leave, found.gap) == (255, 0)


def test_a_doubled_press_is_one_event_and_a_night_shift_lies_on_its_first_day(here: of_work.Section) -> None:
    once = ClockEvent.clock("in", "office", key="k1", by=here.clerk)
    assert ClockEvent.clock("in", "office", key="k1", by=here.clerk).pk == once.pk
    with pytest.raises(Conflict):
        ClockEvent.clock("in", "office", key="k1", by=here.chief)
    day = of_work.office_days(of_work.last_month())[0]
    of_work.note(here.chief, "in", of_work.at(day, 18))
    ended = of_work.note(here.chief, "out", of_work.at(day, 31, 10))
    [month] = person_months([MonthSheet.of(here.chief, day)])
    assert (ended.on, month.facts[day].clock.present) == (day, ((18 * 60, 31 * 60 + 10),))


def test_two_places_within_a_minute_are_shown(here: of_work.Section) -> None:
    ClockEvent.clock("in", "office", key="k1", by=here.clerk)
    ClockEvent.clock("break", "telework", key="k2", by=here.clerk)
    assert ClockEvent.objects.two_places().count() == 2


def test_a_night_pattern_is_arranged_by_the_chief_and_never_by_oneself(here: of_work.Section) -> None:
    day = of_work.office_days(of_work.last_month())[0]
    night = WorkPattern.establish(
        by=here.personnel, title="当直", valid_from=of_work.LONG_AGO, source="規則(例)", usual=False,
        starts=time(18), ends=time(3), rest_from=time(0), rest_until=time(1),
    )  # fmt: skip
    terms: dict[str, Any] = {"kind": "", "pattern": night, "moved_for": None}
    with pytest.raises(NotAllowed):
        WorkDay.arrange(here.clerk, day, **terms, by=here.clerk)
    WorkDay.arrange(here.clerk, day, **terms, by=here.chief)
    of_work.note(here.clerk, "in", of_work.at(day, 18))
    of_work.note(here.clerk, "out", of_work.at(day, 27), on=day)
    [month] = person_months([MonthSheet.of(here.clerk, day)])
    first = month.result.days[day.day - 1]
    assert (first.scheduled, first.worked, first.gap) == (480, 480, 0)


def test_a_moved_saturday_beyond_the_week_is_shown_in_its_own_bucket(here: of_work.Section) -> None:
    month = of_work.last_month()
    saturday = next(month + timedelta(days=n) for n in range(13, 30) if (month + timedelta(days=n)).weekday() == 5)
    week = [saturday - timedelta(days=n) for n in range(1, 6)]
    for day in week:
        WorkDay.arrange(here.clerk, day, kind="working", pattern=None, moved_for=None, by=here.chief)
    WorkDay.arrange(
        here.clerk, saturday, kind="working", pattern=None, moved_for=saturday + timedelta(days=9), by=here.chief
    )
    of_work.worked(here.clerk, saturday)
    [found] = person_months([MonthSheet.of(here.clerk, saturday)])
    assert {bucket.label: minutes for bucket, minutes in found.result.raw.items()} == {"振替": 465}


def close_twice(here: of_work.Section) -> None:
    close_month(here.department, of_work.last_month(), by=here.personnel)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_make_one_close(here: of_work.Section) -> None:
    sealed(here)
    assert sorted(together(lambda: close_twice(here), lambda: close_twice(here))) == [False, True]
    assert MonthClose.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_are_one(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.clerk)
    fresh = [MonthSheet.objects.get(pk=sheet.pk) for _ in range(2)]
    deeds = [lambda each=each: confirm_month(each, each.revision, by=here.clerk) for each in fresh]
    assert sorted(together(*deeds)) == [False, True]
    assert Entry.objects.filter(act="勤怠の本人確認").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_correction_that_arrives_while_a_month_is_closed_is_in_the_file_or_refused(here: of_work.Section) -> None:
    sealed(here)
    day = of_work.office_days(of_work.last_month())[0]
    event = ClockEvent.objects.filter(user=here.clerk, on=day, kind="out").get()

    def correct(by: User) -> None:
        ClockCorrection.request(day, "out", of_work.at(day, 17, 30), "残った", event=event, by=by)

    corrected, closed = together(lambda: correct(here.clerk), lambda: close_twice(here))
    sheet = cast.present(MonthSheet.objects.filter(user=here.clerk).first())
    assert corrected != closed
    assert sheet.status == ("closed" if closed else "open")
