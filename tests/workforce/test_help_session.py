"""Help with phones: six topics are counted, the procedure asked for most comes first, and nobody is named."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast.procedures import procedure
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.workforce.help_figures import help_figures
from todoke.workforce.models import DigitalHelper, HelpRecord, HelpSession

pytestmark = pytest.mark.django_db


def session() -> HelpSession:
    start = timezone.now()
    return HelpSession.open(
        cast.department(), Span(start, start + timedelta(hours=2)), "図書館", by=cast.headquarters()
    )


def test_six_topics_are_counted_and_the_procedure_asked_for_most_comes_first() -> None:
    found, clerk = session(), cast.clerk()
    asked = [procedure("転入届"), procedure("住民票の写し")]
    for topic in HelpRecord.Topic.values:
        found.note(topic, 10, solved=True, by=clerk)
    for each in (asked[1], asked[0], asked[1]):
        found.note("procedure", 20, solved=False, procedure=each, by=clerk)
    figures = help_figures(today() - timedelta(days=1), today() + timedelta(days=1))
    assert [count for _, count in figures.topics] == [1, 1, 4, 1, 1, 1]
    assert (figures.total, figures.solved, figures.minutes) == (9, 6, 120)
    assert [(each.title, count) for each, count in figures.procedures] == [("住民票の写し", 2), ("転入届", 1)]


def test_another_section_writes_nothing_and_a_record_has_a_topic_and_minutes() -> None:
    found = session()
    other = cast.staff("別課", "o@example.lg.jp", section=cast.department("税務課", "2020"))
    with pytest.raises(NotAllowed):
        found.note("card", 10, solved=True, by=other)
    with pytest.raises(Refused):
        found.note("weather", 10, solved=True, by=cast.clerk())
    assert not {field.name for field in HelpRecord._meta.get_fields()} & {"name", "user", "resident"}


def test_a_volunteer_of_the_state_is_no_user_and_shows_a_badge_of_the_state_only() -> None:
    clerk = cast.clerk()
    terms = {"name": "協力 花子", "appointed_on": today()}
    made = DigitalHelper.register(by=clerk, badge_url="https://badge.example.jp/1", **terms)
    assert str(made) == "協力 花子"
    with pytest.raises(Refused):
        DigitalHelper.register(by=clerk, badge_url="http://badge.example.jp/1", **terms)
    with pytest.raises(NotAllowed):
        DigitalHelper.register(by=cast.staff("監査", "a@example.lg.jp", "auditor"), **terms)
