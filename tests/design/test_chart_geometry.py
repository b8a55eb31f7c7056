"""A bar starts at zero, a gap stays a gap, and no label lies on another."""

import itertools

from todoke.design.chart_geometry import axis_maximum, bars, curves, format_value


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    assert [bar.length for bar in bars([("窓口", 200), ("郵送", 50), ("電話", None)])] == [100, 25, None]


def test_a_share_of_a_hundred_is_drawn_against_a_hundred() -> None:
    assert bars([("住民票", 57.3)], "%", whole=100)[0].length == 57.3


def test_a_missing_figure_is_named() -> None:
    assert bars([("電話", None)])[0].written == "データなし"


def test_figures_are_written_as_people_read_them() -> None:
    assert [format_value(1234, "件"), format_value(57.25, "%"), format_value(31.0, "%")] == ["1,234件", "57.2%", "31%"]


def test_an_axis_ends_at_a_round_number() -> None:
    assert [axis_maximum(n) for n in (0, 7, 57.3, 1234)] == [1, 8, 60, 1500]


def test_a_gap_in_time_stays_a_gap() -> None:
    drawn = curves(["4月", "5月", "6月", "7月"], [("率", [10, None, 20, 30])], "%")
    assert len(drawn.curves[0].segments) == 1
    assert len(drawn.curves[0].dots) == 3
    assert drawn.rows[1] == ("5月", ["データなし"])


def test_labels_at_the_ends_keep_apart() -> None:
    drawn = curves(["4月"], [("甲", [50]), ("乙", [50]), ("丙", [49])])
    heights = sorted(curve.end.y for curve in drawn.curves if curve.end)
    assert all(b - a >= 34 for a, b in itertools.pairwise(heights))
