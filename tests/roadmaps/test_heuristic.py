from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todoke.roadmaps.heuristic import greedy, optimize
from todoke.roadmaps.problem import Problem, Schedule, Work, free_capacity, total_relieved_minutes


def work(key: str, effort: float = 1, burden: float = 10, section: str = "A", **more: Any) -> Work:
    return Work(key, section, effort, more.pop("length", 1), burden, **more)


def plan(*works: Work, quarters: int = 4, months: float = 1, **more: Any) -> Problem:
    sections = {each.section for each in works}
    return Problem(quarters, {section: [months] * quarters for section in sections}, works, **more)


def test_the_heaviest_burden_goes_first_when_one_fits_at_a_time() -> None:
    found = optimize(plan(work("light", burden=1), work("heavy", burden=9)))
    assert found.starts == {"heavy": 0, "light": 1}
    assert found.gap == 0


def test_it_beats_the_simple_order_where_big_and_small_compete_for_the_same_months() -> None:
    problem = plan(
        work("dense", effort=2, burden=21), work("left", effort=1.5, burden=15), work("right", effort=1.5, burden=15),
        quarters=1, months=3,
    )  # fmt: skip
    assert greedy(problem).starts.keys() == {"dense"}
    best = optimize(problem)
    assert best.starts.keys() == {"left", "right"}
    assert best.relieved > greedy(problem).relieved


def test_nothing_starts_before_what_it_waits_for_is_open() -> None:
    problem = plan(work("system", burden=0, length=2), work("service", burden=99, after=("system",)), months=2)
    assert optimize(problem).starts == {"system": 0, "service": 2}
    assert greedy(problem).starts == {"system": 0, "service": 2}


def test_an_ordinance_is_waited_for_and_one_that_comes_too_late_keeps_the_procedure_out() -> None:
    found = optimize(plan(work("soon", ready=2), work("late", ready=4)))
    assert found.starts == {"soon": 2}


def test_a_busy_season_pushes_work_to_the_next_quarter() -> None:
    problem = Problem(3, {"A": [0.2, 1.0, 1.0]}, [work("a")])
    assert optimize(problem).starts == {"a": 1}


def test_what_has_started_stays_even_if_the_months_no_longer_suffice() -> None:
    problem = plan(work("begun", effort=5, fixed=0), work("next", burden=50), quarters=2)
    assert optimize(problem).starts == {"begun": 0, "next": 1}


def test_sections_share_those_who_support_them() -> None:
    works = [work(name, section=name, shared=1, burden=each) for name, each in (("A", 1), ("B", 2), ("C", 3))]
    capacity = {name: [9.0, 9.0] for name in "ABC"} | {"DX": [1.0, 1.0]}
    assert optimize(Problem(2, capacity, works, "DX")).starts == {"C": 0, "B": 1}


def valid(problem: Problem, drawing: Schedule) -> bool:
    by_key = {each.key: each for each in problem.works}
    fits = all(months > -1e-6 for row in free_capacity(problem, drawing.starts).values() for months in row)
    ordered = all(
        before in drawing.starts and drawing.starts[before] + by_key[before].length <= start
        for key, start in drawing.starts.items()
        for before in by_key[key].after
    )
    inside = all(by_key[k].ready <= at <= problem.quarters - by_key[k].length for k, at in drawing.starts.items())
    return fits and ordered and inside


@st.composite
def problems(draw_one: st.DrawFn) -> Problem:
    number = draw_one(st.integers(1, 9))
    works = [
        Work(
            str(at), draw_one(st.sampled_from("AB")), draw_one(st.sampled_from([0.5, 1, 1.5, 2.5])),
            draw_one(st.integers(1, 2)), draw_one(st.integers(0, 50)), draw_one(st.sampled_from([0, 0.5])),
            draw_one(st.integers(0, 2)),
            tuple({str(draw_one(st.integers(0, at - 1)))} if at and draw_one(st.booleans()) else ()),
        )
        for at in range(number)
    ]  # fmt: skip
    months = st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=4, max_size=4)
    return Problem(4, {name: draw_one(months) for name in ("A", "B", "DX")}, works, "DX")


@settings(max_examples=40)
@given(problems())
def test_every_plan_keeps_its_conditions_and_is_between_the_simple_one_and_the_bound(problem: Problem) -> None:
    simple, best = greedy(problem), optimize(problem, seconds=120)
    assert valid(problem, simple)
    assert valid(problem, best)
    assert simple.relieved - 1e-6 <= best.relieved <= best.bound + 1e-6
    assert best.relieved == pytest.approx(total_relieved_minutes(problem, best.starts))
    assert best.gap <= 0.002


def test_planning_again_around_what_has_started_moves_nothing_of_it() -> None:
    problem = plan(*(work(str(at), burden=at) for at in range(6)), quarters=3)
    first = optimize(problem)
    begun = {key: start for key, start in first.starts.items() if start == 0}
    works = [replace(each, fixed=begun.get(each.key), burden=60 - each.burden) for each in problem.works]
    again = optimize(replace(problem, works=works))
    assert all(again.starts[key] == 0 for key in begun)
