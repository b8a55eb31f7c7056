"""The Shinagawa outage of January 2025, judged in every window, with formula and evidence."""

# ruff: noqa: DTZ001 - clocks of the office are naive on purpose

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from todoke.systems.availability import CreditStep, Span, Window, credit, from_probes, measure, merge_spans

FIRST = Span(datetime(2025, 1, 6, 11, 20), datetime(2025, 1, 7, 9, 45), label="住民記録")
SECOND = Span(datetime(2025, 1, 20, 8, 30), datetime(2025, 1, 20, 9, 20), label="住基連携")
JANUARY = (date(2025, 1, 1), date(2025, 1, 31))
TARGET = Decimal("97.5")


def test_around_the_clock_in_january_it_is_96_99_percent_and_breaks_97_5() -> None:
    rate = measure(Window("always"), *JANUARY, [FIRST])
    assert rate.percent == Decimal("96.99")
    assert rate.breaks(TARGET)
    assert rate.formula == "(44,640分 − 1,345分) ÷ 44,640分 × 100 = 96.99%"


def test_in_office_hours_it_is_95_69_and_with_the_second_outage_95_19() -> None:
    alone, both = (measure(Window("office"), *JANUARY, outages) for outages in ([FIRST], [FIRST, SECOND]))
    assert (alone.percent, both.percent) == (Decimal("95.69"), Decimal("95.19"))
    assert alone.breaks(TARGET)
    assert both.breaks(TARGET)
    assert alone.days == 19
    assert [e.starts.day for e in both.evidence] == [6, 7, 20]
    assert [int(e.minutes) for e in both.evidence] == [355, 75, 50]


def test_over_the_whole_year_it_is_99_74_and_keeps_the_promise() -> None:
    rate = measure(Window("always"), date(2025, 1, 1), date(2025, 12, 31), [FIRST])
    assert rate.percent == Decimal("99.74")
    assert not rate.breaks(TARGET)


def test_a_planned_stop_is_neither_promised_nor_lost() -> None:
    night = Span(datetime(2025, 1, 7, 0, 0), datetime(2025, 1, 7, 6, 0))
    rate = measure(Window("always"), *JANUARY, [FIRST], [night])
    assert (rate.promised, rate.lost) == (Decimal(44_640 - 360), Decimal(1_345 - 360))
    assert rate.excluded == 360


def test_half_the_function_lost_counts_half() -> None:
    half = Span(FIRST.starts, FIRST.ends, Decimal("0.5"))
    assert measure(Window("always"), *JANUARY, [half]).lost == Decimal("672.5")


def test_a_minute_lost_twice_is_lost_once_with_the_greater_weight() -> None:
    partial = Span(datetime(2025, 1, 6, 10, 20), datetime(2025, 1, 6, 12, 20), Decimal("0.5"))
    assert measure(Window("always"), *JANUARY, [FIRST, partial]).lost == 1_345 + 30


def test_hours_of_its_own_may_pass_midnight() -> None:
    window = Window("custom", time(22, 0), time(2, 0), frozenset({0}))
    rate = measure(window, *JANUARY, [Span(datetime(2025, 1, 7, 1, 0), datetime(2025, 1, 7, 3, 0))])
    assert (rate.days, rate.promised, rate.lost) == (4, Decimal(960), Decimal(60))


def test_the_credit_follows_the_worst_step_that_applies() -> None:
    steps = [CreditStep(Decimal("97.5"), Decimal(5)), CreditStep(Decimal("97"), Decimal(10))]
    assert credit(Decimal("96.99"), steps, 1_000_001) == (Decimal(10), 100_000)
    assert credit(Decimal("97.50"), steps, 1_000_001) == (Decimal(0), 0)


def test_failing_probes_become_an_outage() -> None:
    start = datetime(2025, 1, 6, 11, 15)
    probes = [(start + timedelta(minutes=5 * n), not 1 <= n <= 3) for n in range(6)]
    [span] = from_probes(probes, timedelta(minutes=5))
    assert (span.starts.time(), span.ends.time()) == (time(11, 20), time(11, 35))


def test_hours_that_close_when_they_open_last_a_day() -> None:
    window = Window("custom", time(9, 0), time(9, 0), frozenset({0}))
    assert measure(window, date(2025, 1, 6), date(2025, 1, 6), []).promised == 24 * 60


def test_where_nothing_was_promised_nothing_is_broken() -> None:
    holiday = measure(Window("office"), date(2025, 1, 1), date(2025, 1, 1), [FIRST])
    assert (holiday.days, holiday.percent) == (0, Decimal("100.00"))
    assert not holiday.breaks(Decimal(100))


def test_a_promise_that_is_met_exactly_is_kept() -> None:
    hour = Span(datetime(2025, 1, 6, 0, 0), datetime(2025, 1, 6, 2, 24))
    rate = measure(Window("always"), date(2025, 1, 6), date(2025, 1, 6), [hour])
    assert not rate.breaks(Decimal(90))
    assert rate.breaks(Decimal("90.01"))


def test_a_minute_promised_and_lost_is_broken() -> None:
    window = Window("custom", time(9, 0), time(9, 1), frozenset({0}))
    minute = Span(datetime(2025, 1, 6, 9, 0), datetime(2025, 1, 6, 9, 1))
    rate = measure(window, date(2025, 1, 6), date(2025, 1, 6), [minute])
    assert [line.minutes for line in rate.evidence] == [1]
    assert rate.breaks(TARGET)


def test_an_outage_inside_a_planned_stop_leaves_no_evidence() -> None:
    night = Span(datetime(2025, 1, 7, 0, 0), datetime(2025, 1, 7, 6, 0))
    inside = Span(datetime(2025, 1, 7, 1, 0), datetime(2025, 1, 7, 2, 0))
    assert measure(Window("always"), *JANUARY, [inside], [night]).evidence == ()


def test_stretches_that_only_touch_do_not_share_a_minute() -> None:
    before = Span(datetime(2025, 1, 6, 8, 0), datetime(2025, 1, 6, 9, 0))
    after = Span(datetime(2025, 1, 6, 9, 0), datetime(2025, 1, 6, 10, 0))
    assert before.within(after) is None


def test_an_outage_that_goes_on_lasts_one_interval_after_the_last_probe() -> None:
    start = datetime(2025, 1, 6, 11, 15)
    probes = [(start, True), (start + timedelta(minutes=5), False), (start + timedelta(minutes=10), False)]
    assert from_probes(probes, timedelta(minutes=5)) == [
        Span(datetime(2025, 1, 6, 11, 20), datetime(2025, 1, 6, 11, 30), Decimal(1), "監視")
    ]
    assert from_probes([*probes, (start + timedelta(minutes=15), True)], timedelta(minutes=5)) == [
        Span(datetime(2025, 1, 6, 11, 20), datetime(2025, 1, 6, 11, 30), Decimal(1), "監視")
    ]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3000)), max_size=8))
def test_nothing_is_lost_that_was_not_promised(stops: list[tuple[int, int]]) -> None:
    zero = datetime(2025, 1, 1)
    spans = [Span(zero + timedelta(minutes=a), zero + timedelta(minutes=a + n)) for a, n in stops]
    rate = measure(Window("office"), *JANUARY, spans)
    assert 0 <= rate.lost <= rate.promised
    assert sum(span.minutes for span in merge_spans(spans)) <= sum(span.minutes for span in spans)
