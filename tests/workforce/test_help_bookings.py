"""A person without an account takes a time at a help session, by page, telephone or counter, and gives it back."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.cast.mailed_links import mailed_path
from tests.cast.page_languages import JapaneseTexts
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.bookings.models import Booking, Taken
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.reception.visits.visit_reminders import remind
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.help_bookings import HelpRequest, free_slots, request
from todoke.workforce.models import HelpSeats, HelpSession

ONE_HOUR = timedelta(hours=1)


def session(seats: int = 2, minutes: int = 20, *, days: int = 9) -> HelpSession:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    return HelpSession.open(
        cast.department(),
        Span(start, start + ONE_HOUR),
        "図書館",
        by=cast.headquarters(),
        seats=HelpSeats(seats, minutes),
    )


def wanted(at: HelpSession, number: int = 0, **more: str) -> HelpRequest:
    return HelpRequest(free_slots(at)[number][0], "山田 花子", **({"phone": "03-1111-2222"} | more))


@pytest.mark.django_db
def test_an_hour_with_two_seats_is_six_places_and_a_full_time_is_no_longer_offered() -> None:
    at = session()
    assert [free for _, free in free_slots(at)] == [2, 2, 2]
    first = free_slots(at)[0][0]
    for _ in range(2):
        request(at, HelpRequest(first, "山田 花子", phone="03-1111-2222"), by=Guest())
    assert [free for _, free in free_slots(at)] == [2, 2]
    with pytest.raises(Taken, match="ほかの時間"):
        request(at, HelpRequest(first, "山田 花子", phone="03-1111-2222"), by=Guest())


@pytest.mark.django_db
def test_who_leaves_a_telephone_number_has_the_time_at_once_and_gives_it_back_on_the_page() -> None:
    at, client = session(), Client()
    listed = client.get(reverse("portal:help-sessions")).content.decode()
    assert "図書館" in listed
    assert reverse("portal:help-session", args=[at.token]) in listed
    typed = {
        "span": free_slots(at)[0][0].start.isoformat(),
        "name": "山田 花子",
        "phone": "03-1111-2222",
        "form_key": "k",
    }
    shown = client.post(reverse("portal:help-session", args=[at.token]), typed, follow=True).content.decode()
    assert "会場で予約番号をお伝えください" in shown
    assert client.post(reverse("portal:help-session", args=[at.token]), typed).status_code == 302
    made = Booking.objects.get()
    assert (made.status, made.channel, made.department) == ("confirmed", "online", at.department)
    client.post(reverse("portal:booking-cancellation", args=[made.token]))
    made.refresh_from_db()
    assert made.status == "cancelled"
    assert [free for _, free in free_slots(at)] == [2, 2, 2]


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_for_the_last_seat_is_one_booking_and_says_so() -> None:
    at, client = session(seats=1), Client()
    typed = {"span": free_slots(at)[0][0].start.isoformat(), "name": "山田 花子", "phone": "03-1", "form_key": "twice"}
    pages = [client.post(reverse("portal:help-session", args=[at.token]), typed) for _ in range(2)]
    made = Booking.objects.get()
    assert [page.headers["Location"] for page in pages] == [reverse("portal:booking", args=[made.token])] * 2
    asked = HelpRequest(made.span, "山田 花子", phone="03-1", form_key="twice")
    assert request(at, asked, by=Guest()) == made


@pytest.mark.django_db
def test_a_guest_with_a_mail_address_answers_the_mail_and_is_reminded(mailoutbox: list[object]) -> None:
    at, client = session(), Client()
    slot = free_slots(at)[0][0]
    typed = {"span": slot.start.isoformat(), "name": "山田 花子", "email": "hanako@example.jp", "form_key": "k"}
    shown = client.post(reverse("portal:help-session", args=[at.token]), typed, follow=True).content.decode()
    made = Booking.objects.get()
    assert "メールを送りました" in shown
    assert made.token not in shown, "the address has to be theirs"
    path = mailed_path("visit-held")
    assert "予約を確定する" in client.get(path).content.decode()
    client.post(f"{path}confirmation/")
    made.refresh_from_db()
    assert made.status == "confirmed"
    assert remind(slot.start - timedelta(minutes=50)) == 2


@pytest.mark.django_db
def test_what_cannot_be_is_refused_in_words_and_keeps_what_was_typed() -> None:
    at = session()
    slot = free_slots(at)[0][0]
    with pytest.raises(Refused, match="この時間は予約できません"):
        request(at, HelpRequest(Span(slot.start + timedelta(minutes=5), slot.end), "山田", phone="03"), by=Guest())
    with pytest.raises(Refused, match="電話番号を入れて"):
        request(at, HelpRequest(slot, "山田"), by=Guest())
    for number in range(3):
        request(at, wanted(at, number, email="a@example.jp"), by=Guest())
    with pytest.raises(Conflict, match="3つ"):
        request(at, wanted(at, 0, email="a@example.jp"), by=Guest())
    page = Client().post(
        reverse("portal:help-session", args=[at.token]), {"span": slot.start.isoformat(), "name": "山田"}
    )
    assert page.status_code == 422
    assert "山田" in page.content.decode()


@pytest.mark.django_db
def test_the_counter_takes_a_time_and_sees_who_comes_and_another_section_does_not() -> None:
    at, clerk = session(), cast.clerk()
    page, address = cast.signed_in(clerk), reverse("office:help-session", args=[at.token])
    typed = {
        "span": free_slots(at)[1][0].start.isoformat(),
        "name": "佐々木 ハル",
        "channel": "counter",
        "phone": "03-1",
    }
    answer = page.post(reverse("office:help-session-seat", args=[at.token]), typed, follow=True).content.decode()
    made = Booking.objects.get()
    assert f"予約番号は{made.number}" in answer
    assert "佐々木 ハル" in page.get(address).content.decode()
    assert "来場を記録する" in page.get(reverse("office:booking", args=[made.number])).content.decode()
    other = cast.signed_in(cast.staff("別課", "o@example.lg.jp", section=cast.department("税務課", "2020")))
    assert "佐々木" not in other.get(address).content.decode()
    assert other.post(reverse("office:help-session-seat", args=[at.token]), typed).status_code == 403


@pytest.mark.django_db
def test_a_session_without_seats_is_open_to_everybody_and_one_that_is_over_is_not_shown() -> None:
    free = HelpSession.open(
        cast.department(), Span(timezone.now() + ONE_HOUR, timezone.now() + 2 * ONE_HOUR), "公民館",
        by=cast.headquarters(),
    )  # fmt: skip
    assert free_slots(free) == []
    assert "予約はいりません" in Client().get(reverse("portal:help-session", args=[free.token])).content.decode()
    HelpSession.objects.update(starts_at=timezone.now() - 2 * ONE_HOUR, ends_at=timezone.now() - ONE_HOUR)
    assert "予定している相談会はありません" in Client().get(reverse("portal:help-sessions")).content.decode()
    assert Client().get(reverse("portal:help-session", args=[free.token])).status_code == 404


@pytest.mark.django_db
def test_a_length_that_does_not_fit_and_a_stranger_to_the_section_are_refused() -> None:
    with pytest.raises(Refused, match="一人の時間"):
        session(minutes=90)
    assert not HelpSession.objects.exists()
    with pytest.raises(NotAllowed):
        HelpSession.open(
            cast.department(), Span(timezone.now(), timezone.now() + ONE_HOUR), "図書館", seats=HelpSeats(1),
            by=cast.staff("監査", "a@example.lg.jp", "auditor"),
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_the_pages_speak_the_language_of_the_reader(language: str) -> None:
    at, client = session(), Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    made = request(at, wanted(at), by=Guest())
    paths = [
        reverse("portal:help-sessions"), reverse("portal:help-session", args=[at.token]),
        reverse("portal:booking", args=[made.token]),
    ]  # fmt: skip
    data = [settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)", at.title, at.place, at.department.name]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        if language == "en":
            assert JapaneseTexts(answer.content.decode(), data).texts == [], path


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_people_who_want_two_seats_of_one_time_at_once_get_two() -> None:
    at = session()
    slot = free_slots(at)[0][0]
    done = together(*[
        lambda n=n: request(at, HelpRequest(slot, f"人{n}", phone="03"), by=Guest()) and None for n in range(10)
    ])  # fmt: skip
    assert sum(done) == Booking.objects.count() == 2
    assert today() < at.starts_at.date()
