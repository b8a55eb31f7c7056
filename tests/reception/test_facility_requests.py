"""A use of a hall: rules, fee, permit; money that comes late is taken or given back, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, payments, reception
from todoke.accounts.actors import Guest
from todoke.bookings.models import Booking, Suspension, Taken
from todoke.bookings.tasks import release_overdue
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.payments import collection
from todoke.payments.models import Charge
from todoke.payments.providers.interface import EventKind
from todoke.reception import facility_requests, staff_holds
from todoke.reception.calendar_file import calendar_file
from todoke.reception.cancellations import call_off
from todoke.reception.ended_charges import end_left_charges
from todoke.reception.facility_grid import free_frames, month_grid
from todoke.reception.models import FacilityUse
from todoke.reception.permit import permit_pdf
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db
FREE: dict[str, Any] = {"fees": [{"kind": "", "frame": name, "yen": 0} for name, _, _ in bookings.FRAMES]}


def pay(use: FacilityUse, reference: str = "till-1") -> None:
    collection.pay_at_counter(cast.present(use.charge), reference=reference, by=Guest())


def fresh(use: FacilityUse) -> FacilityUse:
    return FacilityUse.objects.select_related("booking__unit__resource", "booking__registrant", "charge").get(pk=use.pk)


def lapse(use: FacilityUse) -> None:
    now = timezone.now()
    Booking.objects.filter(pk=use.booking_id).update(held_until=now)
    use.booking.allocations.update(opens_at=now)
    release_overdue.call()


def test_payment_confirms_the_hold_and_gives_the_permit() -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    assert (use.booking.status, cast.present(use.charge).yen) == ("held", 2000)
    with pytest.raises(NotYet):
        use.require_taking(by=Guest())
    pay(use)
    use = fresh(use)
    assert use.booking.status == "confirmed"
    use.require_taking(by=Guest())
    assert permit_pdf(use).startswith(b"%PDF")
    assert list(Message.objects.order_by("pk").values_list("code", flat=True)) == [
        "facility-held",
        "facility-confirmed",
    ]


def test_what_costs_nothing_is_confirmed_at_once() -> None:
    unit, who, _ = reception.paid_hall(**FREE)
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    assert (use.booking.status, use.charge, use.is_permitted) == ("confirmed", None, True)


def test_a_term_that_is_over_cancels_charge_and_hold_and_tells() -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    lapse(use)
    assert fresh(use).booking.status == "expired"
    assert Charge.objects.get().status == Charge.Status.CANCELLED
    assert Message.objects.filter(code="facility-expired").count() == 1


def test_payment_a_second_late_takes_the_time_again_where_it_is_free() -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    attempt = payments.attempt(cast.present(use.charge))
    lapse(use)
    assert Charge.objects.get().status == Charge.Status.UNPAID, "a charge that is being paid is not cancelled"
    collection.handle_event(payments.told(attempt))
    assert (fresh(use).booking.status, fresh(use).is_permitted) == ("confirmed", True)


def test_payment_a_second_late_is_given_back_where_the_time_is_gone() -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    attempt = payments.attempt(cast.present(use.charge))
    lapse(use)
    bookings.hold(unit, use.booking.span, clerk)
    collection.handle_event(payments.told(attempt))
    assert fresh(use).booking.status == "expired"
    assert Charge.objects.get().status == Charge.Status.REFUNDED
    assert Message.objects.filter(code="facility-late-payment").count() == 1


def test_a_payment_that_came_to_nothing_leaves_no_charge_of_an_ended_booking() -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    attempt = payments.attempt(cast.present(use.charge))
    lapse(use)
    assert end_left_charges() == 0, "while the payment is being asked about, the charge stays"
    collection.handle_event(payments.told(attempt, EventKind.FAILED))
    assert (end_left_charges(), end_left_charges()) == (1, 0)
    assert Charge.objects.get().status == Charge.Status.CANCELLED


def test_what_the_office_calls_off_is_given_back_whole() -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who, days=6), by=Guest())
    pay(use)
    assert call_off(fresh(use).booking, reason="停電", by=clerk).told
    assert (Charge.objects.get().status, fresh(use).refund_percent) == (Charge.Status.REFUNDED, 100)


def test_a_fee_that_is_assessed_anew_is_kept_when_it_is_paid() -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    pay(use)
    receipt = cast.present(fresh(use).charge).receipt
    collection.reverse(receipt, reason="取消請求", by=clerk, day=today())
    pay(fresh(use), "till-2")
    use = fresh(use)
    assert (use.booking.status, cast.present(use.charge).status) == ("confirmed", Charge.Status.PAID)
    assert Message.objects.filter(code="facility-late-payment").count() == 0


def test_an_exemption_from_the_whole_fee_confirms_the_hold() -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    facts = {"reason": "区の後援", "evidence": "後援の通知"}
    collection.exempt(cast.present(use.charge), percent=100, by=clerk, **facts)
    assert (fresh(use).booking.status, fresh(use).is_permitted) == ("confirmed", True)


def test_the_day_of_cancellation_says_what_comes_back() -> None:
    unit, who, _ = reception.paid_hall()
    early = facility_requests.request(reception.wish(unit, who), by=Guest())
    late = facility_requests.request(reception.wish(unit, who, days=6), by=Guest())
    for number, use in enumerate((early, late)):
        pay(use, f"till-{number}")
    assert [facility_requests.cancel(fresh(use), by=Guest()) for use in (early, late)] == [2000, 0]
    assert [fresh(use).refund_percent for use in (early, late)] == [100, 0]
    with pytest.raises(Taken):
        facility_requests.request(reception.wish(unit, who), by=Guest())


def test_an_unpaid_time_is_cancelled_with_its_charge_and_without_a_refund() -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    assert facility_requests.cancel(fresh(use), by=Guest()) == 0
    assert (fresh(use).booking.status, Charge.objects.get().status) == ("cancelled", Charge.Status.CANCELLED)


def test_a_time_that_the_office_calls_off_comes_back_in_full_with_its_reason() -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who, days=2), by=Guest())
    pay(use, "till-1")
    done = call_off(fresh(use).booking, reason="停電のため", by=clerk)
    assert (done.told, done.yen, fresh(use).refund_percent) == (True, 2000, 100)
    said = Message.objects.get(code="booking-called-off").body
    assert "停電のため" in said
    assert "2,000円を全額" in said


@pytest.mark.parametrize(
    ("change", "wish", "kind"),
    [
        ({"most_a_month": 1}, {"number": 1}, Conflict),
        ({"most_a_day": 1}, {"number": 1}, Conflict),
        ({}, {"number": 1, "people": 51}, Refused),
        ({"applications": [{"kind": "", "opens": "7日前", "closes": "当日"}]}, {"number": 1, "days": 20}, Closed),
        ({"fees": []}, {"number": 1}, Refused),
    ],
)
def test_a_rule_that_speaks_against_it_refuses(
    change: dict[str, Any], wish: dict[str, int], kind: type[Refused]
) -> None:
    unit, who, clerk = reception.paid_hall(**change)
    if "most_a_month" in change or "most_a_day" in change:
        facility_requests.request(reception.wish(unit, who, days=wish.get("days", 20)), by=clerk)
    with pytest.raises(kind):
        facility_requests.request(reception.wish(unit, who, **wish), by=clerk)


def test_a_limited_group_books_by_telephone_only() -> None:
    unit, who, _ = reception.paid_hall()
    chief = cast.present(type(who).objects.first()) and Suspension
    group = cast.present(unit.resource.group)
    boss = group.rules.get().published_by
    chief.impose(who, group, reach="online", starts_on=bookings.day_ahead(0), ends_on=bookings.day_ahead(9),
                 ground="無断の不来場3回", by=boss)  # fmt: skip
    with pytest.raises(NotAllowed):
        facility_requests.request(reception.wish(unit, who), by=Guest())
    assert facility_requests.request(reception.wish(unit, who, channel="phone"), by=Guest()).booking.status == "held"


def test_a_hold_by_staff_is_seen_in_public_with_its_reason() -> None:
    unit, _, clerk = reception.paid_hall()
    with pytest.raises(NotAllowed):
        staff_holds.hold(unit, bookings.frame(20), label="保守", reason="床の張替え", by=cast.clerk())
    staff_holds.hold(unit, bookings.frame(20), label="保守", reason="床の張替え", by=clerk)
    ((_, states),) = free_frames(unit, [bookings.day_ahead(20)])
    assert [state for _, state in states] == ["保守: 床の張替え", "空き", "空き"]


def test_the_grid_of_any_number_of_units_asks_as_often(django_assert_max_num_queries: object) -> None:
    unit, _, clerk = reception.paid_hall()
    group = cast.present(unit.resource.group)
    for number in range(3):
        bookings.court(group, f"extra{number}")
    rows = type(unit).objects.select_related("resource").prefetch_related("parts")
    days = [bookings.day_ahead(number) for number in range(31)]
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # a fixture
        grid = month_grid(list(rows), days)
    assert len(grid) == 12
    assert clerk is not None


def test_a_calendar_names_nobody_and_follows_the_booking() -> None:
    unit, who, _ = reception.paid_hall(**FREE)
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    text = calendar_file(use.booking, "https://example.lg.jp/b/x").decode()
    assert "STATUS:CONFIRMED" in text
    assert "SEQUENCE:0" in text
    assert who.name not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    facility_requests.cancel(fresh(use), by=Guest())
    assert "STATUS:CANCELLED" in calendar_file(fresh(use).booking, "https://example.lg.jp/b/x").decode()
    assert use.booking.starts_at > timezone.now() + timedelta(days=1)


def test_whoever_asks_for_a_taken_time_is_refused_by_two_questions(django_assert_max_num_queries: object) -> None:
    unit, who, clerk = reception.paid_hall()
    facility_requests.request(reception.wish(unit, who), by=Guest())
    late = reception.wish(unit, bookings.club(cast.present(unit.resource.group), clerk, name="第2クラブ"))
    savepoint = 3
    with django_assert_max_num_queries(2 + savepoint), pytest.raises(Taken):  # type: ignore[operator]  # a fixture
        facility_requests.request(late, by=Guest())


def test_a_form_that_is_sent_twice_is_one_use() -> None:
    unit, who, _ = reception.paid_hall()
    wish = reception.wish(unit, who, form_key="one-form")
    first, again = (facility_requests.request(wish, by=Guest()) for _ in range(2))
    assert first.pk == again.pk


def test_whoever_comes_second_is_refused_before_anything_is_written(django_assert_num_queries: Any) -> None:
    unit, who, _ = reception.paid_hall()
    facility_requests.request(reception.wish(unit, who), by=Guest())
    wanted = reception.wish(unit, who)
    with django_assert_num_queries(2), pytest.raises(Taken):
        facility_requests.request(wanted, by=Guest())


def test_the_most_of_a_day_counts_what_was_used_already() -> None:
    unit, who, clerk = reception.paid_hall(most_a_day=2)
    first = facility_requests.request(reception.wish(unit, who), by=clerk)
    Booking.objects.filter(pk=first.booking_id).update(status="used", held_until=None)
    facility_requests.request(reception.wish(unit, who, number=1), by=clerk)
    with pytest.raises(Conflict):
        facility_requests.request(reception.wish(unit, who, number=2), by=clerk)
    assert Booking.objects.count() == Charge.objects.count() == 2, "what was refused left nothing"
