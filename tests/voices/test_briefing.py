"""A section explains its draft; what somebody says there counts where the rule allows it and the speaker agreed."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client

from tests.cast.voices import Hall, hall, moment, rule
from todoke.accounts.models import User
from todoke.runtime.refusals import Conflict, Refused
from todoke.voices.models import Briefing, Consultation
from todoke.voices.spoken_opinions import hear

pytestmark = pytest.mark.django_db
AT = moment("2025-02-15 14:00:00")


@pytest.fixture
def place() -> Hall:
    return hall()


def spoken_allowed(place: Hall) -> Consultation:
    keeper = User.objects.get(email="records@example.lg.jp")
    place.rule = rule(keeper, title="みらい区まちづくり条例", oral_allowed=True)
    return place.announced()


def test_a_briefing_is_in_a_room_or_online(place: Hall) -> None:
    of = place.announced()
    with pytest.raises(Refused, match="会場"):
        Briefing.plan(of, starts_at=AT, by=place.clerk)
    Briefing.plan(of, starts_at=AT, place="区民会館", by=place.clerk)
    with pytest.raises(Refused, match="もうあります"):
        Briefing.plan(of, starts_at=AT, place="区民会館", by=place.second)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Briefing.objects.update(place="")


def test_what_is_said_counts_only_where_the_rule_takes_it(place: Hall) -> None:
    held = Briefing.plan(place.announced(), starts_at=AT, place="区民会館", by=place.clerk)
    with pytest.raises(Refused, match="口頭の意見を受け付けません"):
        hear(held, text="駐輪場を増やしてください。", confirmed=True, by=place.clerk)


def test_the_speaker_confirms_the_words(place: Hall) -> None:
    held = Briefing.plan(spoken_allowed(place), starts_at=AT, place="区民会館", by=place.clerk)
    with pytest.raises(Refused, match="話した人に文を見せて"):
        hear(held, text="駐輪場を増やしてください。", confirmed=False, by=place.clerk)
    row = hear(held, text="駐輪場を増やしてください。", confirmed=True, clause="c01", by=place.clerk)
    assert (row.channel, row.briefing, row.arrived_at, row.timeliness.standing) == ("oral", held, AT, "timely")
    assert row.comment.points.get().clause == "c01"


def test_of_two_people_who_write_the_record_one_is_told(place: Hall) -> None:
    held = Briefing.plan(place.announced(), starts_at=AT, place="区民会館", by=place.clerk)
    held.write_minutes("二十人が来ました。", seen="", by=place.clerk)
    with pytest.raises(Conflict):
        Briefing.objects.get().write_minutes("十九人が来ました。", seen="", by=place.second)


def test_everybody_reads_when_it_is_and_what_was_said(place: Hall) -> None:
    of = place.announced()
    held = Briefing.plan(
        of, starts_at=AT, place="区民会館", sign_language=True, material=ContentFile(b"%PDF-1.7 x", "a.pdf"),
        by=place.clerk,
    )  # fmt: skip
    held.write_minutes("二十人が来ました。", seen="", by=place.clerk)
    shown = Client().get(f"/consultations/{of.number}/").content.decode()
    assert all(words in shown for words in ("説明会", "区民会館", "二十人が来ました。", "意見の受付にはなりません"))
    material = Client().get(f"/consultations/{of.number}/briefings/{held.pk}/file/")
    assert material.getvalue() == b"%PDF-1.7 x"
    assert of.opens_on == date(2025, 2, 1)
