from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast.formbuilder import question, small, version
from todoke.accounts.actors import System
from todoke.formbuilder.models import PublicationSchedule
from todoke.formbuilder.models.publication_schedule import publish_due
from todoke.formbuilder.publication.publish_checks import NotPublishable
from todoke.formbuilder.signals import published

pytestmark = pytest.mark.django_db


def test_a_planned_document_is_published_in_its_time_without_later_edits() -> None:
    draft = version().draft
    draft.edit(small(question("planned")), by=System())
    at = timezone.now() + timedelta(hours=1)
    PublicationSchedule.plan(draft, at, by=System(), note="様式の改正")
    draft.edit(small(question("later")), by=System())
    assert publish_due() == []
    (done,) = publish_due(at)
    assert (done.number, list(done.parsed.by_id)) == (2, ["planned"])
    assert publish_due(at) == []


def test_a_second_plan_replaces_the_first_and_a_cancelled_one_does_nothing() -> None:
    draft = version().draft
    at = timezone.now()
    first, second = (PublicationSchedule.plan(draft, at, by=System()) for _ in range(2))
    first.refresh_from_db()
    assert first.status == "cancelled"
    assert second.cancel(by=System())
    assert publish_due(at) == []


def test_a_plan_with_a_defect_is_refused_in_daylight() -> None:
    draft = version().draft
    draft.edit(small(question("a", when={"op": "answered", "question": "gone"})), by=System())
    with pytest.raises(NotPublishable):
        PublicationSchedule.plan(draft, timezone.now(), by=System())


def test_the_storeys_above_hear_of_a_publication() -> None:
    heard = []

    def hear(version: object, **_: object) -> None:
        heard.append(version)

    published.connect(hear)
    assert [version(code="heard")] == heard
    published.disconnect(hear)
