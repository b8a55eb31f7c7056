"""What tools cost a year, by hand: seats × yen × months, a price change, and the gap until a budget pays."""

from datetime import date

import pytest

from todoke.systems.subscriptions.licence_cost import PriceRange, budget_gap, yearly_yen

CHAT = [PriceRange(350, 500, date(2026, 4, 1))]
APRIL = date(2027, 4, 1)


def test_350_yen_for_500_people_is_2100000_a_year() -> None:
    assert yearly_yen(CHAT, 2026) == 2_100_000


def test_a_price_that_changes_in_the_seventh_month_counts_from_then() -> None:
    prices = [PriceRange(350, 500, date(2026, 4, 1), date(2026, 9, 30)), PriceRange(400, 500, date(2026, 10, 1))]
    assert yearly_yen(prices, 2026) == 6 * 175_000 + 6 * 200_000


def test_a_trial_to_the_end_of_september_leaves_six_months_and_1050000_yen() -> None:
    gap = budget_gap(CHAT, date(2026, 9, 30), APRIL)
    assert (len(gap.months), gap.months[0], gap.months[-1]) == (6, date(2026, 10, 1), date(2027, 3, 1))
    assert gap.yen == 1_050_000


@pytest.mark.parametrize("until", [date(2027, 3, 31), date(2027, 6, 30)])
def test_a_trial_that_reaches_the_budget_leaves_no_gap(until: date) -> None:
    assert budget_gap(CHAT, until, APRIL).months == ()


def test_a_price_that_begins_after_the_trial_is_that_of_the_gap() -> None:
    assert budget_gap([PriceRange(350, 500, APRIL)], date(2027, 1, 31), APRIL).yen == 350_000


def test_months_without_a_price_cost_nothing() -> None:
    assert yearly_yen([PriceRange(350, 500, date(2026, 4, 1), date(2026, 6, 30))], 2026) == 525_000
