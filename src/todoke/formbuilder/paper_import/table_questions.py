"""Table questions 表の設問: what the columns of a table ask, once for each row that is filled in or printed."""

import re

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import choice_lists, printed_boxes
from todoke.formbuilder.paper_import.form_tables import Column, Table, is_open
from todoke.formbuilder.paper_import.grid import Grid
from todoke.formbuilder.paper_import.label_rules import clean_label, instruction, kind_of
from todoke.formbuilder.paper_import.printed_boxes import Asked
from todoke.formbuilder.paper_import.reading_state import ReadingState


def ask_table(state: ReadingState, grid: Grid, table: Table, group: str) -> None:
    """Ask the columns: a group that repeats, or each printed row where the rows are named and their head is blank."""
    _list_prints(state, grid, table)
    first = table.columns[0]
    named = not first.is_open and not first.counts
    if first.counts and first.label and group == "" and len(first.label) > 4:
        group = first.label
    if (named and not first.label) or (named and _is_transposed(table)):
        _ask_rows(state, grid, table, group)
        return
    seen: set[str] = set()
    for column in table.columns:
        if column.counts or not column.label or column.label in seen:
            continue
        seen.add(column.label)
        ticked = [choice_lists.read_choices(cell.text) for cell in column.cells]
        single = [one.options[0] for one in ticked if one is not None and one.ticked and len(one.options) == 1]
        if len(single) == len(column.cells) > 1 and len(set(single)) == len(single):
            asked = [Asked(column.label, QuestionKind.CHOICE, tuple(single))]
        elif column is first and named:
            names = tuple(dict.fromkeys(clean_label(cell.words) or cell.words for cell in first.cells))
            asked = [Asked(column.label, QuestionKind.CHOICE, tuple(name[:100] for name in names))]
        elif column.is_open:
            asked = _questions(column)
        else:
            continue
        words = f"{column.head.words} {column.label}"
        state.ask(asked, grid.address(column.head), group, words, repeating=table.rows > 1)


def _questions(column: Column) -> list[Asked]:
    """Return what a column asks, from its head and the print of its first open cell."""
    open_cells = [cell for cell in column.cells if is_open(cell) and not printed_boxes.is_blank(cell.text)]
    text = open_cells[0].text if open_cells else ""
    return printed_boxes.questions_of(column.label, text, instruction(column.head.words))


def _is_transposed(table: Table) -> bool:
    """Tell whether the rows name what is asked, and the heads about whom: 氏名, 生年月日 of 父 and 母."""
    known = sum(kind_of(cell.words) is not None for cell in table.columns[0].cells)
    heads = sum(kind_of(column.label) is not None for column in table.columns[1:])
    return known * 2 > table.rows and heads == 0


def _ask_rows(state: ReadingState, grid: Grid, table: Table, group: str) -> None:
    first, *others = table.columns
    transposed = _is_transposed(table)
    for at, name_cell in enumerate(first.cells):
        name = clean_label(name_cell.words)
        for column in others:
            if at >= len(column.cells) or printed_boxes.role_of(column.cells[at].text) == "words":
                continue
            label = f"{column.label}の{name}" if transposed else f"{name}の{column.label}"
            told = kind_of(name if transposed else column.label)
            asked = printed_boxes.questions_of(label, column.cells[at].text)
            if asked[0].kind is QuestionKind.SHORT_TEXT and told is not None:
                asked = [Asked(label, told), *asked[1:]]
            state.ask(asked, grid.address(column.cells[at]), group, label)


def _list_prints(state: ReadingState, grid: Grid, table: Table) -> None:
    """List example rows, printed cells of open columns, and columns that only hold print."""
    for cell in table.examples:
        if cell.text.strip():
            state.leave(cell.words, grid.address(cell), "記入例")
    for column in table.columns:
        if instruction(column.head.words):
            state.leave(column.head.words, grid.address(column.head), f"「{column.label}」の欄の記入のしかた")
        first = column is table.columns[0]
        if column.counts and column.label:
            state.leave(column.head.words, grid.address(column.head), "行の番号")
        for cell in column.cells:
            role = printed_boxes.role_of(cell.text)
            if (
                role in {"words", "hint"}
                and not is_open(cell)
                and not (first and not column.is_open and not column.counts)
            ):
                state.leave(cell.words, grid.address(cell), f"「{column.label or '表'}」の欄に印刷された言葉")
            elif role == "words" and re.search(r"[(（]", cell.text) and first:
                continue
            elif column.is_open and printed_boxes.says_more(cell.text, _questions(column)):
                state.leave(cell.words, grid.address(cell), f"「{column.label}」の欄に印刷された言葉")
