"""A resident enrols in a class, takes a number, waits for a hall and moves a visit, in three languages."""

import re
from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from tests.cast.page_languages import JapaneseTexts
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.models import Booking, Course, Enrolment, EnrolmentRequest, WaitlistEntry
from todoke.bookings.slots import Span
from todoke.reception import course_enrolments, facility_requests, hall_closures, staff_holds
from todoke.reception.lottery_awards import announce
from todoke.reception.models import QueueTicket, TicketQueue
from todoke.reception.visits import visit_requests

pytestmark = pytest.mark.django_db
NAMES = [
    settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)", "手話", "保育園の相談", "中央体育館 全面", "羽根の会",
    "スマホ教室", "総合窓口", "保守: 床の点検", "保守",
]  # fmt: skip


def course(by: User | None = None) -> Course:
    day = reception.office_day(20)
    return Course.announce(
        bookings.halls(), title="スマホ教室", place="公民館", span=Span.on(day, time(10), time(12)), capacity=1,
        closes_at=timezone.now() + timedelta(days=5), by=by or bookings.manager(email="teacher@example.jp"),
    )  # fmt: skip


def counter() -> TicketQueue:
    return TicketQueue.objects.create(
        code="counter", name="総合窓口", department=bookings.halls(), windows=2, opens=time(0), closes=time(23, 59, 59)
    )


def test_a_resident_enrols_without_an_account_and_gives_the_seat_back() -> None:
    made, client = course(), Client()
    typed = {"name": "山田 花子", "seats": 1, "email": "hanako@example.jp", "phone": "", "needs": "", "form_key": "k"}
    answer = client.post(reverse("portal:class", args=[made.code]), typed, follow=True)
    token = Enrolment.objects.get().token
    assert "メールを送りました" in answer.content.decode()
    assert cast.present(token) not in answer.content.decode(), "the address has to be theirs"
    answer = client.post(reverse("portal:enrolment-confirmation", args=[token]), follow=True)
    assert "1人分の席があります" in answer.content.decode()
    assert "満席です" in client.get(reverse("portal:class", args=[made.code])).content.decode()
    client.post(reverse("portal:enrolment-withdrawal", args=[token]))
    made.refresh_from_db()
    assert made.taken == 0


def test_a_resident_takes_a_number_sees_the_place_in_the_line_and_leaves() -> None:
    queue, client = counter(), Client()
    queue.issue(channel="counter", by=Guest())
    shown = client.post(reverse("portal:queue-issue", args=[queue.code]), follow=True).content.decode()
    assert "2番" in shown
    assert "前に1人が待っています" in shown
    assert "待ち時間は、まだ分かりません" in shown
    ticket = QueueTicket.objects.get(number=2)
    client.post(reverse("portal:queue-leaving", args=[ticket.token]))
    ticket.refresh_from_db()
    assert ticket.status == "gone"


def test_a_group_waits_for_a_booked_time_and_stops_waiting() -> None:
    person = cast.resident()
    unit, who, clerk = reception.paid_hall(person)
    other = bookings.club(cast.present(unit.resource.group), clerk, name="先の会")
    facility_requests.request(reception.wish(unit, other), by=clerk)
    client = cast.signed_in(person)
    page = client.get(reverse("portal:facility", args=[unit.code])).content.decode()
    [address] = re.findall(rf'href="(/facilities/{unit.code}/waiting/[^"]+)"', page)
    client.post(address.replace("&amp;", "&"), {"registrant": who.pk})
    entry = WaitlistEntry.objects.get()
    assert "1番目に待っています" in client.get("/bookings/").content.decode()
    client.post(reverse("portal:booking-wait-withdrawal", args=[entry.pk]))
    entry.refresh_from_db()
    assert entry.status == "withdrawn"


