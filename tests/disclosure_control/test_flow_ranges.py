"""2,000 random tables: no hidden cell can be told within fewer than five values, checked by a solver of its own kind.

The second solver pushes people round closed walks of the hidden cells (augmenting paths), where the first one solves
linear programs.
"""

import random
from collections import deque

import pytest

from todoke.disclosure_control.small_cells import Cell, NotPublishable, suppress

TABLES = 2_000
Filling = dict[Cell, int]


def _walk(filled: Filling, cell: Cell, *, less: bool) -> list[tuple[Cell, int]] | None:
    """Return a closed walk that changes a cell by one and keeps every sum, or None; each step is a cell and its change.

    Rows and columns are places; a hidden cell is crossed from its row to its column by one person less, if there is
    one, and from its column to its row by one more.
    """
    row, column = ("row", cell[0]), ("column", cell[1])
    start, goal = (row, column) if not less else (column, row)
    came: dict[tuple[str, int], tuple[tuple[str, int], Cell, int]] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for other, count in filled.items():
            ends = ("row", other[0]), ("column", other[1])
            if other == cell or here not in ends:
                continue
            there = ends[1] if here == ends[0] else ends[0]
            change = -1 if here[0] == "row" else 1
            if there in came or there == start or (change < 0 and count == 0):
                continue
            came[there] = (here, other, change)
            waiting.append(there)
    steps, at = [(cell, -1 if less else 1)], goal
    while at != start:
        if at not in came:
            return None
        at, other, change = came[at]
        steps.append((other, change))
    return steps


def extreme(rows: list[list[int]], hidden: frozenset[Cell], cell: Cell, *, less: bool) -> int:
    """Return the least or the most that a hidden cell can be, from the true table by closed walks."""
    filled = {each: rows[each[0]][each[1]] for each in hidden}
    while not (less and filled[cell] == 0):
        steps = _walk(filled, cell, less=less)
        if steps is None:
            break
        for other, change in steps:
            filled[other] += change
    return filled[cell]


@pytest.mark.slow
def test_no_hidden_cell_of_two_thousand_tables_is_known_within_fewer_than_five_values() -> None:
    chance, safe, refused = random.Random(108), 0, 0
    for _ in range(TABLES):
        height, width = chance.randint(2, 5), chance.randint(2, 3)
        rows = [[chance.choice((0, 1, 2, 3, 4, 6, 9, 12, 20)) for _ in range(width)] for _ in range(height)]
        try:
            found = suppress(rows)
        except NotPublishable:
            refused += 1
            continue
        safe += 1
        assert {(r, c) for r, row in enumerate(rows) for c, n in enumerate(row) if 0 < n < 5} <= found.hidden
        for cell in found.hidden:
            least, most = (extreme(rows, found.hidden, cell, less=less) for less in (True, False))
            assert (least, most) == found.ranges[cell], rows
            assert most - least >= 4, rows
    assert safe + refused == TABLES
    assert safe > TABLES // 2


def test_a_walk_moves_people_between_four_cells() -> None:
    rows = [[3, 6, 20], [6, 3, 20]]
    hidden = frozenset({(0, 0), (0, 1), (1, 0), (1, 1)})
    assert extreme(rows, hidden, (0, 0), less=True) == 0
    assert extreme(rows, hidden, (0, 0), less=False) == 9
