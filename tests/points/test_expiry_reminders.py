"""Whoever has points left is told 30 and 7 days before they end, once; who has no mail is in the list for the post."""

from datetime import timedelta

import pytest
from django.db import connection

from tests import cast
from tests.cast import points as of_points
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.points import expiry_reminders, grant_triggers
from todoke.points.models import AlreadyGranted, EligiblePerson, PointGrant
from todoke.points.point_keys import earlier_person_hash

pytestmark = pytest.mark.django_db


def test_a_holder_is_told_once_30_days_before_and_the_one_without_mail_stands_in_the_list() -> None:
    program = of_points.program(expires_on=today() + timedelta(days=30))
    of_points.granted(program, user=cast.resident())
    paper = of_points.granted(program, "0012346")
    assert [expiry_reminders.remind(), expiry_reminders.remind()] == [1, 0]
    message = Message.objects.get(code="points-expire")
    assert "7,000ポイント" in message.body
    assert "/me/points/" in message.body
    assert paper in expiry_reminders.ending_in(30).filter(user=None)
    PointGrant.objects.update(expires_on=today() + timedelta(days=7))
    assert expiry_reminders.remind() == 1


def test_who_received_points_before_there_was_a_list_gets_none_again() -> None:
    program = of_points.program()
    grant_triggers.uninstall(connection)
    PointGrant.objects.create(
        program=program, number="PT1", resident_hash=earlier_person_hash("00-12345"), points=7000, left=7000,
        granted_on=today(), expires_on=program.expires_on,
    )  # fmt: skip
    grant_triggers.install(connection)
    person = of_points.person(program)
    with pytest.raises(AlreadyGranted):
        PointGrant.claim(person, way=EligiblePerson.Way.COUNTER, by=of_points.BY)
    assert PointGrant.objects.count() == 1
