"""Whoever confirmed an address hears of the extension and the end of a call, each once, until they stop."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast.cases import work_off
from tests.cast.voices import Hall, hall
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.runtime.refusals import Refused
from todoke.voices.consultation_result import publish_result
from todoke.voices.follower_news import forget_followers, tell_followers
from todoke.voices.models import Consultation, ConsultationExtension, ConsultationFollower

pytestmark = pytest.mark.django_db
HANAKO, TARO = "hanako@example.jp", "taro@example.jp"


@pytest.fixture
def place() -> Hall:
    return hall()


def opened(place: Hall) -> Consultation:
    return place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")


def follower(of: Consultation, mail: str = HANAKO, *, confirmed: bool = True) -> ConsultationFollower:
    made = ConsultationFollower.ask(of, mail, language="ja", by=Guest())
    if confirmed:
        made.confirm(by=Guest())
    return made


def told() -> list[tuple[str, str]]:
    rows = Message.objects.filter(code="consultation-news").order_by("pk")
    return [(mail.email, mail.subject.rpartition(":")[2]) for mail in rows]


def test_only_who_confirmed_hears_of_extension_and_result_each_once(place: Hall) -> None:
    of = opened(place)
    follower(of)
    follower(of, TARO, confirmed=False)
    made = ConsultationExtension.notice(of, after=of.closes_on + timedelta(days=7), reason="停止のため", by=place.clerk)
    work_off()
    tell_followers(of.pk, f"extended-{made.pk}")
    of.begin_answering(by=place.clerk)
    publish_result(Consultation.objects.get(pk=of.pk), by=place.clerk)
    work_off()
    assert told() == [(HANAKO, "募集の期間を延長しました"), (HANAKO, "結果を公表しました")]


def test_a_draft_that_is_given_up_is_told_as_such(place: Hall) -> None:
    of = opened(place)
    follower(of)
    of.abandon(reason="事情が変わったため", by=place.clerk)
    work_off()
    assert told() == [(HANAKO, "この案を決めないことにしました")]


def test_one_address_is_noted_once_and_never_in_clear(place: Hall) -> None:
    of = opened(place)
    assert follower(of).pk == follower(of, " HANAKO@example.jp").pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_mail, contact_hash FROM voices_consultationfollower")
        assert "hanako" not in str(cursor.fetchall()).lower()
    assert not [entry for entry in Entry.objects.all() if "hanako" in f"{entry.reason}{entry.changed}".lower()]


def test_who_stops_leaves_no_address_behind(place: Hall) -> None:
    of = opened(place)
    made = follower(of)
    ConsultationExtension.notice(of, after=of.closes_on + timedelta(days=7), reason="停止のため", by=place.clerk)
    work_off()
    made.stop(by=Guest())
    assert not ConsultationFollower.objects.exists()
    assert not Message.objects.filter(email=HANAKO).exists()


def test_who_never_confirms_and_everybody_after_the_end_is_forgotten(place: Hall) -> None:
    of, other = opened(place), opened(place)
    follower(of, confirmed=False)
    stays = follower(other)
    ConsultationFollower.objects.update(asked_at=timezone.now() - timedelta(days=4))
    assert forget_followers() == 1
    assert list(ConsultationFollower.objects.all()) == [stays]
    other.abandon(reason="事情が変わったため", by=place.clerk)
    assert forget_followers() == 0
    Consultation.objects.filter(pk=other.pk).update(published_at=timezone.now() - timedelta(days=31))
    assert forget_followers() == 1


def test_nobody_begins_to_follow_what_has_ended(place: Hall) -> None:
    of = opened(place)
    of.abandon(reason="事情が変わったため", by=place.clerk)
    with pytest.raises(Refused):
        follower(of)
