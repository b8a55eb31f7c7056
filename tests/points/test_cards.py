"""A card of paper is used with its PIN, which few may guess; a lost one is replaced and opens nothing."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import points as of_points
from tests.cast.points import BY
from todoke.points.models import FraudAlert, PointCard, Redemption
from todoke.points.shop_redemptions import use_card
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def other(pin: str) -> str:
    return f"{(int(pin) + 1) % 10_000:04}"


def test_five_wrong_pins_lock_the_card_and_the_counter_gives_a_new_one() -> None:
    holds, shop = of_points.carrier(of_points.program()), of_points.shop()
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"あと{left}回"):
            use_card(shop, 100, key=f"k{left}", number=holds.card.number, pin=other(holds.pin), by=BY)
    with pytest.raises(Refused, match="止まっています"):
        use_card(shop, 100, key="k0", number=holds.card.number, pin=other(holds.pin), by=BY)
    with pytest.raises(Refused, match="止まっています"):
        use_card(shop, 100, key="k0", number=holds.card.number, pin=holds.pin, by=BY)
    assert FraudAlert.objects.get().kind == "guessed"
    holds.card.refresh_from_db()
    pin = holds.card.renew_pin(by=BY)
    assert use_card(shop, 100, key="k0", number=holds.card.printed, pin=pin, by=BY).points == 100


def test_a_right_pin_ends_the_count_of_wrong_ones_and_the_pin_is_not_stored() -> None:
    card, pin = (holds := of_points.carrier(of_points.program())).card, holds.pin
    for _ in range(4):
        assert not card.accepts(other(pin))
    assert card.accepts(pin)
    card.refresh_from_db()
    assert card.pin_tries == 0
    assert pin not in card.pin_hash[:4] or len(card.pin_hash) == 64


def test_a_lost_card_is_replaced_with_the_same_points_and_opens_nothing() -> None:
    holds, shop = of_points.carrier(of_points.program()), of_points.shop()
    new, pin = holds.card.replace(PointCard.End.LOST, by=BY)
    with pytest.raises(Refused, match="使えません"):
        use_card(shop, 100, key="a", number=holds.card.number, pin=holds.pin, by=BY)
    assert use_card(shop, 100, key="a", number=new.number, pin=pin, by=BY).holder == holds.grant.holder
    with pytest.raises(Conflict):
        holds.card.replace(PointCard.End.LOST, by=BY)
    with pytest.raises(Conflict, match="もう持っています"):
        PointCard.issue(new.holder, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointCard.objects.create(holder=new.holder, number="1", pin_hash="x")


def test_a_clerk_makes_no_card_for_themselves() -> None:
    clerk = cast.clerk()
    grant = of_points.granted(of_points.program(), user=clerk)
    with pytest.raises(NotAllowed, match="自分のカード"):
        PointCard.issue(cast.present(grant.holder), by=clerk)


def test_a_holder_who_is_stopped_uses_nothing_until_let_go() -> None:
    holds, shop = of_points.carrier(of_points.program()), of_points.shop()
    holds.card.holder.block("届出", by=BY)
    with pytest.raises(Refused, match="いま使えません"):
        use_card(shop, 100, key="a", number=holds.card.number, pin=holds.pin, by=BY)
    holds.card.holder.unblock(by=BY)
    use_card(shop, 100, key="a", number=holds.card.number, pin=holds.pin, by=BY)
    assert Redemption.objects.get().points == 100
