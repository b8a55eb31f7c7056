"""Nobody in a small cell can be told from a published table."""

import random
from itertools import product

import pytest

from todoke.disclosure_control.small_cells import NotPublishable, Suppression, suppress, suppress_row

BY_AGE_AND_PLACE = [[7, 2, 0], [12, 5, 0], [18, 5, 1], [15, 6, 1], [29, 5, 2]]
MERGED = [[7, 2], [12, 5], [18, 6], [15, 7], [29, 7]]


def hidden_of_row(counts: list[int]) -> list[int]:
    return sorted(column for _, column in suppress_row(counts).hidden)


def test_three_small_bands_hide_each_other() -> None:
    found = suppress_row([3, 6, 17, 24, 22, 19, 12, 1, 4])
    assert sorted(column for _, column in found.hidden) == [0, 7, 8]
    assert set(found.ranges.values()) == {(0, 8)}


def test_a_lone_small_band_takes_the_smallest_other_with_it() -> None:
    found = suppress_row([2, 6, 17, 24, 22, 19, 12, 6])
    assert found.ranges == {(0, 0): (0, 8), (0, 1): (0, 8)}


def test_a_table_with_a_thin_column_loses_nearly_all_and_asks_to_be_merged() -> None:
    found = suppress(BY_AGE_AND_PLACE)
    assert len(found.hidden) == 12
    assert (found.small_columns, found.publishable) == ((2,), False)


def test_merging_the_thin_column_leaves_most_of_the_table() -> None:
    found = suppress(MERGED)
    assert found.ranges == {(0, 0): (2, 9), (0, 1): (0, 7), (1, 0): (10, 17), (1, 1): (0, 7)}
    assert found.publishable


def test_a_table_of_large_cells_is_published_whole() -> None:
    assert suppress([[5, 60], [70, 0]]).hidden == frozenset()


def test_four_people_in_all_are_not_published() -> None:
    assert not suppress_row([1, 3]).publishable


def test_a_single_small_group_cannot_hide() -> None:
    with pytest.raises(NotPublishable):
        suppress_row([3])


def test_a_zero_stays_where_enough_people_stand_beside_it() -> None:
    assert hidden_of_row([0, 30, 40]) == []


def ranges_by_counting(rows: list[list[int]], found: Suppression) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the ranges by trying every filling of the hidden cells: an independent solver for small tables."""
    cells = sorted(found.hidden)
    row_sums = {at: sum(rows[at][c] for r, c in cells if r == at) for at, _ in cells}
    column_sums = {at: sum(rows[r][at] for r, c in cells if c == at) for _, at in cells}
    most = [min(row_sums[row], column_sums[column]) for row, column in cells]
    seen: dict[tuple[int, int], set[int]] = {cell: set() for cell in cells}
    for values in product(*(range(top + 1) for top in most)):
        filled = dict(zip(cells, values, strict=True))
        rows_hold = all(sum(filled[cell] for cell in cells if cell[0] == at) == row_sums[at] for at in row_sums)
        if rows_hold and all(sum(filled[c] for c in cells if c[1] == at) == column_sums[at] for at in column_sums):
            for cell, value in filled.items():
                seen[cell].add(value)
    return {cell: (min(values), max(values)) for cell, values in seen.items()}


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_is_known_within_fewer_than_five_values(seed: int) -> None:
    chance = random.Random(seed)
    rows = [[chance.choice((0, 1, 2, 3, 4, 6, 9, 12)) for _ in range(2)] for _ in range(3)]
    try:
        found = suppress(rows)
    except NotPublishable:
        return
    counted = ranges_by_counting(rows, found)
    assert counted == found.ranges
    assert all(most - least >= 4 for least, most in counted.values())
    assert {(r, c) for r, row in enumerate(rows) for c, n in enumerate(row) if 0 < n < 5} <= found.hidden
