"""Event log 作業の記録: events of cases read from CSV or XES into dictionary-coded columns."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from todoke.flows.mining.coded_column import EMPTY, CodedColumn, Codes, first_rows
from todoke.flows.mining.iso_times import NO_TIME, Numbers
from todoke.flows.mining.lifecycle import MERGED, whole_acts
from todoke.flows.mining.log_columns import LogColumns, detect_columns, is_mined, is_time, wanted_headings
from todoke.flows.mining.log_table import FrameTable, LogTable
from todoke.flows.mining.xes import read_xes
from todoke.lazy_modules import np, pl
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.rows_below import LeftOut
from todoke.spreadsheets.table import read_table

if TYPE_CHECKING:
    import numpy.typing as npt

_XES_NAME = re.compile(r"\.xes(\.gz)?$", re.IGNORECASE)
_SEPARATORS = ",;\t|"
_MAX_ROWS_NAMED = 5
MAX_ROWS, MAX_CELLS = 300_000, 3_000_000


@dataclass(frozen=True)
class EventLog:
    """作業の記録: a row an event, in the order of the file, and what is known of each case.

    Case and activity are codes in order of first appearance, of which ``numbers`` and ``activities`` are the texts.
    Times are UTC, in microseconds since 1970. ``started`` tells, where the file does, when an act began; ``time`` is
    its end. ``channels`` and ``deadlines`` have a row a case. NO_TIME stands for a time that is not known.
    """

    case: Codes
    activity: Codes
    time: Numbers
    numbers: Sequence[str]
    activities: Sequence[str]
    started: Numbers | None = None
    channels: CodedColumn | None = None
    deadlines: Numbers | None = None
    columns: LogColumns = field(default_factory=LogColumns)
    left_out: Sequence[LeftOut] = ()


def log_from_frame(
    frame: pl.DataFrame, given: Mapping[str, str] | None = None, left_out: Sequence[LeftOut] = ()
) -> EventLog:
    """Return the event log of a data frame with one row an event, with what its file held besides.

    Raises Unreadable like ``log_from_table``.
    """
    return log_from_table(FrameTable(frame), frame.columns, given, left_out)


def log_from_table(
    table: LogTable, names: Sequence[str], given: Mapping[str, str] | None = None, left_out: Sequence[LeftOut] = ()
) -> EventLog:
    """Return the event log of a table with one row an event.

    ``names`` are those of all columns of the file, where the table has only some. Raises Unreadable without rows,
    without a needed column, or with an empty or unreadable case, activity or time.
    """
    columns = detect_columns(names, given)
    if names and (missing := columns.missing()):
        roles = {"case": "案件(--case)", "activity": "作業(--activity)", "time": "日時(--time)"}
        asked = "、".join(roles[role] for role in missing)
        raise Unreadable(f"{asked} の列が分かりません。列の名前を指定してください。ある列: {'、'.join(names)}")
    if not (names and table.height):
        raise Unreadable("記録が1行もありません。")
    time = table.times(columns.time)
    case, activity = table.texts(columns.case), table.texts(columns.activity)
    _refuse_broken_rows((case.codes == EMPTY) | (activity.codes == EMPTY) | (time == NO_TIME))
    started = table.times(columns.start) if columns.start else None
    acts = None
    if columns.lifecycle:
        acts = whole_acts(case.codes, activity.codes, time, table.texts(columns.lifecycle))
    if acts:
        rows, started = acts
        case, activity, time = case.taken(rows), activity.taken(rows), time[rows]
        if merged := table.height - len(rows):
            left_out = [*left_out, LeftOut(0, f"{merged:,}行", MERGED)]
    first = first_rows(case.codes, len(case.words))
    first_of_table = rows[first] if acts else first
    return EventLog(
        case.codes,
        activity.codes,
        time,
        case.words,
        activity.words,
        started,
        table.texts(columns.channel, first_of_table) if columns.channel else None,
        table.times(columns.deadline, first_of_table) if columns.deadline else None,
        columns,
        left_out,
    )


def _refuse_broken_rows(is_broken: npt.NDArray[np.bool_]) -> None:
    broken = np.flatnonzero(is_broken)
    if len(broken):
        rows = "、".join(f"{row + 1:,}" for row in broken[:_MAX_ROWS_NAMED].tolist()) + (
            "など" if len(broken) > _MAX_ROWS_NAMED else ""
        )
        raise Unreadable(
            f"案件・作業・日時のどれかが空か読めない行が {len(broken)} 行あります(見出しを除いて {rows} 行目)。"
            "直してからもう一度お試しください。"
        )


def read_log(raw: bytes, name: str, given: Mapping[str, str] | None = None) -> EventLog:
    """Return the event log of a table (CSV, Excel) or of a ``.xes`` or ``.xes.gz`` file, told by its name.

    Raises Unreadable.
    """
    if _XES_NAME.search(name):
        return _xes_log(io.BytesIO(raw), given)
    if (log := _plain_csv(raw, given)) is not None:
        return log
    table = read_table(raw, (wanted_headings(given),), guess=True, most=MAX_ROWS, cells=MAX_CELLS)
    heads = [head or f"{at}列目" for at, head in enumerate(table.heads, 1)]
    if len(set(heads)) < len(heads):
        heads = [f"{head}({at}列目)" if head in heads[: at - 1] else head for at, head in enumerate(heads, 1)]
    columns = {
        head: [(row[at].strip() if at < len(row) else "") or None for _, row in table.rows]
        for at, head in enumerate(heads)
    }
    return log_from_frame(pl.DataFrame(columns, schema=dict.fromkeys(heads, pl.String)), given, table.left_out)


def _xes_log(source: BinaryIO, given: Mapping[str, str] | None) -> EventLog:
    table, names = read_xes(source, lambda name: is_mined(name, given), lambda name: is_time(name, given))
    return log_from_table(table, names, given)


def _plain_csv(raw: bytes, given: Mapping[str, str] | None) -> EventLog | None:
    """Return the log of a CSV whose first line holds the headings and whose every row is whole; else None.

    Millions of rows are read so; the reader of tables takes the rest.
    """
    try:
        text = raw.removeprefix(codecs.BOM_UTF8)
        head = text[: text.find(b"\n")].decode()
        sign = max(_SEPARATORS, key=head.count)
        names = pl.read_csv(io.BytesIO(text), infer_schema=False, n_rows=0, separator=sign).columns
        wanted = detect_columns(names, given)
        if wanted.missing() or b"\r" in head.encode().rstrip(b"\r"):
            return None
        table = pl.read_csv(io.BytesIO(text), infer_schema=False, columns=wanted.present(), separator=sign)
        needed = table.select(wanted.case, wanted.activity, wanted.time)
        if not table.height or needed.select(pl.any_horizontal(pl.all().fill_null("") == "").any()).item():
            return None
        return log_from_frame(table, given)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, Unreadable):
        return None


def read_log_file(path: Path, given: Mapping[str, str] | None = None) -> EventLog:
    """Return the event log of a CSV, XES or gzipped XES file. Raises Unreadable and OSError."""
    if _XES_NAME.search(path.name):
        with path.open("rb") as source:
            return _xes_log(source, given)
    return read_log(path.read_bytes(), path.name, given)
