"""Whoever left an address with an opinion is told its number and when it arrived, and nothing that opens anything."""

import pytest

from tests.cast.voices import Hall, hall, sent
from todoke.notices.models import Message
from todoke.voices.models import CommentReceipt

pytestmark = pytest.mark.django_db
HANAKO = {"mail": "hanako@example.jp"}


@pytest.fixture
def place() -> Hall:
    return hall()


def test_number_and_arrival_are_mailed_without_any_secret(place: Hall) -> None:
    row = sent(place.announced(), "駐輪場に反対です。", sender=HANAKO)
    mail = Message.objects.get()
    assert (mail.code, mail.email) == ("opinion-received", "hanako@example.jp")
    assert row.number in mail.body
    assert "2025年2月10日(月) 12:00" in mail.body
    assert f"/consultations/{row.consultation.number}/" in mail.body
    assert row.token not in mail.body
    assert "駐輪場" not in mail.body


def test_a_double_press_is_told_once_and_nobody_without_an_address(place: Hall) -> None:
    of = place.announced()
    for _ in range(2):
        sent(of, "駐輪場に反対です。", sender=HANAKO, token="a" * 32)
    sent(of, "公園に賛成です。")
    assert Message.objects.count() == 1


def test_it_speaks_the_language_of_the_sender(place: Hall) -> None:
    sent(place.announced(), "I agree.", sender=HANAKO | {"language": "en"})
    assert "It arrived on 2025-02-10 12:00 under the number" in Message.objects.get().body


def test_the_address_of_somebody_else_gets_five_mails_a_day_and_every_opinion_is_kept(place: Hall) -> None:
    of = place.announced()
    for number in range(7):
        sent(of, f"意見{number}です。", sender=HANAKO)
    assert Message.objects.count() == 5
    assert CommentReceipt.objects.count() == 7
