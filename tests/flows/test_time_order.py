"""Medians and percentiles of groups are those that one finds by sorting each group alone."""

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from todoke.flows.mining.time_order import group_quantiles, time_order

ROWS = st.lists(
    st.tuples(
        st.integers(0, 3) | st.integers(0, 2**31 - 1),
        st.integers(-9, 9) | st.integers(-(10**14), 10**14) | st.integers(-9, 9).map(lambda second: second * 1000),
    ),
    max_size=40,
)


def columns(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64)


@given(ROWS)
def test_rows_stand_in_the_order_of_group_time_and_place(rows: list[tuple[int, int]]) -> None:
    group, time = columns(rows)
    order = np.arange(len(rows))[time_order(group, time)].tolist()
    assert order == sorted(range(len(rows)), key=lambda row: (*rows[row], row))


@given(ROWS)
def test_quantiles_are_those_of_each_group_alone(rows: list[tuple[int, int]]) -> None:
    found = group_quantiles(*columns(rows))
    for group, count, middle, p95 in zip(*(column.tolist() for column in found), strict=True):
        values = sorted(row[1] for row in rows if row[0] == group)
        assert (count, middle) == (len(values), pytest.approx(median(values), abs=0.1))
        assert p95 == values[int((len(values) - 1) * 0.95 + 0.5)]
    assert found.group.tolist() == sorted({row[0] for row in rows})


def test_a_quantile_may_be_told_in_a_larger_unit() -> None:
    found = group_quantiles(np.zeros(2, np.int64), np.array([1800, 5400]), 3600)
    assert (found.median.tolist(), found.p95.tolist()) == ([1.0], [1.5])
