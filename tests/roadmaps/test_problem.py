"""What a plan is worth, and what it takes from whom."""

import pytest

from todoke.roadmaps.problem import (
    Problem,
    Schedule,
    Work,
    free_capacity,
    quarterly_load,
    relieved_minutes,
    total_relieved_minutes,
)

EARLY = Work("early", "tax", effort=6, length=2, burden=100)
LATE = Work("late", "tax", effort=3, length=3, burden=10, shared=6)
PROBLEM = Problem(4, {"tax": [5, 5, 5, 5], "digital": [4, 4, 4, 4]}, [EARLY, LATE], "digital")


def test_a_work_relieves_from_its_end_until_a_year_after_the_plan() -> None:
    assert relieved_minutes(PROBLEM, EARLY, 0) == 600
    assert relieved_minutes(PROBLEM, EARLY, 3) == 300


def test_only_what_starts_relieves() -> None:
    assert total_relieved_minutes(PROBLEM, {"early": 1}) == 500
    assert total_relieved_minutes(PROBLEM, {"early": 1, "late": 1}) == 540
    assert total_relieved_minutes(PROBLEM, {}) == 0


def test_the_effort_is_spread_evenly_over_the_quarters() -> None:
    assert quarterly_load(PROBLEM, EARLY) == [("tax", 3)]
    assert quarterly_load(PROBLEM, LATE) == [("tax", 1), ("digital", 2)]


def test_a_section_without_a_capacity_is_not_counted() -> None:
    alone = Problem(4, {"tax": [5, 5, 5, 5]}, [LATE], "digital")
    assert quarterly_load(alone, LATE) == [("tax", 1)]
    assert quarterly_load(Problem(4, {"digital": [1]}, [LATE], "digital"), LATE) == [("digital", 2)]


def test_what_starts_takes_from_its_quarters_and_no_longer_than_the_plan() -> None:
    left = free_capacity(PROBLEM, {"early": 0, "late": 2})
    assert left == {"tax": [2, 2, 4, 4], "digital": [4, 4, 2, 2]}
    assert free_capacity(PROBLEM, {}) == {"tax": [5, 5, 5, 5], "digital": [4, 4, 4, 4]}


@pytest.mark.parametrize(
    ("relieved", "bound", "gap"), [(90, 100, 0.1), (100, 100, 0), (101, 100, 0), (0, 0, 0), (0, 0.5, 1)]
)
def test_the_gap_is_the_part_of_the_best_that_may_be_missing(relieved: float, bound: float, gap: float) -> None:
    assert Schedule({}, relieved, bound).gap == pytest.approx(gap)
