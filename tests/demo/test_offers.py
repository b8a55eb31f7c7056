"""The demo has a service that asks for a card and says the equal way without one."""

import pytest

from todoke.demo import offers, people
from todoke.offers.models import Release

pytestmark = pytest.mark.django_db


def test_one_service_of_the_demo_asks_for_a_card_and_none_of_the_others() -> None:
    people.build()
    offers.build()
    asked = {release.offer.code: release for release in Release.objects.select_related("offer")}
    assert {code for code, release in asked.items() if release.identity == Release.Identity.CARD} == {"moving-out"}
    assert "窓口" in asked["moving-out"].without_card
    assert len(asked) == len(offers.SERVICES)
