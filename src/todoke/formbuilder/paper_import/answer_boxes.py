"""Answer boxes 記入欄: which cells beside a label are its boxes, and what is printed in them together."""

import re
from dataclasses import dataclass

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import choice_lists, exclusion_rules, form_lines, printed_boxes
from todoke.formbuilder.paper_import.grid import Cell, Grid
from todoke.formbuilder.paper_import.label_rules import instruction, is_label, kind_of

_PLACES = {"自宅", "携帯", "勤務先", "固定", "昼間", "日中", "自宅・携帯"}
_BOXES = {"blank", "print", "seal"}


@dataclass
class AnswerBox:
    """記入欄: the cells of one answer and their print."""

    cells: list[Cell]
    text: str
    is_hint: bool = False


def is_bare_tick(cell: Cell) -> bool:
    """Tell whether a cell holds only a box to tick; its words stand in the next cell."""
    return cell.text.strip() != "" and set(cell.text.strip()) <= set(choice_lists.TICKS)


def boxes_beside(grid: Grid, label: Cell, used: set[Cell]) -> list[AnswerBox]:
    """Return the boxes of a label, to its right in all its rows; none where another label stands there."""
    rows: list[list[Cell]] = []
    seen: set[Cell] = set()
    row = label.row
    while row < label.below:
        first = grid.at(row, label.right)
        if first in seen:
            row += 1
            continue
        run = _run(grid, label, first, used) if _can_begin(grid, label, first, used) else []
        if not run:
            if not rows or _is_box(label, first):
                return [] if not rows else _joined(rows, label)
            return (
                []
                if printed_boxes.role_of(first.text) == "words" and row < label.below and len(rows) < 1
                else _joined(rows, label)
            )
        rows.append(run)
        seen.update(run)
        row = max(first.below, row + 1) if grid.is_real(first) else row + 1
    return _joined(rows, label)


def spaced_choices(label: Cell, text: str) -> list[str]:
    """Return the words set apart by blanks where the label says that one is to be chosen: (1つに○)."""
    words = [word for word in re.split(r" {2,}|\n", text.strip()) if word]
    told = re.search(r"[○選囲]|丸", instruction(label.words))
    return words if told and len(words) > 1 and all(len(word) <= 12 for word in words) else []


def _can_begin(grid: Grid, label: Cell, first: Cell, used: set[Cell]) -> bool:
    if first in used or grid.beside(label) is None or not (is_bare_tick(first) or _is_box(label, first)):
        return False
    beside = grid.beside(first)
    if (
        re.fullmatch(r"[一-龠]{1,3}", first.text)
        and printed_boxes.is_print(first.text)
        and beside is not None
        and printed_boxes.role_of(beside.text) == "words"
    ):
        return False
    if grid.is_real(first):
        return not _is_rather_a_label(grid, label, first)
    loose = (label.row, label.column) not in grid.framed
    return not grid.framed or (loose and kind_of(label.words) is not None)


def _is_box(label: Cell, cell: Cell) -> bool:
    """Tell whether a cell is a box for a label: blank, a pattern, choices, a hint, or print with room."""
    role = printed_boxes.role_of(cell.text)
    if spaced_choices(label, cell.text):
        return True
    if role in _BOXES or role == "hint":
        return role != "seal"
    choices = choice_lists.read_choices(cell.text)
    if choices is not None:
        return True
    kind = kind_of(label.words)
    if printed_boxes.printed_kind(cell.text) is QuestionKind.ADDRESS and kind is QuestionKind.ADDRESS:
        return True
    lines = [one for line in cell.text.split("\n") for one in form_lines.labels_in_line(line, alone=False)]
    if any(kind_of(one.label) for one in lines):
        return kind in printed_boxes.STRONG
    if kind is QuestionKind.PHONE and cell.words.strip("()") in _PLACES:
        return True
    return printed_boxes.is_fill_in(cell.text) and not exclusion_rules.reason_to_skip(cell.words)


def _is_rather_a_label(grid: Grid, label: Cell, cell: Cell) -> bool:
    """Tell a label such as 学校名・学年 from choices: its words are no known choices, and a box stands beside it."""
    choices = choice_lists.read_choices(cell.text)
    if choices is None or choices.ticked or choice_lists.is_plainly_a_choice(choices):
        return False
    beside = grid.beside(cell)
    if not is_label(cell.words) or beside is None or not grid.is_real(beside):
        return False
    return printed_boxes.is_print(beside.text) or label.height > cell.height


