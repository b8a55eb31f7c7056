"""Small cells 少人数の秘匿: which cells of a table of people are hidden so that no published sum gives them away.

A cell of fewer than k people is hidden, and others with it, until each hidden cell could hold at least k different
numbers under all that stays published: the other cells, the sums of rows and columns, and the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from todoke.lazy_modules import highspy

LEAST = 5
Cell = tuple[int, int]
HIDDEN_SIGN = "x"
HIDDEN_NOTE = "x: {least}人未満などのため表示しません。"


class NotPublishable(ValueError):
    """公表できない表: no choice of hidden cells makes the table safe."""


@dataclass(frozen=True)
class Suppression:
    """秘匿の結果: hidden cells (row, column from 0), the range that each could have, and sums below k.

    A sum below k tells as much as a cell: its row or column is to be merged with another before publication.
    """

    hidden: frozenset[Cell]
    ranges: dict[Cell, tuple[int, int]]
    small_rows: tuple[int, ...]
    small_columns: tuple[int, ...]

    @property
    def publishable(self) -> bool:
        return not self.small_rows and not self.small_columns


def suppress_row(counts: Sequence[int], *, least: int = LEAST) -> Suppression:
    """Return what is hidden of one row of bands whose total is published. Raises NotPublishable."""
    return _Table([list(counts)], least, has_columns=False).suppress()


def row_in_words(counts: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """Return counts of people as text, those of few hidden; none at all where hiding cannot help."""
    try:
        found = suppress_row([count for _, count in counts])
    except NotPublishable:
        return []
    if not found.publishable:
        return []
    return [(name, HIDDEN_SIGN if (0, at) in found.hidden else f"{count:,}") for at, (name, count) in enumerate(counts)]


def suppress(rows: Sequence[Sequence[int]], *, least: int = LEAST) -> Suppression:
    """Return what is hidden of a table whose sums of rows and columns are published. Raises NotPublishable.

    The counts are of distinct people, all rows of one length.
    """
    return _Table([list(row) for row in rows], least, has_columns=True).suppress()


class _Table:
    """Counts, the lines whose sums are published, and the cells hidden so far."""

    def __init__(self, rows: list[list[int]], least: int, *, has_columns: bool) -> None:
        self._count = {(at, column): n for at, row in enumerate(rows) for column, n in enumerate(row)}
        self._least = least
        self._rows = [[(at, column) for column in range(len(row))] for at, row in enumerate(rows)]
        self._columns = [[(at, column) for at in range(len(rows))] for column in range(len(rows[0]))] if rows else []
        self._lines = [*self._rows, *(self._columns if has_columns else [])]
        self._lines_of = {cell: [line for line in self._lines if cell in line] for cell in self._count}
        self.hidden: set[Cell] = set()

    def suppress(self) -> Suppression:
        self.hidden = set(self._primary())
        while True:
            self._complement()
            ranges = self._ranges()
            narrow = [cell for cell in sorted(ranges) if ranges[cell][1] - ranges[cell][0] + 1 < self._least]
            if not narrow:
                return Suppression(
                    frozenset(self.hidden),
                    ranges,
                    tuple(at for at, line in enumerate(self._rows) if 0 < self._sum(line) < self._least),
                    tuple(
                        at
                        for at, line in enumerate(self._lines[len(self._rows) :])
                        if 0 < self._sum(line) < self._least
                    ),
                )
            if not any(self._hide_one_more(line) for line in self._lines_of[narrow[0]]):
                raise NotPublishable("人数が少なく、どこを伏せても個人が分かります。区分をまとめてください。")

    def _primary(self) -> Iterator[Cell]:
        for cell, count in self._count.items():
            in_small_line = any(self._sum(line) < self._least for line in self._lines_of[cell])
            if 0 < count < self._least or (count == 0 and in_small_line and self._sum(self._rows[cell[0]])):
                yield cell

    def _sum(self, line: Sequence[Cell]) -> int:
        return sum(self._count[cell] for cell in line)

    def _complement(self) -> None:
        """Hide one more cell of each line that gives its hidden cells away, until no line does."""
        changed = True
        while changed:
            changed = False
            for line in self._lines:
                changed |= self._tells(line) and self._hide_one_more(line)

    def _tells(self, line: Sequence[Cell]) -> bool:
        inside = [cell for cell in line if cell in self.hidden]
        return bool(inside) and (len(inside) == 1 or self._sum(inside) < self._least)

    def _hide_one_more(self, line: Sequence[Cell]) -> bool:
        open_cells = [cell for cell in line if cell not in self.hidden]
        if open_cells:
            self.hidden.add(min(open_cells, key=lambda cell: (not self._crossed(cell, line), self._count[cell], cell)))
        return bool(open_cells)

    def _crossed(self, cell: Cell, line: Sequence[Cell]) -> bool:
        others = (other for other in self._lines_of[cell] if other is not line)
        return any(each in self.hidden for other in others for each in other)

    def _ranges(self) -> dict[Cell, tuple[int, int]]:
        """Return the least and the most that each hidden cell can be under all published sums (linear programs)."""
        cells = sorted(self.hidden)
        if not cells:
            return {}
        model = highspy.Highs()  # type: ignore[no-untyped-call] # the library's own types leave it out
        model.silent()
        variables = {cell: model.addVariable(lb=0) for cell in cells}
        for line in self._lines:
            inside = [cell for cell in line if cell in self.hidden]
            if inside:
                model.addConstr(sum(variables[cell] for cell in inside) == self._sum(inside))
        return {cell: self._range(model, variables[cell]) for cell in cells}

    def _range(self, model: highspy.Highs, variable: highspy.highs.highs_var) -> tuple[int, int]:
        model.minimize(variable)
        least = model.getObjectiveValue()
        model.maximize(variable)
        return round(least), round(model.getObjectiveValue())
