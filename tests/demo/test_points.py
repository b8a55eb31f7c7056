"""The demo ward has points that were granted by letter and at the counter, and shops in which some were used."""

import pytest

from todoke.demo import people, points
from todoke.points import point_balances
from todoke.points.models import EligiblePerson, Merchant, PointGrant, Redemption

pytestmark = pytest.mark.django_db


def test_points_were_granted_in_three_ways_and_used_in_shops_that_say_that_they_are_invented() -> None:
    people.build()
    points.build()
    assert set(EligiblePerson.objects.exclude(way="").values_list("way", flat=True)) == {"letter", "counter", "proxy"}
    assert PointGrant.objects.count() == 16
    assert Redemption.objects.filter(cancelled_at__isnull=False).count() == 1
    assert all("架空" in shop.name for shop in Merchant.objects.all())
    assert point_balances.unexplained_yen() == 0
