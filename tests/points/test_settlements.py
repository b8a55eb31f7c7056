"""Shops are paid what was used less what was cancelled, to the yen; what a shop owes is carried to its next period."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.cast import points as of_points
from tests.cast.points import BY
from todoke.japanese.calendar import today
from todoke.payments import ledger_accounts
from todoke.payments.models import Journal, LedgerLine, Unbalanced
from todoke.points import point_balances
from todoke.points.models import Merchant, MerchantSettlement, PointGrant, PointProgram, Redemption
from todoke.points.program_close import close_program
from todoke.points.settlement_amounts import SettlementAmounts
from todoke.points.settlement_run import settle
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("gross", "cancelled", "carry_in", "rate", "fee", "payable", "carry_out"),
    [
        (8500, 0, 0, 250, 212, 8288, 0),
        (450, 300, 0, 250, 11, 139, 0),
        (200, 500, 0, 250, 5, 0, -305),
        (39, 0, 0, 250, 0, 39, 0),
        (40, 0, 0, 250, 1, 39, 0),
        (1000, 0, -305, 250, 25, 670, 0),
        (333, 0, 0, 300, 9, 324, 0),
        (8500, 0, 0, 0, 0, 8500, 0),
    ],
)
def test_the_fee_of_a_period_is_taken_once_and_rounded_down(
    gross: int, cancelled: int, carry_in: int, rate: int, fee: int, payable: int, carry_out: int
) -> None:
    found = SettlementAmounts.of(gross, cancelled, carry_in, rate)
    assert (found.fee, found.payable, found.carry_out) == (fee, payable, carry_out)
    assert found.payable + found.carry_out == gross - cancelled - fee + carry_in


@pytest.mark.parametrize(
    ("gross", "cancelled", "carry_in", "payable", "carry_out"),
    [
        (8500, 0, 0, 8500, 0),
        (450, 300, 0, 150, 0),
        (200, 500, 0, 0, -300),
        (100, 0, -300, 0, -200),
        (300, 0, -200, 100, 0),
    ],
)
def test_the_amounts_of_a_period(gross: int, cancelled: int, carry_in: int, payable: int, carry_out: int) -> None:
    found = SettlementAmounts.of(gross, cancelled, carry_in)
    assert (found.payable, found.carry_out) == (payable, carry_out)
    assert found.payable + found.carry_out == gross - cancelled + carry_in


@pytest.fixture
def till() -> "Till":
    return Till()


class Till:
    """Two shops and a person with 20,000 points."""

    def __init__(self) -> None:
        self.holds = of_points.carrier(of_points.program(20_000))
        self.a, self.b = of_points.shop(), of_points.shop("本屋", "books@example.jp")
        self.count = 0

    def use(self, shop: Merchant, *yen: int) -> list[Redemption]:
        made = []
        for each in yen:
            self.count += 1
            made.append(of_points.pay(shop, each, f"k{self.count}", self.holds))
        return made


def test_two_periods_of_two_shops_are_settled_to_the_yen(till: Till) -> None:
    first = till.use(till.a, 1200, 300, 7000)
    back = till.use(till.b, 500)
    of_points.move_to(today() - 3 * YESTERDAY)
    settle(today() - 3 * YESTERDAY, by=BY)
    assert {each.merchant: each.payable for each in MerchantSettlement.objects.all()} == {till.a: 8500, till.b: 500}
    till.use(till.a, 450)
    first[1].refresh_from_db()
    first[1].cancel(by=BY)
    till.use(till.b, 200)
    back[0].refresh_from_db()
    back[0].cancel(by=BY)
    of_points.move_to(today() - 2 * YESTERDAY)
    made = {each.merchant: each for each in settle(today() - 2 * YESTERDAY, by=BY)}
    assert (made[till.a].gross, made[till.a].cancelled, made[till.a].payable) == (450, 300, 150)
    assert (made[till.b].payable, made[till.b].carry_out) == (0, -300)
    assert settle(today() - 2 * YESTERDAY, by=BY) == []
    settled = sum(each.payable + each.carry_out - each.carry_in for each in MerchantSettlement.objects.all())
    assert settled == -LedgerLine.balance(ledger_accounts.POINTS_OWED)
    till.use(till.b, 1000)
    of_points.move_to(today() - YESTERDAY)
    [last] = settle(today() - YESTERDAY, by=BY)
    assert (last.carry_in, last.payable) == (-300, 700)
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0


def test_a_day_that_is_not_over_is_not_settled(till: Till) -> None:
    till.use(till.a, 100)
    with pytest.raises(Refused, match="翌日"):
        settle(today(), by=BY)


def test_where_ledger_and_uses_differ_by_a_yen_nothing_is_settled(till: Till) -> None:
    [use] = till.use(till.a, 100)
    of_points.move_to(today() - YESTERDAY)
    lost = use.parts.get().journal
    LedgerLine.objects.filter(journal=lost, account=ledger_accounts.POINTS_OWED).update(yen=-99)
    with pytest.raises(Unbalanced):
        settle(today() - YESTERDAY, by=BY)
    assert not MerchantSettlement.objects.exists()


def test_a_settlement_is_checked_proposed_approved_by_another_and_paid_once(till: Till) -> None:
    at = of_points.treasury()
    till.use(till.a, 100)
    of_points.move_to(today() - YESTERDAY)
    [made] = settle(today() - YESTERDAY, by=BY)
    with pytest.raises(Conflict):
        made.pay(today(), by=at.treasurer)
    proposal = at.propose()
    made.refresh_from_db()
    assert (made.status, made.proposal, made.checked_by) == ("proposed", proposal, at.treasurer)
    with pytest.raises(Conflict):
        made.pay(today(), by=at.treasurer)
    with pytest.raises(NotAllowed):
        proposal.approve(by=at.treasurer)
    proposal.approve(by=at.chief)
    made.refresh_from_db()
    assert (made.status, made.approved_by) == ("approved", at.chief)
    made.pay(today(), by=at.treasurer)
    with pytest.raises(Conflict):
        made.pay(today(), by=at.treasurer)
    assert LedgerLine.balance(ledger_accounts.POINTS_OWED) == 0
    assert Journal.objects.get(kind="settled").about == made.number
    assert point_balances.unexplained_yen() == 0


def test_the_database_refuses_an_amount_that_does_not_add_up_and_a_use_in_two_settlements(till: Till) -> None:
    [use] = till.use(till.a, 100)
    of_points.move_to(today() - YESTERDAY)
    [made] = settle(today() - YESTERDAY, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        MerchantSettlement.objects.filter(pk=made.pk).update(payable=101)
    with pytest.raises(IntegrityError), transaction.atomic():
        MerchantSettlement.objects.filter(pk=made.pk).update(payable=400, carry_out=-300)
    with pytest.raises(DatabaseError), transaction.atomic():
        Redemption.objects.filter(pk=use.pk).update(settlement=None)


def test_a_programme_ends_once_everything_is_used_ended_and_paid(till: Till) -> None:
    [use] = till.use(till.a, 100)
    program = PointProgram.objects.get()
    with pytest.raises(NotYet, match="使えるポイント"):
        close_program(program, by=BY)
    of_points.move_to(today() - YESTERDAY)
    PointProgram.objects.update(ends_on=today() - YESTERDAY, expires_on=today() - YESTERDAY)
    PointGrant.objects.update(expires_on=today() - YESTERDAY)
    PointGrant.expire()
    program.refresh_from_db()
    with pytest.raises(NotYet, match="支払っていない"):
        close_program(program, by=BY)
    settle(today() - YESTERDAY, by=BY)
    MerchantSettlement.objects.update(status="paid", paid_on=today())
    close_program(program, by=BY)
    use.refresh_from_db()
    with pytest.raises(Conflict, match="終わっている"):
        use.cancel(by=BY)