def _run(grid: Grid, label: Cell, first: Cell, used: set[Cell]) -> list[Cell]:
    """Return the cells from the first box to the next label: 1 of 大ます, unit, a second part."""
    run = [first]
    while (beside := grid.beside(run[-1])) is not None and beside not in used:
        if not grid.is_real(beside):
            break
        if is_bare_tick(run[-1]):
            run.append(beside)
            continue
        role = printed_boxes.role_of(beside.text)
        choices = choice_lists.read_choices(beside.text)
        ticked = choices is not None and choices.ticked and not choices.before
        part = printed_boxes.parts_of(beside.text) and kind_of(label.words) in printed_boxes.STRONG
        phone = kind_of(label.words) is QuestionKind.PHONE and beside.words.strip("()") in _PLACES
        if not (role in {"blank", "print", "seal", "hint"} or ticked or is_bare_tick(beside) or part or phone):
            break
        run.append(beside)
    return run


def _joined(rows: list[list[Cell]], label: Cell) -> list[AnswerBox]:
    """Return one box, or two where a box to write in stands before boxes to tick."""
    if not rows:
        return []
    cells = [cell for row in rows for cell in row]
    split = next((at for at, cell in enumerate(rows[0]) if _is_choice(cell)), 0)
    if len(rows) == 1 and split > 0:
        return [*_joined([rows[0][:split]], label), *_joined([rows[0][split:]], label)]
    text = "\n".join("     ".join(cell.text for cell in row) for row in rows)
    if len(cells) == 1 and not choice_lists.read_choices(text) and (words := spaced_choices(label, text)):
        return [AnswerBox(cells, "・".join(words))]
    return [AnswerBox(cells, text, is_hint=len(cells) == 1 and printed_boxes.role_of(text) == "hint")]


def box_below(grid: Grid, cell: Cell, used: set[Cell]) -> list[AnswerBox]:
    """A label over its box of the same width: 「理由」 over an empty line."""
    under = grid.at(cell.below, cell.column)
    framed = not grid.framed or (under.row, under.column) in grid.framed
    left = grid.places.get((under.row, under.column - 1))
    if left is not None and left.column > cell.column - 12 and left.height == 1 and is_label(left.words):
        framed = framed and printed_boxes.role_of(left.text) != "words"
    fits = (
        framed
        and grid.is_real(under)
        and under.column == cell.column
        and under.width == cell.width
        and under not in used
    )
    if not fits or cell.below >= grid.height or under.row != cell.below:
        return []
    role = printed_boxes.role_of(under.text)
    last = grid.beside(cell) is None
    if (role == "blank" and (kind_of(cell.words) or cell.width > 1 or last)) or role in {"print", "hint"}:
        return [AnswerBox([under], under.text, is_hint=role == "hint")]
    choices = choice_lists.read_choices(under.text)
    if choices and choices.ticked and not choices.before and not printed_boxes.is_consent(choices.options[0]):
        return [AnswerBox(cells := ticks_from(grid, under, used), "\n".join(one.text for one in cells))]
    return []


def _is_choice(cell: Cell) -> bool:
    choices = choice_lists.read_choices(cell.text)
    return is_bare_tick(cell) or (choices is not None and choices.ticked)


def ticks_from(grid: Grid, first: Cell, used: set[Cell]) -> list[Cell]:
    """Return the cells with boxes to tick that stand beside and below a first one, in the order of reading."""
    found = [first]
    for cell in grid.cells:
        if cell in used or cell is first or cell.row < first.row or cell.column < first.column:
            continue
        near = any(
            (one.row == cell.row and one.right == cell.column) or (one.below == cell.row and cell.column < one.right)
            for one in found
        )
        after_tick = any(is_bare_tick(one) and one.row == cell.row and one.right == cell.column for one in found)
        choices = choice_lists.read_choices(cell.text)
        ticked = is_bare_tick(cell) or (choices is not None and choices.ticked and not choices.before)
        if near and (ticked or after_tick):
            found.append(cell)
    return found
