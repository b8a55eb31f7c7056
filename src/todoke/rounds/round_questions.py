"""Round questions 棚卸の問い: the columns asked in a round, and the current values of procedures in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from todoke.procedures.formats import ValueFormatter
from todoke.procedures.imports.row_parser import RowParser, UnreadableCell
from todoke.procedures.models import CodedValue, Procedure, Volume
from todoke.procedures.survey_columns import CODES, COLUMNS, COUNT, Column
from todoke.rounds.models import Round, RoundRow

VOLUME, ANSWER = "volume", "answer"
KEYS = ("手続番号", "手続名", "法令名")
_OPEN = (
    "オンライン化の実施予定及び検討時の懸念点",
    "申請等における本人確認手法",
    "手数料等の納付有無",
    "申請時に添付させる書類",
    "情報システム(申請)",
    "処理期間(非オンライン)",
    "スマートフォンで使えると確かめた日",
    "区の補足",
)
_BY_HEADER = {column.header: column for column in COLUMNS}
ASKED_COLUMNS = (
    Column("確認", "answer", ANSWER),
    *(_BY_HEADER[header] for header in _OPEN),
    Column("区の総件数", "total", VOLUME),
    Column("うちオンライン", "online", VOLUME),
    Column("うち窓口", "counter", VOLUME),
    Column("うち郵送", "post", VOLUME),
)
HEADS = (*KEYS, *(column.header for column in ASKED_COLUMNS))
_COUNT = Column("", "", COUNT)


@dataclass
class CurrentValues:
    """The current values of a procedure in the columns asked, typed, by column name."""

    procedure: Procedure
    row: RoundRow
    volume: Volume | None
    values: dict[str, Any]


def parse_answer(parser: RowParser, column: Column, cell: str) -> Any:
    """Parse a cell of a column asked. Raises UnreadableCell."""
    if column.holds == ANSWER:
        labels = {str(label): value for value, label in RoundRow.Answer.choices}
        if cell and cell not in labels:
            raise UnreadableCell("選択肢にありません。", f"「{'」「'.join(labels)}」から選んでください。")
        return labels.get(cell, "")
    return parser.value(_COUNT if column.holds == VOLUME else column, cell)


def format_answer(formatter: ValueFormatter, column: Column, value: Any) -> str:
    """Return a value as cell text; ``parse_answer`` reads it back as the same value."""
    if column.holds == ANSWER:
        return str(dict(RoundRow.Answer.choices).get(value, ""))
    if column.holds == VOLUME:
        return "" if value is None else str(value)
    return formatter.chosen(value) if column.holds == CODES else formatter.value(column.name, value)


def current_values(asked: Round, rows: Iterable[RoundRow]) -> dict[str, CurrentValues]:
    """Return the current values by procedure number, in three queries for any number of rows."""
    rows = list(rows)
    ids = [row.procedure_id for row in rows]
    chosen: dict[int, dict[str, set[int]]] = {}
    for procedure, table, code in CodedValue.objects.filter(procedure__in=ids).values_list(
        "procedure_id", "code__table", "code_id"
    ):
        chosen.setdefault(procedure, {}).setdefault(table, set()).add(code)
    volumes = {
        volume.procedure_id: volume for volume in Volume.objects.filter(procedure__in=ids, starts_on=asked.starts_on)
    }
    found = {}
    for row in rows:
        volume = volumes.get(row.procedure_id)
        values = {
            column.name: _current_value(column, row, volume, chosen.get(row.procedure_id, {}))
            for column in ASKED_COLUMNS
        }
        found[row.procedure.number] = CurrentValues(row.procedure, row, volume, values)
    return found


def _current_value(column: Column, row: RoundRow, volume: Volume | None, chosen: dict[str, set[int]]) -> Any:
    if column.holds == ANSWER:
        return row.answer
    if column.holds == VOLUME:
        return getattr(volume, column.name) if volume else None
    if column.holds == CODES:
        return frozenset(chosen.get(column.table, ()))
    return getattr(row.procedure, column.name)
