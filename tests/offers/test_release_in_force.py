"""Which release applies, and whether it can be applied for, has one answer: for a page, a process and a statement."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import BigIntegerField, DateTimeField

from tests.cast import cases
from todoke.accounts.actors import System
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.offers.models import Offer, Release

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
OPEN = CompiledQuery(lambda: Release.objects.open(Parameter("at", DateTimeField())).order_by().values_list("pk"))
IN_FORCE = CompiledQuery(
    lambda: (
        Release.objects.in_force(Parameter("at", DateTimeField()))
        .filter(offer=Parameter("offer", BigIntegerField()))
        .order_by()
        .values_list("number")
    )
)


def follow(release: Release, effective_at: datetime) -> Release:
    return Release.publish(
        release.offer, by=System(), form_version=release.form_version, route=release.route, standard_days=9,
        delivery=release.delivery, effective_at=effective_at,
    )  # fmt: skip


@pytest.mark.parametrize(("at", "number"), [(NOON - SECOND, 1), (NOON, 2), (NOON + SECOND, 2)])
def test_a_new_release_applies_from_its_second_on(at: datetime, number: int) -> None:
    first = cases.counter().release
    follow(first, effective_at=NOON)
    assert Release.objects.in_force(at).get().number == number
    assert IN_FORCE.rows(at=at, offer=first.offer_id) == [(number,)]


def test_a_correction_replaces_a_release_that_was_to_apply_later() -> None:
    first = cases.counter().release
    follow(first, effective_at=NOON + 2 * SECOND)
    follow(first, effective_at=NOON)
    assert Release.objects.in_force(NOON + 3 * SECOND).get().number == 3


@pytest.mark.parametrize(
    ("at", "is_open"), [(NOON - SECOND, False), (NOON, True), (NOON + SECOND, True), (NOON + 2 * SECOND, False)]
)
def test_a_service_opens_and_closes_at_one_second_everywhere(at: datetime, is_open: bool) -> None:
    release = cases.counter(opens_at=NOON, closes_at=NOON + 2 * SECOND).release
    assert release.offer.is_open(at) is is_open
    assert Offer.objects.open(at).exists() is is_open
    assert Release.objects.open(at).exists() is is_open
    assert OPEN.rows(at=at) == ([(release.pk,)] if is_open else [])


def test_an_open_service_without_a_release_in_force_cannot_be_applied_for() -> None:
    release = cases.counter(opens_at=cases.OPENED - SECOND).release
    assert release.offer.is_open(cases.OPENED - SECOND)
    assert not Release.objects.open(cases.OPENED - SECOND).exists()
