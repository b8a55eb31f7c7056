"""A resident books a visit, a hall and a ticket of a draw on pages that need no script and speak three languages."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from tests.cast.page_languages import JapaneseTexts
from todoke.accounts.actors import Guest
from todoke.bookings.models import BookableUnit, Booking, WaitlistEntry
from todoke.japanese.calendar import business_date
from todoke.notices.models import Message
from todoke.payments import collection
from todoke.reception import facility_requests
from todoke.reception.lottery_awards import announce
from todoke.reception.models import FacilityUse, Visit
from todoke.reception.visits import visit_requests

pytestmark = pytest.mark.django_db
DECLARED = [
    settings.MUNICIPALITY,
    "やさしい日本語",
    "日本語",
    "(届け)",
    "手話",
    "保育園の相談",
    "中央体育館 全面",
    "1月分",
    "羽根の会",
    "山田 花子",
]


def first_time(client: Client) -> str:
    page = client.get(reverse("portal:visit", args=["nursery-talk"])).content.decode()
    found: list[str] = re.findall(r'href="(/visits/nursery-talk/booking/[^"]+)"', page)
    return found[0].replace("&amp;", "&")


def test_a_parent_books_a_visit_in_six_presses_and_answers_the_mail() -> None:
    reception.office()
    client = Client()
    presses = ["home: 来庁の予約", "purpose", "time", "book", "open the mail", "confirm"]
    assert "保育園の相談" in client.get("/visits/").content.decode()
    typed = {"name": "山田 花子", "email": "hanako@example.jp", "phone": "", "form_key": "abc"}
    answer = client.post(first_time(client), typed)
    made = Visit.objects.get()
    assert answer.headers["Location"] == reverse("portal:visits"), "the page of the booking is found by the mail only"
    assert "メールを送りました" in client.get("/visits/").content.decode()
    link = re.findall(r"https?://\S+", Message.objects.get().body)[0]
    path = link.removeprefix(settings.PUBLIC_URL)
    assert "予約を確定する" in client.get(path).content.decode()
    client.post(f"{path}confirmation/")
    made.booking.refresh_from_db()
    assert (made.booking.status, len(presses)) == ("confirmed", 6)


def test_a_form_without_a_way_to_be_reached_says_so_and_keeps_what_was_typed() -> None:
    reception.office()
    client = Client()
    answer = client.post(first_time(client), {"name": "山田 花子"})
    assert answer.status_code == 422
    assert "メールアドレスか電話番号" in answer.content.decode()
    assert "山田 花子" in answer.content.decode()
    assert not Booking.objects.exists()


def test_a_group_takes_a_time_pays_and_shows_the_permit() -> None:
    person = cast.resident()
    unit, who, _ = reception.paid_hall(person)
    client = cast.signed_in(person)
    page = client.get(reverse("portal:facility", args=[unit.code])).content.decode()
    address = re.findall(rf'href="(/facilities/{unit.code}/booking/[^"]+)"', page)[40].replace("&amp;", "&")
    assert "羽根の会" in client.get(address).content.decode()
    client.post(address, {"registrant": who.pk, "purpose": "練習", "people": 12, "form_key": "k"})
    use = FacilityUse.objects.select_related("charge", "booking").get()
    shown = client.get(reverse("portal:booking", args=[use.booking.token])).content.decode()
    assert "使用料を納める" in shown
    collection.pay_at_counter(cast.present(use.charge), reference="t1", by=Guest())
    permit = client.get(reverse("portal:booking-permit", args=[use.booking.token]))
    assert permit.headers["Content-Type"] == "application/pdf"
    use.refresh_from_db()
    checked = client.get(reverse("portal:booking-check", args=[use.permit_number])).content.decode()
    assert "有効です" in checked
    assert who.name not in checked
    client.post(reverse("portal:booking-cancellation", args=[use.booking.token]))
    assert "いまは使えません" in client.get(reverse("portal:booking-check", args=[use.permit_number])).content.decode()


def test_whoever_waits_takes_the_offered_time_from_the_list_of_bookings() -> None:
    person = cast.resident()
    unit, who, clerk = reception.paid_hall(person)
    other = bookings.club(cast.present(unit.resource.group), clerk, name="先の会")
    use = facility_requests.request(reception.wish(unit, other), by=clerk)
    WaitlistEntry.join(unit, use.booking.span, who, by=person)
    facility_requests.cancel(use, by=clerk)
    client = cast.signed_in(person)
    assert "この時間を予約する" in client.get("/bookings/").content.decode()
    entry = WaitlistEntry.objects.get()
    client.post(reverse("portal:booking-offer", args=[entry.pk]))
    assert Booking.objects.live().get().registrant == who
    stranger = cast.signed_in(cast.resident("他人 太郎", "other@example.jp"))
    assert stranger.post(reverse("portal:booking-offer", args=[entry.pk])).status_code == 404


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_every_page_of_bookings_speaks_the_language(language: str) -> None:
    person = cast.resident()
    purpose = reception.office()
    unit, who, clerk = reception.paid_hall(person)
    group, now = cast.present(unit.resource.group), timezone.now()
    lottery = announce(
        group, "1月分", [(unit, bookings.frame(60))], source="12月1日の終値", closes_at=now + timedelta(hours=1),
        draws_at=now + timedelta(hours=2), limit=1, by=clerk,
    )  # fmt: skip
    made = visit_requests.request(reception.visit(purpose, channel="online", language="手話"), by=Guest())
    use = facility_requests.request(reception.wish(unit, who), by=person)
    client = cast.signed_in(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pages = [
        "/visits/", "/visits/nursery-talk/", first_time(client), "/facilities/", f"/facilities/{unit.code}/",
        "/lotteries/", reverse("portal:lottery", args=[lottery.number]), "/bookings/",
        reverse("portal:booking", args=[made.booking.token]), reverse("portal:booking", args=[use.booking.token]),
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        if language == "en":
            left = JapaneseTexts(answer.content.decode(), DECLARED).texts
            spoken = re.sub(r'<(\w+)[^>]*lang="ja"[^>]*>.*?</\1>', "", answer.content.decode(), flags=re.DOTALL)
            assert not [text for text in left if text in spoken], page


def test_somebody_finds_a_hall_by_what_they_want_to_do_in_their_own_words() -> None:
    unit, _, _ = reception.paid_hall()
    BookableUnit.objects.filter(pk=unit.pk).update(purposes="卓球、ダンス")
    client = Client()

    def found(words: str) -> list[str]:
        page = client.get("/facilities/", {"words": words}).content.decode()
        return re.findall(r'<h3><a href="/facilities/([^/"]+)/"', page)

    halves = [bookings.half(unit, number).code for number in (1, 2)]
    assert found("卓球") == [unit.code]
    assert found("ダンス 中央") == [unit.code]
    assert sorted(found("中央体育館")) == sorted([unit.code, *halves])
    assert sorted(found("オペラ")) == halves, "those that are open to any use, and it is said"
    assert (
        "「オペラ」の名前や使いみちの施設は見つかりません"
        in client.get("/facilities/", {"words": "オペラ"}).content.decode()
    )


def test_a_term_that_ends_with_a_day_is_told_as_that_day() -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    last = business_date(cast.present(use.booking.held_until)) - timedelta(days=1)
    page = Client().get(reverse("portal:booking", args=[use.booking.token])).content.decode()
    assert f"{last.month}月{last.day}日" in page
    assert "00:00までに" not in page
