"""Small pictures share one scale; a gap stays a gap; parts of a whole are whole."""

from todoke.design.chart_groups import BASE, small_curves, stacked_shares


def test_small_pictures_are_drawn_on_one_scale() -> None:
    drawn = small_curves(["4月", "5月"], [("甲", [50, 100]), ("乙", [5, 10])], "枚")
    big, small = drawn.curves
    assert drawn.top == "100枚"
    assert round(BASE - small.dots[1].y, 1) == round((BASE - big.dots[1].y) / 10, 1)


def test_a_gap_breaks_the_line_and_is_said() -> None:
    [curve] = small_curves(["4月", "5月", "6月"], [("甲", [1, None, 3])]).curves
    assert curve.segments == []
    assert len(curve.dots) == 2
    assert curve.sentence == "6月、前は4月で2増。値のない時点1。"


def test_shares_of_a_whole_fill_it() -> None:
    [(_, parts), (_, none)] = stacked_shares(["甲", "乙"], [("a", [3, None]), ("b", [1, None])])
    assert [(part.x, part.width, part.written) for part in parts] == [(0, 75, "75.0%"), (75, 25, "25.0%")]
    assert none == []
