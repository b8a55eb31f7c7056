"""The treasurer closes a day: only what does not match is listed, and nothing that was planted is missed."""

from collections import Counter
from datetime import date

import pytest

from tests import cast
from tests.cast.money_close import close
from tests.cast.money_day import CLERK, Office, found
from todoke.accounts.models import User
from todoke.organization.models import Post
from todoke.payments import reconciliation, trial_balance
from todoke.payments.matching import Discrepancy
from todoke.payments.models import DayClose, DayLocked, Journal, LedgerLine, PeriodLock, Receipt
from todoke.runtime.refusals import NotYet

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def treasurer(number: int) -> User:
    return cast.staff(f"会計 {number}号", f"treasurer{number}@example.lg.jp", Post.Role.TREASURER)


def test_every_planted_difference_is_found_and_nothing_else() -> None:
    office = Office(seed=7, faults_per_class=2)
    second = treasurer(2)
    for offset in (-2, -1, 0):
        day = date.fromordinal(DAY.toordinal() + offset)
        lived = office.live(day, payments=40)
        office.hand_in(lived, till_difference=-100 if offset == 0 else 0, payout_difference=30 if offset == 0 else 0)
        assert found(day) == lived.planted
        close(day, office, second)
        assert trial_balance.unexplained_yen() == 0
    assert set(lived.planted) == {name for name, _ in Discrepancy.choices}
    assert LedgerLine.total() == 0


def test_matching_again_lists_the_same_differences() -> None:
    office = Office(seed=1, faults_per_class=1)
    office.hand_in(lived := office.live(DAY, payments=14), till_difference=0, payout_difference=0)
    assert found(DAY) == found(DAY) == lived.planted


def test_a_day_needs_every_difference_explained_and_two_people() -> None:
    office, first, second = Office(seed=1, faults_per_class=1), treasurer(1), treasurer(2)
    office.hand_in(office.live(DAY, payments=14), till_difference=0, payout_difference=0)
    sheet = reconciliation.reconcile(DAY, by=first)
    with pytest.raises(NotYet, match="説明のない差異"):
        sheet.prepare(by=first)
    for finding in sheet.findings.all():
        assert finding.explain("照会済み", by=first)
    sheet.prepare(by=first)
    with pytest.raises(NotYet, match="作成した人は確認できません"):
        reconciliation.sign(sheet, by=first)
    reconciliation.sign(sheet, by=second)
    assert sheet.is_closed
    assert sheet.time_spent is not None


def test_a_closed_day_takes_no_more_lines() -> None:
    PeriodLock.objects.create(day=DAY)
    with pytest.raises(DayLocked, match="締め済み"):
        Journal.post(Journal.Kind.CORRECTION, "試し", [("1200", 1), ("5200", -1)], day=DAY)


def test_totals_by_revenue_code_equal_what_was_received() -> None:
    office = Office(seed=3, faults_per_class=0)
    office.live(DAY, payments=15)
    by_code = reconciliation.revenue_of(DAY)
    received = sum(receipt.yen for receipt in Receipt.objects.filter(paid_on=DAY))
    assert sum(by_code.values()) == received
    assert set(by_code) <= {"13-01-01", "13-01-02", "13-02-01"}


def test_an_explained_difference_stays_explained_after_matching_again() -> None:
    office = Office(seed=1, faults_per_class=1)
    office.hand_in(office.live(DAY, payments=14), till_difference=0, payout_difference=0)
    first = reconciliation.reconcile(DAY, by=CLERK).findings.first()
    assert first
    first.explain("照会済み", by=CLERK)
    again = reconciliation.reconcile(DAY, by=CLERK)
    assert Counter(again.findings.values_list("explanation", flat=True))["照会済み"] == 1
    assert DayClose.objects.count() == 1
