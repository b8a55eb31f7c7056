"""A hall manager sets up her own hall without code: group, parts, frames, closed days; then it is lent."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import Guest
from todoke.bookings.hall_setup import UnreadableSetup, frame_lines, is_closed, lines_of, require_closed_days
from todoke.bookings.models import BookableUnit, FacilityGroup, Resource, Timetable
from todoke.japanese.calendar import today
from todoke.reception import facility_requests
from todoke.reception.facility_grid import month_grid
from todoke.runtime.refusals import Closed, NotAllowed, Refused

pytestmark = pytest.mark.django_db
FRAMES = "午前、9:00、12:00\n夜間、18:00、21:30、月火水木金"
MONDAYS = "月曜日(祝日の場合は翌平日)、12月29日~1月3日"


def registered(client: Client) -> FacilityGroup:
    answer = client.post(
        reverse("studio:use-rules-registration"), {"department": str(bookings.halls().pk), "name": "区民館"}
    )
    assert answer.status_code == 302
    return FacilityGroup.objects.get(name="区民館")


def add_hall(client: Client, group: FacilityGroup, **more: str) -> int:
    typed = {"name": "多目的室", "kind": "room", "capacity": "60", "step_free": "on", **more}
    return client.post(reverse("studio:use-rules-hall", args=[group.code]), typed).status_code


def lend(client: Client, group: FacilityGroup, **more: str) -> Any:
    typed = {"starts_on": "2026-04-01", "frames": FRAMES, "closed_days": MONDAYS, **more}
    return client.post(reverse("studio:use-rules-timetable", args=[group.code]), typed)


def test_a_manager_enters_a_hall_in_two_parts_and_it_is_lent_on_her_days() -> None:
    clerk = bookings.manager()
    client = cast.signed_in(clerk)
    group = registered(client)
    assert add_hall(client, group, parts="半面A\n半面B", part_capacity="30") == 302
    assert lend(client, group).status_code == 302
    units = {unit.name: (unit.capacity, unit.parts.count()) for unit in BookableUnit.objects.all()}
    assert units == {"半面A": (30, 1), "半面B": (30, 1), "全面": (60, 2)}
    whole = BookableUnit.objects.select_related("resource").prefetch_related("parts").get(name="全面")
    days = [date(2026, 9, 18) + timedelta(days=n) for n in range(8)]
    grid = month_grid([whole], days)[whole.pk]
    lent = {day.day: len(frames) for day, frames in grid}
    assert lent == {18: 2, 19: 1, 20: 1, 21: 2, 22: 2, 23: 2, 24: 0, 25: 2}, "the 21st to the 23rd are holidays"
    page = client.get(reverse("studio:use-rules-group", args=[group.code])).content.decode()
    assert "多目的室" in page
    assert "夜間、18:00、21:30、月火水木金" in page
    assert "公開した版はまだありません" in page


def test_nobody_books_on_a_closed_day() -> None:
    unit, who, _ = reception.paid_hall()
    day = bookings.day_ahead(20)
    Timetable.objects.update(closed_days=f"{day.month}月{day.day}日")
    with pytest.raises(Closed, match="休館日"):
        facility_requests.request(reception.wish(unit, who, days=20), by=Guest())
    assert facility_requests.request(reception.wish(unit, who, days=21), by=Guest()).booking.status == "held"


def test_a_hall_without_parts_is_one_unit_and_one_part_alone_is_asked_about() -> None:
    client = cast.signed_in(bookings.manager())
    group = registered(client)
    assert add_hall(client, group, parts="半面A") == 422
    assert add_hall(client, group) == 302
    assert [unit.name for unit in Resource.objects.get().units.all()] == ["全体"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"frames": ""}, "貸し出す区分"),
        ({"frames": "午前、9時、12:00"}, "区分の1行目"),
        ({"frames": "午前、12:00、9:00"}, "終わりは、始まりより後"),
        ({"frames": "午前、9:00、12:00\n早朝、8:00、10:00、土"}, "重なっています"),
        ({"frames": "午前、9:00、12:00、祝"}, "曜日は"),
        ({"closed_days": "月曜日、満月の夜"}, "満月の夜"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_what_was_typed_stays(change: dict[str, str], said: str) -> None:
    client = cast.signed_in(bookings.manager())
    group = registered(client)
    answer = lend(client, group, **change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Timetable.objects.exists()


def test_another_section_registers_nothing_here_and_frames_follow_one_another() -> None:
    clerk, stranger = bookings.manager(), cast.clerk()
    group = FacilityGroup.register(bookings.halls(), name="区民館", by=clerk)
    with pytest.raises(NotAllowed):
        FacilityGroup.register(bookings.halls(), name="区民館", by=stranger)
    lines = frame_lines("午前、9:00、12:00")
    Timetable.publish(group, lines, starts_on=today(), by=clerk)
    with pytest.raises(Refused):
        Timetable.publish(group, lines, starts_on=today(), by=clerk)
    with pytest.raises(NotAllowed):
        Timetable.publish(group, lines, starts_on=today() + timedelta(days=1), by=stranger)


def test_frames_read_as_they_are_written() -> None:
    found = frame_lines(FRAMES)
    assert lines_of(found) == FRAMES
    assert (found[1].closes, found[1].weekdays) == (time(21, 30), (0, 1, 2, 3, 4))


def test_closed_days_move_from_a_holiday_and_are_understood_or_named() -> None:
    assert is_closed(MONDAYS, date(2026, 9, 24))
    assert not is_closed(MONDAYS, date(2026, 9, 21))
    assert is_closed(MONDAYS, date(2027, 1, 2))
    require_closed_days("")
    require_closed_days(MONDAYS)
    with pytest.raises(UnreadableSetup, match="そのうち"):
        require_closed_days("そのうち")
