"""A burst of like opinions is told to the section once, and stops nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast.voices import Hall, hall
from todoke.accounts.actors import Guest, System
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.voices.models import CommentReceipt, Consultation, ConsultationBurst
from todoke.voices.opinion_burst import FoundBurst, find_burst
from todoke.voices.tasks import watch_arrivals

FORM_LETTER = "駅前の駐輪場の有料化に反対します。子育ての世帯の負担が増えるからです。"
THINGS = [
    "駐輪場", "図書館", "公園", "歩道", "街灯", "保育園", "学童", "バス停", "案内板", "倉庫", "掲示板", "広場", "川",
    "店", "体育館", "坂", "橋", "池", "畑", "港", "駅",
]  # fmt: skip


@pytest.fixture
def place() -> Hall:
    return hall()


def test_more_than_twenty_near_identical_texts_are_a_burst() -> None:
    assert find_burst([f"{FORM_LETTER}{number % 3}" for number in range(21)], []) == FoundBurst(21, 21)
    assert find_burst([FORM_LETTER] * 20, []) is None


def test_five_times_the_usual_hour_is_a_burst_also_of_different_texts() -> None:
    texts = [f"{thing}と{thing * 8}" for thing in THINGS]
    assert find_burst(texts, [4, 4, 5]) == FoundBurst(21, 1)
    assert find_burst(texts, [5, 5, 4]) is None
    assert find_burst(texts, []) is None


def many(of: Consultation, number: int) -> None:
    at = timezone.now().replace(minute=0, second=0, microsecond=0)
    for each in range(number):
        CommentReceipt.receive(of, channel="web", text=f"{FORM_LETTER}{each % 3}", arrived_at=at, by=Guest())


@pytest.mark.django_db
def test_the_section_is_told_once_and_the_page_says_so(place: Hall, client: Client) -> None:
    of = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    many(of, 20)
    assert watch_arrivals.call() == 0
    many(of, 5)
    assert [watch_arrivals.call(), watch_arrivals.call()] == [1, 0]
    assert set(Message.objects.values_list("email", "code")) == {
        (person.email, "opinion-burst") for person in (place.clerk, place.second, place.chief)
    }
    client.force_login(place.clerk)
    assert "受付25件、ほぼ同じ文は多いもので25件" in client.get(f"/office/consultations/{of.number}/").content.decode()
    many(of, 1)
    assert of.receipts.count() == 26


@pytest.mark.django_db
def test_what_is_as_usual_is_told_to_nobody(place: Hall) -> None:
    of = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    many(of, 3)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    assert ConsultationBurst.note(of, hour, by=System()) is None
    assert not Message.objects.exists()
