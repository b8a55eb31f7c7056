"""A class: seats in order, mails where there is an address, and a list of whom the office tells itself."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.models import Course, Enrolment
from todoke.bookings.slots import Span
from todoke.japanese.calendar import JAPAN
from todoke.notices.models import Message
from todoke.reception import course_enrolments
from todoke.reception.course_enrolments import EnrolmentRequest, enrol, withdraw
from todoke.reception.visit_reminders import day_before
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def course(by: User, capacity: int = 2) -> Course:
    day = reception.office_day(30)
    return Course.announce(
        bookings.halls(), title="はじめてのスマホ教室", place="公民館", span=Span.on(day, time(10), time(12)),
        capacity=capacity, closes_at=timezone.now() + timedelta(days=5), by=by,
    )  # fmt: skip


def by_telephone(name: str, seats: int = 1) -> EnrolmentRequest:
    return EnrolmentRequest(name, seats, phone="03-1111-2222", channel="phone")


def test_a_person_without_mail_is_enrolled_and_stands_on_the_list_to_tell_until_told() -> None:
    clerk = bookings.manager()
    made = enrol(course(clerk), by_telephone("鈴木 一郎"), by=clerk)
    assert list(Enrolment.objects.untold()) == [made]
    made.note_told(by=clerk)
    assert not Enrolment.objects.untold().exists()
    assert not Message.objects.exists()


def test_whoever_has_mail_is_told_at_once() -> None:
    clerk = bookings.manager()
    made = enrol(course(clerk), EnrolmentRequest("山田 花子", email="hanako@example.jp"), by=Guest())
    assert made.told_at is not None
    assert [message.code for message in Message.objects.all()] == ["enrolment-confirmed"]


def test_a_seat_given_back_goes_to_the_first_who_waits_and_that_person_is_to_be_told_again() -> None:
    clerk = bookings.manager()
    full = course(clerk, capacity=1)
    first = enrol(full, by_telephone("一番"), by=clerk)
    second, third = (enrol(full, by_telephone(name), by=clerk) for name in ("二番", "三番"))
    for each in (first, second, third):
        each.note_told(by=clerk)
    assert withdraw(first, by=clerk) == [second]
    assert list(Enrolment.objects.untold()) == [second]


def test_a_form_that_is_sent_twice_is_one_enrolment_and_one_mail() -> None:
    full = course(bookings.manager())
    wanted = EnrolmentRequest("山田 花子", email="hanako@example.jp", form_key="k")
    assert enrol(full, wanted, by=Guest()) == enrol(full, wanted, by=Guest())
    full.refresh_from_db()
    assert (full.taken, Message.objects.count()) == (1, 1)


def test_everybody_with_mail_is_reminded_once_on_the_office_day_before() -> None:
    clerk = bookings.manager()
    made = enrol(course(clerk), EnrolmentRequest("山田 花子", email="hanako@example.jp"), by=clerk)
    enrol(made.course, by_telephone("鈴木 一郎"), by=clerk)
    morning = datetime.combine(day_before(made.course.starts_at.astimezone(JAPAN).date()), time(9), JAPAN)
    counts = [course_enrolments.remind(morning + timedelta(minutes=each)) for each in (-1, 0, 30)]
    assert counts == [0, 1, 0]


def test_only_the_section_opens_a_class_and_not_in_the_past() -> None:
    clerk, stranger = bookings.manager(), cast.clerk()
    with pytest.raises(NotAllowed):
        course(stranger)
    with pytest.raises(Refused):
        course(clerk, capacity=0)
