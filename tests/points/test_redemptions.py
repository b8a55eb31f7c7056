"""Points are used in shops all or nothing, once a key, from what ends first, and come back when cancelled."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests import cast
from tests.cast import points as of_points
from tests.cast.points import BY
from tests.cast.races import together
from todoke.japanese.calendar import today
from todoke.payments import ledger_accounts
from todoke.payments.models import LedgerLine
from todoke.points import point_balances
from todoke.points.models import FraudAlert, PaymentCode, PointGrant, Redemption, RedemptionPart
from todoke.points.shop_redemptions import use_code
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_points_are_used_down_to_none_and_never_below() -> None:
    holds, shop = of_points.carrier(of_points.program(1000)), of_points.shop()
    of_points.pay(shop, 600, "a", holds)
    with pytest.raises(Refused, match="400ポイントまで"):
        of_points.pay(shop, 600, "b", holds)
    with pytest.raises(Refused, match="1円以上"):
        of_points.pay(shop, 0, "c", holds)
    of_points.pay(shop, 400, "d", holds)
    assert (LedgerLine.balance(ledger_accounts.POINTS), LedgerLine.balance(ledger_accounts.POINTS_OWED)) == (0, -1000)
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0


def test_the_same_key_is_one_use_and_another_amount_is_refused() -> None:
    holds, shop = of_points.carrier(of_points.program(1000)), of_points.shop()
    first = of_points.pay(shop, 300, "a", holds)
    assert of_points.pay(shop, 300, "a", holds) == first
    with pytest.raises(Conflict, match="別の金額"):
        of_points.pay(shop, 301, "a", holds)
    assert of_points.pay(of_points.shop("本屋", "books@example.jp"), 300, "a", holds) != first
    assert PointGrant.objects.get().left == 400


def test_a_code_shown_twice_is_used_once_and_an_old_one_never() -> None:
    grant, shop = of_points.granted(of_points.program(), user=cast.resident()), of_points.shop()
    holder = cast.present(grant.holder)
    code = PaymentCode.issue(holder)
    use_code(shop, 100, key="a", code=code, by=BY)
    assert use_code(shop, 100, key="a", code=code, by=BY).points == 100
    with pytest.raises(Refused, match="60秒"):
        use_code(of_points.shop("本屋", "books@example.jp"), 100, key="b", code=code, by=BY)
    code = PaymentCode.issue(holder)
    PaymentCode.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match="60秒"):
        use_code(shop, 100, key="c", code=code, by=BY)
    assert Redemption.objects.count() == 1


def test_what_ends_first_is_used_first_and_where_a_kind_of_shop_is_excluded_not_at_all() -> None:
    later = of_points.program(500, code="later")
    sooner = of_points.program(500, code="sooner", expires_on=today() + timedelta(days=1))
    holds, shop = of_points.carrier(later), of_points.shop()
    of_points.granted(sooner)
    use = of_points.pay(shop, 700, "a", holds)
    assert list(use.parts.values_list("grant__program__code", "points")) == [("sooner", 500), ("later", 200)]
    later.excluded.create(category=shop.category)
    with pytest.raises(Refused, match="0ポイントまで"):
        of_points.pay(shop, 1, "b", holds)


def test_the_cap_of_a_day_holds_for_the_card_of_paper() -> None:
    holds, shop = of_points.carrier(of_points.program(7000, cap=1000)), of_points.shop()
    of_points.pay(shop, 900, "a", holds)
    with pytest.raises(Refused, match="100ポイントまで"):
        of_points.pay(shop, 200, "b", holds)
    code = PaymentCode.issue(holds.card.holder)
    assert use_code(shop, 200, key="c", code=code, by=BY).points == 200


def test_a_cancelled_use_gives_the_points_back_once_also_after_they_ended_for_14_days() -> None:
    last = today() + timedelta(days=3)
    holds, shop = of_points.carrier(of_points.program(1000, expires_on=last)), of_points.shop()
    use = of_points.pay(shop, 300, "a", holds)
    PointGrant.expire(last + timedelta(days=1))
    PointGrant.objects.update(expires_on=today() - timedelta(days=1))
    use.cancel(by=BY)
    with pytest.raises(Conflict):
        use.cancel(by=BY)
    grant = PointGrant.objects.get()
    assert (grant.left, grant.expires_on, grant.expired_points) == (300, today() + timedelta(days=14), 700)
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0
    assert PointGrant.expire(grant.expires_on + timedelta(days=1)) == 1
    assert point_balances.unexplained_yen() == 0


def test_a_shop_takes_nothing_before_it_is_approved_or_while_it_is_stopped() -> None:
    holds, shop = of_points.carrier(of_points.program()), of_points.shop()
    with pytest.raises(NotAllowed, match="自分の店"):
        shop.approve(by=shop.account)
    shop.suspend("確認のため", by=BY)
    with pytest.raises(NotAllowed):
        of_points.pay(shop, 100, "a", holds)
    assert "1234567" not in shop.sealed_account
    assert shop.account_number == "1234567"


def test_what_looks_like_fraud_is_shown_to_a_person_and_refuses_nothing() -> None:
    shop = of_points.shop()
    grant = of_points.granted(of_points.program(), user=shop.account)
    for number in range(6):
        use_code(shop, 10, key=str(number), code=PaymentCode.issue(cast.present(grant.holder)), by=BY)
    assert set(FraudAlert.objects.values_list("kind", flat=True)) == {"own_shop", "often"}
    alert = FraudAlert.objects.all()[0]
    with pytest.raises(Refused, match="書いて"):
        alert.handle(" ", by=BY)
    alert.handle("本人の買い物と確かめた", by=BY)
    with pytest.raises(Conflict):
        alert.handle("二度目", by=BY)


def test_the_database_refuses_parts_above_the_use_and_a_changed_amount() -> None:
    holds, shop = of_points.carrier(of_points.program()), of_points.shop()
    use = of_points.pay(shop, 100, "a", holds)
    extra = of_points.granted(of_points.program(code="second"))
    journal = extra.take(1)
    with pytest.raises(DatabaseError), transaction.atomic():
        RedemptionPart.objects.create(redemption=use, grant=extra, points=1, journal=cast.present(journal))
    with pytest.raises(DatabaseError), transaction.atomic():
        Redemption.objects.filter(pk=use.pk).update(points=99)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_twenty_uses_at_one_moment_take_no_more_than_there_is() -> None:
    holds, shop = of_points.carrier(of_points.program(1000)), of_points.shop()
    holder = holds.card.holder

    def use(number: int) -> None:
        Redemption.take(shop, holder, 150, key=str(number), means=Redemption.Means.CARD, by=BY)

    done = together(*[lambda n=n: use(n) for n in range(20)])
    assert sum(done) == 6
    assert PointGrant.objects.get().left == 100
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0
