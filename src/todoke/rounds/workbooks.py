"""Workbooks 棚卸ブック: generated XLSX files with drop-down lists, notes and locked key columns."""

from __future__ import annotations

import io
import secrets
from typing import Any

from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.audit import log
from todoke.japanese.calendar import format_date
from todoke.lazy_modules import xlsxwriter
from todoke.procedures import codes
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.survey_columns import CODE, CODES
from todoke.rounds import round_questions
from todoke.rounds.models import RoundRow, RoundSheet, Workbook

TOKEN_SHEET = "配布"  # noqa: S105 - the name of a sheet
SPARE_ROWS = 20
"""Empty rows below the procedures, for those that the inventory lacks."""
_WIDTHS = {"手続番号": 11, "手続名": 42, "法令名": 26, "確認": 16, "区の補足": 30}
_RULES = (
    "白い列に書いてください。灰色の列(手続番号・手続名・法令名)は変えられません。",
    "この表にない手続は、下の空いた行に手続名を書いて足してください(手続番号は空けます)。台帳への登録を依頼します。",
    "「確認」を選ぶと、その行は回答済みになります。",
    "複数の値は「; 」で区切ります。分からない件数は空欄にします(0 は「0件だった」という意味です)。",
    "全角の数字や日付の書き方は、そのままで読み取れます。行の並べ替えや絞り込みは自由です。",
)


def create_workbook(sheet: RoundSheet, *, by: Actor) -> tuple[Workbook, bytes]:
    """配布: create the workbook of a sheet with its base values; return it and the XLSX bytes."""
    formatter = ValueFormatter()
    rows = sheet.rows.select_related("procedure").order_by("procedure__serial")
    cells = {
        number: [
            round_questions.format_answer(formatter, column, current.values[column.name])
            for column in round_questions.ASKED_COLUMNS
        ]
        for number, current in round_questions.current_values(sheet.round, rows).items()
    }
    token = secrets.token_hex(8)
    book = Workbook.objects.create(token=token, sheet=sheet, cells=cells, made_by=user_of(by))
    log.record(sheet, "棚卸ブックの配布", by=by, after={"行": len(cells)})
    keys = {row.procedure.number: (row.procedure.title, row.procedure.law) for row in rows}
    return book, _write(sheet, token, cells, keys)


def _write(sheet: RoundSheet, token: str, cells: dict[str, list[str]], keys: dict[str, tuple[str, str]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet("棚卸")
    choices = book.add_worksheet("選択肢")
    hidden = book.add_worksheet(TOKEN_SHEET)
    hidden.write_string(0, 0, token)
    hidden.very_hidden()
    ranges = _write_choices(choices)
    _lay_out(book, page, sheet, len(cells))
    locked = book.add_format({"bg_color": "#f2f2f2", "text_wrap": True, "valign": "top", "border": 1})
    free = book.add_format({"locked": False, "text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    for line, (number, texts) in enumerate(cells.items(), _FIRST):
        for place, text in enumerate((number, *keys[number])):
            page.write_string(line, place, text, locked)
        for place, text in enumerate(texts, len(round_questions.KEYS)):
            page.write_string(line, place, text, free)
    for place, column in enumerate(round_questions.ASKED_COLUMNS, len(round_questions.KEYS)):
        if source := ranges.get(column.header):
            rule = {"validate": "list", "source": source, "error_title": "選択肢から選んでください"}
            page.data_validation(_FIRST, place, _FIRST + len(cells) + SPARE_ROWS - 1, place, rule)
    for line in range(_FIRST + len(cells), _FIRST + len(cells) + SPARE_ROWS):
        page.write_blank(line, 0, None, locked)
        for place in range(1, len(round_questions.HEADS)):
            page.write_blank(line, place, None, free)
    book.close()
    return file.getvalue()


_FIRST = len(_RULES) + 3
"""The line (from 0) of the first procedure, below title, rules, an empty line and the heads."""


def _lay_out(book: Any, page: Any, sheet: RoundSheet, rows: int) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#d9e6ff", "text_wrap": True, "border": 1})
    page.write_string(
        0, 0, f"{sheet.round.title} {sheet.department.name}(期限 {format_date(sheet.round.due_on)})", title
    )
    for line, rule in enumerate(_RULES, 1):
        page.write_string(line, 0, rule)
    for place, header in enumerate(round_questions.HEADS):
        page.write_string(_FIRST - 1, place, header, head)
        page.set_column(place, place, _WIDTHS.get(header, 18))
    for place, column in enumerate(round_questions.ASKED_COLUMNS, len(round_questions.KEYS)):
        if column.holds == CODES:
            labels = "\n".join(row.label for row in codes.tables()[column.table].rows)
            page.write_comment(
                _FIRST - 1, place, f"次から選び、「; 」で区切ります。\n{labels}", {"x_scale": 3, "y_scale": 3}
            )
    page.freeze_panes(_FIRST, 2)
    page.autofilter(_FIRST - 1, 0, _FIRST - 1 + rows, len(round_questions.HEADS) - 1)
    page.protect("", {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_FIRST - 1)
    page.set_footer(f"&L{timezone.localdate():%Y-%m-%d}&R&P / &N")


def _write_choices(page: Any) -> dict[str, str]:
    """Write the choices of every single-choice column; return their cell ranges by header."""
    found = {}
    lists: dict[str, list[str]] = {"確認": [str(label) for label in RoundRow.Answer.labels]}
    for column in round_questions.ASKED_COLUMNS:
        if column.holds == CODE:
            lists[column.header] = [row.label.removeprefix(f"{row.key} ") for row in codes.tables()[column.table].rows]
    for place, (header, labels) in enumerate(lists.items()):
        page.write_column(0, place, [header, *labels])
        letter = chr(ord("A") + place)
        found[header] = f"=選択肢!${letter}$2:${letter}${len(labels) + 1}"
    return found
