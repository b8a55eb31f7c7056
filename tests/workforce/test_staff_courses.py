"""Seats of a course are counted by the database; members of promotion come first for some days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings
from tests.cast.races import together
from todoke.accounts.models import User
from todoke.bookings.models import Booking, Taken
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused
from todoke.workforce.member_figures import asked_minutes
from todoke.workforce.models import PromotionMember, StaffCourse, StaffCourseSession, StaffEnrolment

pytestmark = pytest.mark.django_db


def session(keeper: User, *, capacity: int = 2, members_days: int | None = None) -> StaffCourseSession:
    course = StaffCourse.register("basics", "業務改善の基礎", "業務を書き出す", by=keeper)
    start = timezone.now() + timedelta(days=10)
    until = None if members_days is None else today() + timedelta(days=members_days)
    span = Span(start, start + timedelta(hours=2))
    return course.announce(span, "研修室", capacity, start - timedelta(days=1), members_until=until, by=keeper)


def test_a_seat_is_taken_once_given_back_and_noted() -> None:
    keeper, clerk, chief = cast.headquarters(), cast.clerk(), cast.chief()
    found = session(keeper, capacity=1)
    seat = found.apply(by=clerk)
    with pytest.raises(Conflict):
        found.apply(by=clerk)
    with pytest.raises(Refused, match="満席"):
        found.apply(by=chief)
    seat.withdraw(by=clerk)
    again = StaffCourseSession.objects.get().apply(by=chief)
    with pytest.raises(NotAllowed):
        again.note("attended", by=clerk)
    again.note("attended", by=keeper)
    again.note("completed", by=keeper)
    with pytest.raises(Conflict):
        again.note("absent", by=keeper)


def test_members_of_promotion_have_seats_first_and_everybody_the_day_after() -> None:
    keeper, clerk = cast.headquarters(), cast.clerk()
    found = session(keeper, members_days=3)
    with pytest.raises(Refused, match="デジタル化推進委員"):
        found.apply(by=clerk)
    PromotionMember.nominate(cast.department(), clerk, agreed_minutes=60, by=keeper)
    found.apply(by=clerk)
    StaffCourseSession.objects.update(members_until=today() - timedelta(days=1))
    StaffCourseSession.objects.get().apply(by=cast.chief())
    assert asked_minutes(clerk, (timezone.localtime(found.starts_at)).date()) == 120


def test_a_closed_session_takes_nobody_and_bad_times_open_none() -> None:
    keeper = cast.headquarters()
    found = session(keeper)
    StaffCourseSession.objects.update(closes_at=timezone.now())
    with pytest.raises(Closed):
        StaffCourseSession.objects.get().apply(by=cast.clerk())
    span = Span(found.ends_at, found.starts_at)
    with pytest.raises(Refused):
        found.course.announce(span, "研修室", 1, found.closes_at, by=keeper)


def test_a_room_of_the_bookings_is_taken_for_the_session_and_nobody_elses() -> None:
    keeper, unit = cast.headquarters(), bookings.court(halves=1)
    course = StaffCourse.register("basics", "業務改善の基礎", "業務を書き出す", by=keeper)
    span = bookings.frame()
    made = course.announce(span, "体育館", 10, span.start - timedelta(days=1), unit=unit, by=keeper)
    assert Booking.objects.get() == made.booking
    with pytest.raises(Taken):
        course.announce(span, "体育館", 10, span.start - timedelta(days=1), unit=unit, by=keeper)
    assert StaffCourseSession.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_sixty_apply_at_once_for_thirty_seats() -> None:
    found = session(cast.headquarters(), capacity=30)
    section = cast.department()
    people = [cast.staff(f"職員{n}", f"s{n}@example.lg.jp", section=section) for n in range(60)]

    def apply(person: User) -> None:
        StaffCourseSession.objects.get(pk=found.pk).apply(by=person)

    done = [
        each for start in range(0, 60, 20)
        for each in together(*[lambda who=who: apply(who) for who in people[start : start + 20]])
    ]  # fmt: skip
    found.refresh_from_db()
    assert (sum(done), found.taken, StaffEnrolment.objects.count()) == (30, 30, 30)
