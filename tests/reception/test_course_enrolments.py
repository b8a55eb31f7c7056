"""A class: seats in order, mails where there is an address, and a list of whom the office tells itself."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.models import Course, CourseFee, Enrolment, EnrolmentRequest
from todoke.bookings.slots import Span
from todoke.japanese.calendar import JAPAN, business_date, today
from todoke.notices.models import Message
from todoke.payments import collection
from todoke.payments.models import Attempt, Charge, Overpayment
from todoke.reception import course_enrolments, course_fees
from todoke.reception.course_enrolments import enrol, withdraw
from todoke.reception.visits.visit_reminders import day_before
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

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
    made = enrol(course(clerk), EnrolmentRequest("山田 花子", email="hanako@example.jp", channel="phone"), by=clerk)
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


def by_mail(name: str = "山田 花子", **more: Any) -> EnrolmentRequest:
    return EnrolmentRequest(name, email="hanako@example.jp", **more)


def fresh(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("course__department").get(pk=enrolment.pk)


def test_a_guest_has_the_seat_when_the_mail_is_answered_and_once_only() -> None:
    made = enrol(course(bookings.manager()), by_mail(), by=Guest())
    assert (made.status, made.course.free) == ("held", 2)
    assert Course.objects.get().taken == 1, "nobody else takes the seat meanwhile"
    course_enrolments.confirm(fresh(made), by=Guest())
    course_enrolments.confirm(fresh(made), by=Guest())
    assert fresh(made).status == "confirmed"
    assert list(Message.objects.order_by("pk").values_list("code", flat=True)) == [
        "enrolment-held", "enrolment-confirmed",
    ]  # fmt: skip


def test_a_mail_that_nobody_answers_gives_the_seat_to_whoever_waits() -> None:
    clerk = bookings.manager()
    full = course(clerk, capacity=1)
    silent, second = enrol(full, by_mail(), by=Guest()), enrol(full, by_telephone("二番"), by=clerk)
    later = timezone.now() + timedelta(minutes=31)
    assert (course_enrolments.end_unanswered(later), course_enrolments.end_unanswered(later)) == (1, 0)
    assert (fresh(silent).status, fresh(second).status) == ("lapsed", "confirmed")
    with pytest.raises(Closed):
        course_enrolments.confirm(fresh(silent), by=Guest())


def test_an_address_keeps_no_more_than_three_seats_unanswered() -> None:
    clerk = bookings.manager()
    of = course(clerk, capacity=9)
    for number in range(3):
        enrol(of, by_mail(f"山田 {number}"), by=Guest())
    with pytest.raises(Conflict):
        enrol(of, by_mail("山田 四"), by=Guest())
    assert enrol(of, by_mail("電話の人", channel="phone"), by=clerk).status == "confirmed"


def with_a_fee(by: User, capacity: int = 2, **fee: Any) -> Course:
    made = course(by, capacity)
    Course.objects.filter(pk=made.pk).update(fee_yen=500, **fee)
    made.refresh_from_db()
    return made


def test_a_fee_is_assessed_when_the_seat_is_certain_and_told_with_its_day() -> None:
    clerk = bookings.manager()
    of = with_a_fee(clerk)
    held = enrol(of, by_mail(seats=2), by=Guest())
    assert course_fees.fee_of(held) is None
    course_enrolments.confirm(fresh(held), by=Guest())
    charge = cast.present(course_fees.fee_of(held)).charge
    assert (charge.yen, charge.due_on) == (1000, business_date(of.closes_at))
    assert charge.token in Message.objects.get(code="enrolment-fee").body
    waiting = enrol(Course.objects.get(), by_telephone("待つ人"), by=clerk)
    assert course_fees.fee_of(waiting) is None, "who waits for a seat owes nothing"


def test_whoever_gives_the_seat_back_in_time_owes_nothing_and_gets_the_fee_back() -> None:
    clerk = bookings.manager()
    of = with_a_fee(clerk)
    unpaid, paid = (enrol(of, by_telephone(name), by=clerk) for name in ("一番", "二番"))
    charge = cast.present(course_fees.fee_of(paid)).charge
    collection.pay_at_counter(charge, reference="till", by=clerk)
    for each in (unpaid, paid):
        withdraw(fresh(each), by=clerk)
    states = [cast.present(course_fees.fee_of(each)).charge.status for each in (unpaid, paid)]
    assert states == [Charge.Status.CANCELLED, Charge.Status.REFUNDED]


def test_after_the_day_that_the_class_says_the_fee_stays() -> None:
    clerk = bookings.manager()
    of = with_a_fee(clerk, refund_until=today() - timedelta(days=1))
    paid = enrol(of, by_telephone("一番"), by=clerk)
    collection.pay_at_counter(cast.present(course_fees.fee_of(paid)).charge, reference="till", by=clerk)
    withdraw(fresh(paid), by=clerk)
    assert cast.present(course_fees.fee_of(paid)).charge.status == Charge.Status.PAID


def test_a_fee_is_given_back_no_later_than_the_day_of_the_class() -> None:
    span = Span.on(reception.office_day(30), time(10), time(12))
    with pytest.raises(Refused):
        Course.announce(
            bookings.halls(), title="写真", place="公民館", span=span, capacity=2, by=bookings.manager(),
            closes_at=timezone.now() + timedelta(days=5), fee=CourseFee(500, bookings.day_ahead(90)),
        )  # fmt: skip


def test_attendance_is_noted_from_the_day_of_the_class_on() -> None:
    clerk = bookings.manager()
    made = enrol(course(clerk), by_telephone("鈴木 一郎"), by=clerk)
    with pytest.raises(NotYet):
        made.attend(came=True, by=clerk)
    Course.objects.update(starts_at=timezone.now() + timedelta(minutes=5))
    fresh(made).attend(came=True, by=clerk)
    assert fresh(made).status == "attended"


def over(enrolment: Enrolment, *, told_days_ago: int = 9) -> datetime:
    """Let the day of a fee pass, and return the moment after it."""
    past = timezone.now() - timedelta(days=told_days_ago)
    charge = cast.present(course_fees.fee_of(enrolment)).charge
    Charge.objects.filter(pk=charge.pk).update(due_on=today() - timedelta(days=1))
    Enrolment.objects.filter(pk=enrolment.pk).exclude(told_at=None).update(told_at=past)
    return timezone.now()


def test_a_fee_that_does_not_come_in_time_gives_the_seat_to_whoever_waits_and_both_are_told() -> None:
    clerk = bookings.manager()
    of = with_a_fee(clerk, capacity=1)
    unpaid, second = enrol(of, by_mail(channel="phone"), by=clerk), enrol(of, by_telephone("二番"), by=clerk)
    second.note_told(by=clerk)
    now = over(unpaid)
    assert (course_enrolments.end_unpaid(now), course_enrolments.end_unpaid(now)) == (1, 0)
    assert (fresh(unpaid).status, fresh(second).status) == ("lapsed", "confirmed")
    assert cast.present(course_fees.fee_of(unpaid)).charge.status == Charge.Status.CANCELLED
    assert "待っている方に回しました" in Message.objects.get(code="enrolment-unpaid").body
    assert list(Enrolment.objects.untold()) == [fresh(second)], "who moved up without a mail is told by the office"
    term = cast.present(course_fees.fee_of(second)).charge.due_on
    assert term == max(business_date(of.closes_at), today() + timedelta(days=3))


def test_a_person_without_mail_who_lost_the_seat_stands_on_the_list_to_tell() -> None:
    clerk = bookings.manager()
    unpaid = enrol(with_a_fee(clerk), by_telephone("一番"), by=clerk)
    unpaid.note_told(by=clerk)
    course_enrolments.end_unpaid(over(unpaid))
    assert list(Enrolment.objects.untold()) == [fresh(unpaid)]
    assert Course.objects.get().taken == 0


@pytest.mark.parametrize("days", [0, 3])
def test_whoever_was_told_late_has_three_days_from_then(days: int) -> None:
    clerk = bookings.manager()
    unpaid = enrol(with_a_fee(clerk), by_telephone("一番"), by=clerk)
    assert course_enrolments.end_unpaid(over(unpaid)) == 0, "who was told nothing owes nothing yet"
    unpaid.note_told(by=clerk)
    assert course_enrolments.end_unpaid(over(unpaid, told_days_ago=days)) == 0
    assert course_enrolments.end_unpaid(over(unpaid, told_days_ago=4)) == 1


def test_whoever_paid_or_is_paying_keeps_the_seat() -> None:
    clerk = bookings.manager()
    of = with_a_fee(clerk, capacity=3)
    paid, paying = (enrol(of, by_mail(name, channel="phone"), by=clerk) for name in ("一番", "二番"))
    charges = [cast.present(course_fees.fee_of(each)).charge for each in (paid, paying)]
    collection.pay_at_counter(charges[0], reference="till", by=clerk)
    Attempt.objects.create(
        charge=charges[1], key="k", provider="fake", method="card", yen=charges[1].yen, requested_at=timezone.now()
    )
    over(paid)
    assert course_enrolments.end_unpaid(over(paying)) == 0
    assert {each.status for each in Enrolment.objects.all()} == {"confirmed"}


def test_a_fee_that_comes_after_the_seat_went_is_given_back_and_told() -> None:
    clerk = bookings.manager()
    unpaid = enrol(with_a_fee(clerk), by_mail(channel="phone"), by=clerk)
    course_enrolments.end_unpaid(over(unpaid))
    charge = cast.present(course_fees.fee_of(unpaid)).charge
    Overpayment.notice(charge, method="slip", reference="late", yen=charge.yen)
    assert f"{charge.yen:,}円" in Message.objects.get(code="enrolment-late-payment").body