def test_nobody_waits_for_what_is_free_or_what_the_office_holds() -> None:
    person = cast.resident()
    unit, who, _ = reception.paid_hall(person)
    client = cast.signed_in(person)
    page = client.get(reverse("portal:facility", args=[unit.code])).content.decode()
    assert "/waiting/" not in page
    free = re.findall(rf'href="(/facilities/{unit.code}/booking/[^"]+)"', page)[40].replace("&amp;", "&")
    answer = client.post(free.replace("/booking/", "/waiting/"), {"registrant": who.pk})
    assert (answer.status_code, WaitlistEntry.objects.count()) == (422, 0)


def test_a_parent_moves_a_visit_by_one_press_and_keeps_it_where_the_new_time_is_taken() -> None:
    purpose = reception.office(officers=1)
    made = visit_requests.request(reception.visit(purpose, reception.span(0)), by=Guest())
    visit_requests.request(reception.visit(purpose, reception.span(2), name="別人"), by=Guest())
    client, address = Client(), reverse("portal:booking-move", args=[made.booking.token])
    client.post(address, {"start": reception.span(2).start.isoformat()})
    assert Booking.objects.get(pk=made.booking.pk).starts_at == reception.span(0).start
    client.post(address, {"start": reception.span(1).start.isoformat()})
    assert Booking.objects.get(pk=made.booking.pk).starts_at == reception.span(1).start


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_the_pages_speak_the_language(language: str) -> None:
    person = cast.resident()
    unit, _, clerk = reception.paid_hall(person)
    visit = visit_requests.request(reception.visit(reception.office(), channel="online"), by=Guest())
    made, priced, queue = course(), course(clerk), counter()
    seat = course_enrolments.enrol(made, EnrolmentRequest("Hanako", email="hanako@example.jp"), by=Guest())
    Course.objects.filter(pk=priced.pk).update(fee_yen=500)
    priced.refresh_from_db()
    paid = course_enrolments.enrol(priced, EnrolmentRequest("Hanako", phone="03-0000-0000"), by=Guest())
    staff_holds.hold(unit, bookings.frame(25), label="保守", reason="床の点検", by=clerk)
    ticket = queue.issue(channel="online", by=Guest())
    client = cast.signed_in(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("portal:facility", args=[unit.code])).content.decode()
    free = re.findall(rf'href="(/facilities/{unit.code}/booking/[^"]+)"', page)[0].replace("&amp;", "&")
    for address in (
        "/classes/", reverse("portal:class", args=[made.code]), reverse("portal:enrolment", args=[seat.token]),
        reverse("portal:enrolment", args=[paid.token]), "/staff-holds/",
        "/queues/", reverse("portal:queue-ticket", args=[ticket.token]),
        reverse("portal:queue-screen", args=["counter"]),
        reverse("portal:booking-move", args=[visit.booking.token]), free.replace("/booking/", "/waiting/"),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        if language == "en":
            text = answer.content.decode()
            spoken = re.sub(r'<(\w+)[^>]*lang="ja"[^>]*>.*?</\1>', "", text, flags=re.DOTALL)
            assert not [each for each in JapaneseTexts(text, NAMES).texts if each in spoken], address


def test_everybody_reads_what_the_office_holds_and_why_and_no_draw_is_among_it() -> None:
    unit, _, clerk = reception.paid_hall()
    staff_holds.hold(unit, bookings.frame(25), label="保守", reason="床の点検", by=clerk)
    hall_closures.declare(unit.resource, bookings.frame(26), reason="停電のため", seen=0, by=clerk)
    now = timezone.now()
    announce(
        cast.present(unit.resource.group), "来月分", [(unit, bookings.frame(40))], source="終値",
        closes_at=now + timedelta(hours=1), draws_at=now + timedelta(hours=2), limit=1, by=clerk,
    )  # fmt: skip
    shown = Client().get("/staff-holds/").content.decode()
    assert "保守: 床の点検" in shown
    assert "臨時休館: 停電のため" in shown
    assert "抽選 " not in shown
    assert "2件あります" in shown
