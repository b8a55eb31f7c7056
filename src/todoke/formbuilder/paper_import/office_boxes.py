"""Office boxes 職員の欄: which cells belong to a text that only the office fills in, or that asks nothing."""

import re

from todoke.formbuilder.paper_import import printed_boxes
from todoke.formbuilder.paper_import.grid import Cell, Grid
from todoke.formbuilder.paper_import.label_rules import kind_of
from todoke.formbuilder.paper_import.plain_text import bare

_BAND = re.compile(r"欄|記入|記載|使用|処理")


def is_alone(grid: Grid, cell: Cell) -> bool:
    """Tell whether no other text stands in the row of a cell."""
    return all(other is cell or other.row != cell.row or not other.text.strip() for other in grid.cells)


def is_band(grid: Grid, cell: Cell) -> bool:
    """Tell whether a text heads its whole row (職員記入欄, the last row), not only the next box (受付番号)."""
    if cell.column == 0 and cell.below >= grid.height > 3:
        return True
    return bool(_BAND.search(bare(cell.words))) or cell.height > 1


def rest_is_office(grid: Grid, cell: Cell) -> bool:
    """Tell whether a heading of the office in a row of its own stands over the end of a form."""
    wide = cell.width * 2 > grid.width or cell.column <= 1
    low = cell.row * 5 > grid.height * 2 or (cell.row > 0 and cell.words[:1] in "<〈【[")
    return bool(_BAND.search(bare(cell.words))) and cell.height == 1 and wide and low and is_alone(grid, cell)


def beside(grid: Grid, cell: Cell, used: set[Cell], *, whole: bool) -> list[Cell]:
    """Return the unused cells in the rows of a text, to its right: all, or the next unless that is a known label."""
    found = []
    for other in grid.cells:
        if other.column < cell.right or not cell.row <= other.row < cell.below or other in used:
            continue
        known = printed_boxes.role_of(other.text) == "words" and kind_of(other.words) is not None
        if whole or (other.column == cell.right and not known):
            found.append(other)
    return found


def blanks_below(grid: Grid, cell: Cell, used: set[Cell]) -> list[Cell]:
    """Return the blank boxes under a text: room for a stamp."""
    found: list[Cell] = []
    row = cell.below
    while row < grid.height and (under := grid.at(row, cell.column)) not in used:
        if under.text.strip() or not grid.is_real(under) or (under.column, under.right) != (cell.column, cell.right):
            break
        found.append(under)
        row = under.below
    return found
