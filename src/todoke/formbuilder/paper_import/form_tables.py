"""Form tables 表: heads over rows to fill in, which are a group that repeats, or one answer for each printed row."""

import re
from dataclasses import dataclass, field

from todoke.formbuilder.paper_import import choice_lists, exclusion_rules, printed_boxes
from todoke.formbuilder.paper_import.grid import Cell, Grid
from todoke.formbuilder.paper_import.label_rules import clean_label, is_label, kind_of
from todoke.formbuilder.paper_import.plain_text import bare

_OPEN = {"blank", "print", "choice"}
_TOTAL = re.compile(r"^(?:合計|計|小計|総計|総額)(?:\([^()]*\))?$")
_EXAMPLE = re.compile(r"^\(?(?:記入|記載)?例\)?$")
_COUNTING = re.compile(r"^\(?(?:\d{1,2}|No\.?\d*|[ア-コ])[).]?$")
MOST_HEADS, MOST_ROWS = 30, 200


def is_open(cell: Cell) -> bool:
    """Tell whether a cell leaves room: blank, with a pattern, or with choices, perhaps behind words."""
    if re.fullmatch(r"(?:自宅|携帯|勤務先|\s|[・/]){1,60}", cell.text.strip()):
        return True
    choices = choice_lists.read_choices(cell.text)
    return printed_boxes.role_of(cell.text) in _OPEN or (choices is not None and choices.ticked)


@dataclass
class Column:
    """列: its head, and the cell of every row below it."""

    label: str
    head: Cell
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the rows leave room for an answer; a cell or two may hold print (本人)."""
        open_cells = sum(is_open(cell) for cell in self.cells)
        return open_cells * 2 > len(self.cells) or (open_cells > 0 and open_cells * 2 == len(self.cells))

    @property
    def counts(self) -> bool:
        """Whether it only numbers the rows."""
        return all(_COUNTING.match(bare(cell.text)) for cell in self.cells)


@dataclass
class Table:
    """表: columns of the same rows, the heads, and cells of an example row."""

    columns: list[Column]
    heads: list[Cell]
    examples: list[Cell] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The number of rows to fill in."""
        return len(self.columns[0].cells)


def find_table(grid: Grid, cell: Cell, used: set[Cell]) -> Table | None:
    """Return the table whose first head is a cell; None where no rows to fill in stand below two or more heads."""
    heads = _heads(grid, cell, used)
    if len(heads) < 2:
        return None
    bottom = min(head.below for head in heads)
    columns = [column for head in heads for column in _leaves(grid, head, max(head.below for head in heads))]
    bottom = max(head.below for head in heads)
    table = Table(columns, [*heads, *(column.head for column in columns)])
    for row in range(bottom, min(grid.height, bottom + MOST_ROWS)):
        line = [grid.at(row, column.head.column) for column in columns]
        if any(_EXAMPLE.match(bare(one.text)) for one in line):
            table.examples += line
            continue
        if not _fits(grid, line, columns, table, row) or any(one in used for one in line if one.text):
            break
        for column, one in zip(columns, line, strict=True):
            if not column.cells or column.cells[-1] is not one:
                column.cells.append(one)
    if not columns[0].cells or not any(column.is_open for column in columns[1:]):
        return None
    return table if _is_table(table) else None


def _heads(grid: Grid, cell: Cell, used: set[Cell]) -> list[Cell]:
    """Return the row of labels from a cell, perhaps a blank corner; nothing where a box follows one."""
    heads = [cell]
    if cell.height > 2:
        return []
    if printed_boxes.role_of(cell.text) == "blank" and not grid.is_real(cell):
        return []
    while len(heads) < MOST_HEADS and (beside := grid.beside(heads[-1])) is not None:
        if not beside.text.strip() and not grid.is_real(beside):
            break
        if beside.row != cell.row or beside in used or not _is_head(beside):
            return []
        heads.append(beside)
    return heads


def _is_head(cell: Cell) -> bool:
    words = cell.words
    role = printed_boxes.role_of(cell.text)
    unit = (
        role == "print" and re.fullmatch(r"[一-龠]{1,3}", cell.text) and not re.fullmatch(r"[明大昭平令]+", cell.text)
    )
    return (role == "words" or bool(unit)) and is_label(words) and not exclusion_rules.is_prose(words)


def _leaves(grid: Grid, head: Cell, bottom: int) -> list[Column]:
    """Return the columns of a head: one, or one for each label in its second row."""
    label = clean_label(head.words)
    if head.below >= bottom:
        return [Column(label, head)]
    found: list[Column] = []
    column = head.column
    while column < head.right:
        under = grid.at(head.below, column)
        if under.row != head.below or under.below > bottom or not under.text.strip():
            return [Column(label, head)]
        words = clean_label(under.words)
        found.append(Column(words if kind_of(words) or len(found) > 3 else f"{label}({words})", under))
        column = under.right
    return found


def _fits(grid: Grid, line: list[Cell], columns: list[Column], table: Table, row: int) -> bool:
    """Tell whether the cells of a row stand below their heads and leave room in some."""
    for cell, column in zip(line, columns, strict=True):
        width = column.head.right
        if cell.column != column.head.column or cell.row > row or (grid.is_real(cell) and cell.right != width):
            return False
        if cell.row < row and not (column.cells and column.cells[-1] is cell):
            return False
    if grid.framed and not any(grid.is_real(cell) for cell in line):
        return False
    first, rest = line[0], line[1:]
    if _TOTAL.match(bare(first.text)) or not any(is_open(cell) for cell in rest):
        return False
    named = bool(first.text.strip()) and printed_boxes.role_of(first.text) == "words"
    was_open = any(not one.text.strip() for one in columns[0].cells)
    return not (named and was_open and kind_of(first.words) and not _COUNTING.match(bare(first.text)))


def _is_table(table: Table) -> bool:
    """Tell a table from labels with boxes that only happen to stand in two columns."""
    first = table.columns[0]
    if first.is_open or first.counts:
        return True
    if len(table.columns) == 2:
        if "・" in table.columns[1].label and choice_lists.read_choices(table.columns[1].label):
            return False
        return table.rows >= 2 and not any(kind_of(cell.words) for cell in first.cells)
    return True
