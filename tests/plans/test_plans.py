"""A plan says what it measures, what is missing, and what is needed."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import meetings, present
from tests.cast.plans import indicator, plan
from todoke.plans.counted_figure import CountedFigure
from todoke.plans.forecast import DatedValue, months_between, required_pace
from todoke.plans.models import Plan
from todoke.plans.summary import IndicatorStatus, Verdict, status_of, summarise
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
    assert "直近の伸びは月1ポイント" in measure.indicators[0].needs_words


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
    assert "10ポイント届きませんでした" in standing.needs_words
    assert "inf" not in standing.needs_words


def _status(on: date, values: dict[date, int], *, year: int = 2026, goal: int = 40, **more: object) -> IndicatorStatus:
    by, made = meetings.secretary(), plan()
    rate = indicator(made, **more)
    rate.targets.create(fiscal_year=year, value=goal)
    for day, value in values.items():
        rate.report(on=day, numerator=Decimal(value), denominator=Decimal(100), by=by)
    return status_of(rate, on)


@pytest.mark.parametrize(
    ("on", "values", "verdict"),
    [
        (date(2026, 11, 29), {date(2026, 9, 30): 23}, Verdict.AHEAD),
        (date(2026, 11, 29), {date(2026, 9, 30): 41}, Verdict.REACHED),
        (date(2027, 3, 31), {date(2027, 3, 31): 39}, Verdict.MISSED),
        (date(2027, 4, 1), {date(2027, 3, 1): 39}, Verdict.MISSED),
        (date(2027, 4, 1), {date(2026, 3, 1): 39}, Verdict.AWAITED),
        (date(2027, 6, 1), {date(2027, 3, 31): 39, date(2027, 5, 31): 45}, Verdict.REACHED_LATE),
        (date(2027, 6, 1), {date(2027, 3, 31): 41, date(2027, 5, 31): 30}, Verdict.REACHED),
        (date(2027, 6, 1), {}, Verdict.NO_VALUE),
    ],
)
def test_a_target_is_judged_only_when_its_day_has_come(on: date, values: dict[date, int], verdict: Verdict) -> None:
    assert _status(on, values).verdict is verdict


def test_a_value_to_keep_low_is_not_reached_before_the_year_is_over() -> None:
    found = _status(date(2026, 11, 29), {date(2026, 9, 30): 10}, unit="sheets", direction="down")
    assert found.verdict is Verdict.AHEAD


def test_a_forecast_stays_within_what_is_possible_and_names_its_unit() -> None:
    by, made = meetings.secretary(), plan()
    tasks = indicator(made, unit="systems")
    tasks.targets.create(fiscal_year=2026, value=18)
    for day, count in ((date(2025, 3, 31), 5), (date(2026, 3, 31), 14)):
        tasks.report(on=day, numerator=Decimal(count), denominator=Decimal(18), by=by)
    found = status_of(tasks, date(2026, 11, 29))
    assert found.last is not None
    assert found.last.value == 14
    assert found.forecast == 18
    assert "目標18業務まで、あと4業務" in found.needs_words
    assert "このままでは18業務" in found.needs_words


def test_the_months_left_are_counted_from_today_not_from_the_last_value() -> None:
    found = _status(date(2027, 2, 28), {date(2026, 3, 31): 20, date(2026, 9, 30): 30}).need
    assert present(found).months == pytest.approx(1.1, abs=0.1)


def test_what_the_product_counts_today_stands_in_place_of_what_was_noted_this_morning() -> None:
    by, made = meetings.secretary(), plan()
    rate, on = indicator(made, own_figure="possible"), date(2026, 11, 29)
    rate.report(on=on, numerator=Decimal(4), denominator=Decimal(3036), by=by)
    counted = {"possible": CountedFigure(on, 5, 3061, "台帳")}
    [row] = summarise(made, on, counted).measures[0].indicators
    assert row.last is not None
    assert row.last.numerator == 5
    assert row.last.denominator == 3061
    assert row.last.value == Decimal("0.16")
    assert len(row.actuals) == 1
