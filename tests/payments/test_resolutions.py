"""The treasurer deals with each difference once, and every yen is matched or lies in an open item with a name."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.cast import cases, payments
from tests.cast.money_close import close
from tests.cast.money_day import CLERK, FAULTS, Day, Office, found
from todoke.accounts.models import User
from todoke.notices.models import Message
from todoke.organization.models import Post
from todoke.payments import collection, ledger_accounts, resolutions, trial_balance
from todoke.payments.models import Charge, Finding, LedgerLine, OpenItem, Receipt
from todoke.payments.providers.interface import EventKind

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


@pytest.fixture
def second() -> User:
    return cast.staff("確認 者", "second@example.lg.jp", Post.Role.TREASURER)


def one_fault(name: str, office: Office) -> Day:
    """A day on which exactly one thing goes wrong."""
    lived = Day(DAY)
    FAULTS[name](office, lived, payments.charge())
    office.hand_in(lived)
    return lived


def test_a_difference_that_has_its_open_item_is_not_carried_over_again(second: User) -> None:
    one_fault("nobody's", Office(seed=1, faults_per_class=0))
    found(DAY)
    finding = Finding.objects.get()
    resolutions.carry_over(finding)
    with pytest.raises(resolutions.AlreadyResolved):
        resolutions.carry_over_with_note(finding, "事業者に確かめる", by=second)
    assert OpenItem.objects.count() == 1


def days_after(office: Office, second: User, days: int) -> None:
    """Days on which nothing new happens; files bring what settles the past."""
    for offset in range(1, days + 1):
        lived = office.live(DAY + timedelta(days=offset), payments=0)
        office.hand_in(lived)
        assert found(lived.day) == {}
        close(lived.day, office, second)
        assert trial_balance.unexplained_yen() == 0


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_with_one_fault_names_each_yen_and_the_next_days_settle_it(name: str, seed: int, second: User) -> None:
    office = Office(seed=seed, faults_per_class=0)
    lived = one_fault(name, office)
    assert found(DAY) == lived.planted
    close(DAY, office, second)
    assert trial_balance.unexplained_yen() == 0
    days_after(office, second, 6)
    assert not OpenItem.objects.open().exists()
    assert LedgerLine.total() == 0


@pytest.mark.parametrize("name", ["told late", "lie", "never captured", "other amount", "two cards", "refund lost"])
def test_a_silent_provider_leaves_a_named_item_that_is_settled_later(name: str, second: User) -> None:
    office = Office(seed=1, faults_per_class=0)
    one_fault(name, office)
    close(DAY, office, second, down=True)
    assert OpenItem.objects.open().count() == 1
    assert trial_balance.unexplained_yen() == 0
    days_after(office, second, 6)
    assert not OpenItem.objects.open().exists()


def test_a_till_that_is_short_is_booked_and_a_payout_that_is_short_waits(second: User) -> None:
    office = Office(seed=1, faults_per_class=0)
    for offset in range(4):
        lived = office.live(DAY + timedelta(days=offset), payments=10)
        office.hand_in(lived, till_difference=-100 if offset == 1 else 0, payout_difference=50 if offset == 2 else 0)
        assert found(lived.day) == lived.planted
        close(lived.day, office, second)
        assert trial_balance.unexplained_yen() == 0
    assert LedgerLine.balance(ledger_accounts.DIFFERENCE) == 100
    cards = Receipt.objects.filter(method="card", paid_on=DAY)
    assert set(cards.values_list("arrived_on", flat=True)) == {DAY + timedelta(days=2)}
    assert set(Receipt.objects.filter(method="cash", paid_on=DAY).values_list("arrived_on", flat=True)) == {DAY}
    assert not OpenItem.objects.open().exists()


def test_a_resident_whose_payment_never_came_is_asked_again(second: User) -> None:
    office, lived = Office(seed=1, faults_per_class=0), Day(DAY)
    case = cases.case(cases.counter(fee=300))
    FAULTS["never captured"](office, lived, cast.present(case.charge))
    assert Charge.objects.get().is_settled
    office.hand_in(lived)
    close(DAY, office, second)
    case.refresh_from_db()
    charge = cast.present(case.charge)
    assert (charge.status, charge.yen) == (Charge.Status.UNPAID, 600)
    assert Charge.objects.exclude(pk=charge.pk).get().status == Charge.Status.TAKEN_BACK
    assert charge.number != Receipt.objects.get().charge.number
    assert Message.objects.filter(code="fee-unpaid-again").count() == 1
    assert collection.pay_at_counter(charge, reference="till-1", by=CLERK)
    assert LedgerLine.balance(ledger_accounts.RECEIVABLE) == 0


def test_a_difference_is_dealt_with_once_even_by_two_people() -> None:
    office = Office(seed=1, faults_per_class=0)
    one_fault("nobody's", office)
    found(DAY)
    first, other = Finding.objects.get(), Finding.objects.get()
    resolutions.apply(first, by=CLERK)
    with pytest.raises(resolutions.AlreadyResolved):
        resolutions.apply(other, by=CLERK)
    assert LedgerLine.balance(ledger_accounts.SUSPENSE) == -500


def test_own_words_carry_the_yen_as_well(second: User) -> None:
    office = Office(seed=1, faults_per_class=0)
    one_fault("nobody's", office)
    found(DAY)
    resolutions.carry_over_with_note(Finding.objects.get(), "道路占用料の入金と思われる。道路公園課に照会中", by=CLERK)
    close(DAY, office, second)
    assert (OpenItem.objects.get().account, OpenItem.objects.get().yen) == (ledger_accounts.SUSPENSE, -500)
    assert trial_balance.unexplained_yen() == 0


def test_money_that_comes_after_the_close_is_booked_on_the_next_open_day(second: User) -> None:
    office, lived = Office(seed=1, faults_per_class=0), Day(DAY)
    charge = payments.charge()
    attempt, payment = office.captured(lived, charge, told=False)
    office.hand_in(lived)
    close(DAY, office, second)
    payment.outcome = EventKind.CAPTURED
    office.later[DAY + timedelta(days=1)].append(lambda: office.report(DAY, attempt.reference, 600))
    collection.handle_event(payments.told(attempt))
    receipt = Receipt.objects.get()
    assert (receipt.paid_on, receipt.booked_on) == (DAY, DAY + timedelta(days=1))


def test_a_yen_that_nothing_accounts_for_shows(second: User) -> None:
    office = Office(seed=1, faults_per_class=0)
    one_fault("nobody's", office)
    close(DAY, office, second)
    OpenItem.objects.update(yen=-499)
    assert trial_balance.unexplained_yen() == 1
