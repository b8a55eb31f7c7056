"""Answer cells 回答の値: stored rows of answers as the cells of a table. Pure.

A number is a number, a day is a day where it can be read, and everything else is the text as typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from todoke.formbuilder.answer_table.answer_columns import AnswerColumn
from todoke.formbuilder.document.structure import QuestionKind

Cell = str | int | date | None
Typed = tuple[str, str, str]
"""Part, text as typed and normalised text of one stored row."""
Reader = Callable[[Sequence[Typed]], Cell]
ANSWERED_BY_OPTION = frozenset(
    {QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.YES_NO, QuestionKind.DECLARATION}
)
SEPARATOR = "、"
LARGEST = 10**15
"""Whole numbers below it are exact in every spreadsheet; a larger one stays a text."""


def reader_of(column: AnswerColumn) -> Reader:
    """Return how the cell of a column is made of the stored rows of one answer, which are at least one."""
    if column.part:
        part = column.part
        return lambda rows: next((value for each, value, _ in rows if each == part), None)
    if column.kind in ANSWERED_BY_OPTION:
        options = column.options
        return lambda rows: SEPARATOR.join([options.get(value, value) for _, value, _ in rows])
    if column.is_number:
        return lambda rows: _number(rows[0][1], rows[0][2])
    if column.kind is QuestionKind.DATE:
        return lambda rows: _day(rows[0][1], rows[0][2])
    if column.kind in {QuestionKind.PHONE, QuestionKind.EMAIL}:
        return lambda rows: rows[0][1].strip()
    return lambda rows: rows[0][1]


def cell_of(column: AnswerColumn, rows: Sequence[Typed]) -> Cell:
    """Return the cell of a column for the stored rows of one answer; None where nothing was answered."""
    return reader_of(column)(rows) if rows else None


def joined_cell(
    question: str, read: Reader, answers: Mapping[tuple[str, int], Sequence[Typed]], places: Iterable[int]
) -> Cell:
    """Return what every row of a repeated group says in one cell, a line for each row: 1: 花子."""
    found = [answers.get((question, place)) for place in places]
    said = [f"{count}: {_in_words(read(rows))}" for count, rows in enumerate(found, 1) if rows]
    return "\n".join(said) or None


def _in_words(cell: Cell) -> str:
    return f"{cell.year}年{cell.month}月{cell.day}日" if isinstance(cell, date) else str(cell)


def _number(value: str, normal: str) -> Cell:
    if normal.lstrip("-").isdecimal() and abs(number := int(normal)) < LARGEST:
        return number
    return value


def _day(value: str, normal: str) -> Cell:
    try:
        return date.fromisoformat(normal)
    except ValueError:
        return value
