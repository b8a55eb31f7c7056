"""What shops are paid is decided like other money: one proposal for all, returned, refused or approved, by another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import points as of_points
from tests.cast.points import BY, Treasury
from todoke.japanese.calendar import today
from todoke.payments import ledger_accounts
from todoke.payments.models import LedgerLine
from todoke.points import point_balances, settlement_proposals
from todoke.points.models import MerchantSettlement, SettlementFeeRule
from todoke.points.payment_file import PaymentFile
from todoke.points.settlement_proposals import check_all, propose
from todoke.points.settlement_run import settle
from todoke.points.zengin_transfer import Payer
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Treasury:
    return of_points.treasury()


def used(*yen: int) -> list[MerchantSettlement]:
    """Shops in each of which so much was used until yesterday, settled."""
    holds = of_points.carrier(of_points.program(20_000))
    for number, each in enumerate(yen):
        of_points.pay(of_points.shop(f"店{number}", f"shop{number}@example.jp"), each, f"k{number}", holds)
    yesterday = today() - timedelta(days=1)
    of_points.move_to(yesterday)
    return settle(yesterday, by=BY)


def fee(at: Treasury, percent: str = "2.5", days: int = 1) -> SettlementFeeRule:
    begins = today() - timedelta(days=days)
    return SettlementFeeRule.establish(
        valid_from=begins, percent=Decimal(percent), source="要綱 第8条", by=at.treasurer
    )


def states() -> set[str]:
    return set(MerchantSettlement.objects.values_list("status", flat=True))


def test_three_shops_are_one_proposal_that_names_each_with_its_fee_and_the_sum(at: Treasury) -> None:
    fee(at)
    used(8500, 450, 39)
    proposal = at.propose()
    content = proposal.dossier.content
    assert proposal.amount == 8288 + 439 + 39
    assert content["合計"] == {
        "店の数": "3店", "支払額": "8,766円", "手数料": "223円", "手数料の定め": "2.5%(要綱 第8条)",
        "次の期間への繰越": "0円",
    }  # fmt: skip
    assert content["台帳との照合"]["差"] == "0円"
    assert [line["支払額"] for line in content["店ごとの額"]] == ["8,288円", "439円", "39円"]
    proposal.approve(by=at.chief)
    payer = Payer("0000000001", "ｸ", "0001", "001", "1", "0000001")
    assert sum(each.yen for each in PaymentFile(payer, today()).transfers()) == 8766
    for made in MerchantSettlement.objects.all():
        made.pay(today(), by=at.treasurer)
    balances = {account: LedgerLine.balance(account) for account in (ledger_accounts.POINTS_OWED, "2600", "2700")}
    assert balances == {ledger_accounts.POINTS_OWED: 0, "2600": -8766, "2700": -223}
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0


def test_a_returned_proposal_is_sent_again_by_its_drafter_with_what_was_checked_since(at: Treasury) -> None:
    used(100)
    proposal = at.propose()
    proposal.return_to_drafter(by=at.chief, reason="店の名前を確かめてください")
    assert states() == {"checked"}
    other = cast.staff("別の会計", "t2@example.lg.jp", "treasurer", cast.department("会計課", "2900"))
    with pytest.raises(Refused, match="起案した人"):
        propose(route=at.route, by=other)
    again = propose(route=at.route, by=at.treasurer)
    assert (again.pk, again.round) == (proposal.pk, 2)
    again.approve(by=at.chief)
    assert states() == {"approved"}


def test_a_refused_proposal_gives_the_settlements_back_to_be_proposed_anew(at: Treasury) -> None:
    used(100)
    first = at.propose()
    first.reject(by=at.chief, reason="要綱が変わるため")
    assert (states(), MerchantSettlement.objects.filter(proposal=None).count()) == ({"checked"}, 1)
    second = propose(route=at.route, by=at.treasurer)
    assert second.pk != first.pk


def test_a_proposal_that_is_taken_back_and_dropped_gives_them_back_too(at: Treasury) -> None:
    used(100)
    first = at.propose()
    first.take_back(by=at.treasurer, reason="日付の誤り")
    assert states() == {"checked"}
    first.drop(by=at.treasurer, reason="作り直す")
    assert MerchantSettlement.objects.get().proposal is None


def test_who_checked_a_settlement_does_not_decide_about_it(at: Treasury) -> None:
    [made] = used(100)
    made.check_against_ledger(by=at.chief)
    proposal = propose(route=at.route, by=at.treasurer)
    with pytest.raises(NotAllowed, match="照合した人"):
        proposal.approve(by=at.chief)
    assert states() == {"proposed"}
    proposal.refresh_from_db()
    assert proposal.settled_at is None


def test_only_a_treasurer_checks_and_proposes_and_nothing_unchecked_is_proposed(at: Treasury) -> None:
    used(100)
    with pytest.raises(NotAllowed):
        check_all(by=at.chief)
    with pytest.raises(NotAllowed):
        propose(route=at.route, by=at.chief)
    with pytest.raises(Refused, match="先に照合"):
        propose(route=at.route, by=at.treasurer)


def test_where_one_shop_differs_from_the_ledger_nobody_is_checked(at: Treasury) -> None:
    first, _ = used(100, 200)
    journal = first.redemptions.get().parts.get().journal
    LedgerLine.objects.filter(journal=journal, account=ledger_accounts.POINTS_OWED).update(yen=-99)
    with pytest.raises(Refused, match=first.number):
        check_all(by=at.treasurer)
    assert states() == {"draft"}


def test_the_fee_follows_the_version_in_force_at_the_end_of_the_period(at: Treasury) -> None:
    fee(at, "2.5", days=30)
    fee(at, "0", days=1)
    [made] = used(1000)
    assert (made.fee, cast.present(made.fee_rule).percent) == (0, "0")
    with pytest.raises(Refused, match="精算した期間"):
        fee(at, "3", days=2)
    with pytest.raises(Conflict):
        fee(at, "3", days=1)
    with pytest.raises(TypeError):
        cast.present(made.fee_rule).save()


@pytest.mark.parametrize("percent", ["100", "-1", "2.555"])
def test_a_rate_that_cannot_be_is_refused(at: Treasury, percent: str) -> None:
    with pytest.raises(Refused, match="小数は2けた"):
        fee(at, percent)
    with pytest.raises(NotAllowed):
        SettlementFeeRule.establish(valid_from=today(), percent=Decimal(1), source="要綱", by=at.chief)


def test_the_database_refuses_a_fee_without_a_rule_and_a_way_to_approval_without_a_proposal() -> None:
    [made] = used(100)
    rows = MerchantSettlement.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(fee=10, payable=90)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(status="proposed")


def test_a_clerk_reads_the_proposal_number_and_the_treasurer_sees_what_waits(at: Treasury) -> None:
    used(100, 200)
    page = cast.signed_in(at.treasurer)
    assert "照合を待つ精算が2店" in page.get("/office/points/settlements/").content.decode()
    assert page.post("/office/points/settlements/checks/").status_code == 302
    assert "起案を待つ精算が2店" in page.get("/office/points/settlements/").content.decode()
    answer = page.post("/office/points/settlements/proposal/", {"route": at.route.pk}, follow=True).content.decode()
    made = MerchantSettlement.objects.order_by("pk")[0]
    number = cast.present(made.proposal).number
    assert f"{number} を起案しました" in answer
    assert f"/office/proposals/{number}/" in page.get(f"/office/points/settlements/{made.number}/").content.decode()
    assert "店ごとの額" in cast.signed_in(at.chief).get(f"/office/proposals/{number}/").content.decode()
    assert settlement_proposals.MATTER in cast.present(made.proposal).title
