"""What a plan is worth, and what it takes from whom."""

import pytest

from todoke.roadmaps.problem import Drawing, Problem, Work, free_capacity, needs, relief, worth

EARLY = Work("early", "tax", effort=6, length=2, burden=100)
LATE = Work("late", "tax", effort=3, length=3, burden=10, shared=6)
PROBLEM = Problem(4, {"tax": [5, 5, 5, 5], "digital": [4, 4, 4, 4]}, [EARLY, LATE], "digital")


def test_a_work_relieves_from_its_end_until_a_year_after_the_plan() -> None:
    assert worth(PROBLEM, EARLY, 0) == 600
    assert worth(PROBLEM, EARLY, 3) == 300


def test_only_what_starts_relieves() -> None:
    assert relief(PROBLEM, {"early": 1}) == 500
    assert relief(PROBLEM, {"early": 1, "late": 1}) == 540
    assert relief(PROBLEM, {}) == 0


def test_the_effort_is_spread_evenly_over_the_quarters() -> None:
    assert needs(PROBLEM, EARLY) == [("tax", 3)]
    assert needs(PROBLEM, LATE) == [("tax", 1), ("digital", 2)]


def test_a_section_without_a_capacity_is_not_counted() -> None:
    alone = Problem(4, {"tax": [5, 5, 5, 5]}, [LATE], "digital")
    assert needs(alone, LATE) == [("tax", 1)]
    assert needs(Problem(4, {"digital": [1]}, [LATE], "digital"), LATE) == [("digital", 2)]


def test_what_starts_takes_from_its_quarters_and_no_longer_than_the_plan() -> None:
    left = free_capacity(PROBLEM, {"early": 0, "late": 2})
    assert left == {"tax": [2, 2, 4, 4], "digital": [4, 4, 2, 2]}
    assert free_capacity(PROBLEM, {}) == {"tax": [5, 5, 5, 5], "digital": [4, 4, 4, 4]}


@pytest.mark.parametrize(
    ("relieved", "bound", "gap"), [(90, 100, 0.1), (100, 100, 0), (101, 100, 0), (0, 0, 0), (0, 0.5, 1)]
)
def test_the_gap_is_the_part_of_the_best_that_may_be_missing(relieved: float, bound: float, gap: float) -> None:
    assert Drawing({}, relieved, bound).gap == pytest.approx(gap)
