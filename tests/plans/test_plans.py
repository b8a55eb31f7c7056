"""A plan says what it measures, what is missing, and what is needed."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import meetings, present
from tests.cast.plans import indicator, plan
from todoke.plans.forecast import DatedValue, months_between, required_pace
from todoke.plans.models import Plan
from todoke.plans.summary import summarise
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_plan_is_not_published_while_a_percentage_has_no_denominator() -> None:
    by, made = meetings.secretary(), plan()
    loose = indicator(made, denominator="")
    with pytest.raises(Refused, match="定義が足りない指標"):
        made.publish(by=by)
    loose.denominator = "すべての手続"
    loose.save()
    made.publish(by=by)
    assert made.status == Plan.Status.PUBLISHED
    with pytest.raises(Refused, match="公表"):
        made.publish(by=by)


def test_a_percentage_is_computed_and_a_missing_value_is_not_zero() -> None:
    by, rate = meetings.secretary(), indicator(plan())
    actual = rate.report(on=date(2026, 3, 31), numerator=Decimal(1533), denominator=Decimal(3098), by=by)
    assert actual.value == Decimal("49.48")
    with pytest.raises(Refused, match="理由"):
        rate.report(on=date(2026, 6, 30), by=by)
    gap = rate.report(on=date(2026, 6, 30), missing_reason="集計中", by=by)
    assert gap.value is None


def test_the_summing_up_says_what_was_reached_and_what_is_late() -> None:
    by, made = meetings.secretary(), plan()
    rate = indicator(made)
    rate.targets.create(fiscal_year=2025, value=40)
    rate.report(on=date(2026, 3, 31), numerator=Decimal(50), denominator=Decimal(100), by=by)
    indicator(made).report(on=date(2026, 3, 31), missing_reason="集計中", by=by)
    rate.measure.milestones.create(title="台帳の公開", due_on=date(2025, 12, 1))
    summary = summarise(made, date(2026, 3, 31))
    assert summary.counts == {"達成": 1, "値なし": 1}
    assert summary.words == "指標2件のうち、値なし 1件、達成 1件です。期限を過ぎたマイルストーンは1件です。"


def test_the_need_a_month_and_the_forecast_are_said_in_words() -> None:
    by, made = meetings.secretary(), plan()
    rate = indicator(made)
    rate.targets.create(fiscal_year=2026, value=80)
    rate.report(on=date(2025, 9, 30), numerator=Decimal(40), denominator=Decimal(100), by=by)
    rate.report(on=date(2026, 9, 30), numerator=Decimal(52), denominator=Decimal(100), by=by)
    [measure] = summarise(made, date(2026, 10, 1)).measures
    assert "月に4.6" in measure.indicators[0].needs_words
    assert "直近の伸びは月1.00ポイント" in measure.indicators[0].needs_words


def test_months_are_counted_by_the_calendar() -> None:
    assert months_between(date(2021, 4, 1), date(2022, 4, 1)) == 12
    assert months_between(date(2022, 4, 1), date(2021, 4, 1)) == 0


def test_a_target_that_is_reached_needs_nothing() -> None:
    found = required_pace([DatedValue(date(2026, 1, 1), 10), DatedValue(date(2026, 2, 1), 30)], 20, date(2026, 12, 31))
    assert present(found).is_reached
    assert required_pace([], 20, date(2026, 12, 31)) is None


def test_a_target_whose_day_has_passed_says_what_was_missing_and_needs_nothing_a_month() -> None:
    by, made = meetings.secretary(), plan()
    rate = indicator(made)
    rate.targets.create(fiscal_year=2025, value=50)
    rate.report(on=date(2026, 3, 31), numerator=Decimal(40), denominator=Decimal(100), by=by)
    [measure] = summarise(made, date(2026, 3, 31)).measures
    [standing] = measure.indicators
    assert "10.0ポイント届きませんでした" in standing.needs_words
    assert "inf" not in standing.needs_words
