"""Event log 作業の記録: events of cases read from CSV or XES into dictionary-coded columns."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from todoke.flows.mining.dictionary_codes import dictionary_codes, used_codes
from todoke.flows.mining.lifecycle import MERGED, whole_acts
from todoke.flows.mining.log_columns import LogColumns, detect_columns, is_mined, wanted_headings
from todoke.flows.mining.timestamps import parse_timestamps
from todoke.flows.mining.xes import read_xes
from todoke.lazy_modules import pl
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.rows_below import LeftOut
from todoke.spreadsheets.table import read_table

_XES_NAME = re.compile(r"\.xes(\.gz)?$", re.IGNORECASE)
_SEPARATORS = ",;\t|"
_MAX_ROWS_NAMED = 5
MAX_ROWS, MAX_CELLS = 300_000, 3_000_000


@dataclass(frozen=True)
class EventLog:
    """作業の記録: ``events`` (case, activity, time; order of the file) and ``cases`` (case, channel, deadline).

    Events have ``started`` too where the file tells when an act began; ``time`` is its end. Case and activity are
    codes; ``activities`` holds the names of the activity codes. Times are UTC, in microseconds.
    """

    events: pl.DataFrame
    cases: pl.DataFrame
    activities: list[str]
    columns: LogColumns = field(default_factory=LogColumns)
    left_out: Sequence[LeftOut] = ()


def log_from_frame(
    table: pl.DataFrame,
    given: Mapping[str, str] | None = None,
    left_out: Sequence[LeftOut] = (),
    names: Sequence[str] = (),
) -> EventLog:
    """Return the event log of a data frame with one row an event, with what its file held besides.

    ``names`` are those of all columns of the file, where the frame has only some. Raises Unreadable without rows,
    without a needed column, or with an empty or unreadable case, activity or time.
    """
    names = names or table.columns
    columns = detect_columns(names, given)
    if names and (missing := columns.missing()):
        roles = {"case": "案件(--case)", "activity": "作業(--activity)", "time": "日時(--time)"}
        asked = "、".join(roles[role] for role in missing)
        raise Unreadable(f"{asked} の列が分かりません。列の名前を指定してください。ある列: {'、'.join(names)}")
    if not table.height:
        raise Unreadable("記録が1行もありません。")
    texts = pl.DataFrame(
        {
            "case": table[columns.case].cast(pl.String),
            "activity": table[columns.activity].cast(pl.String),
            "time": parse_timestamps(table[columns.time]),
        }
    )
    _refuse_broken_rows(texts)
    (case, numbers), (activity, words) = (dictionary_codes(texts[name]) for name in ("case", "activity"))
    events = pl.DataFrame({"case": case.cast(pl.UInt32), "activity": activity.cast(pl.UInt32), "time": texts["time"]})
    if columns.start:
        events = events.with_columns(parse_timestamps(table[columns.start]).alias("started"))
    rows = pl.int_range(events.height, eager=True)
    if columns.lifecycle:
        rows, events = whole_acts(events, table[columns.lifecycle].cast(pl.String))
        if merged := table.height - events.height:
            case, numbers = used_codes(events["case"], numbers)
            activity, words = used_codes(events["activity"], words)
            events = events.with_columns(case=case, activity=activity)
            left_out = [*left_out, LeftOut(0, f"{merged:,}行", MERGED)]
    first = events["case"].arg_unique().sort()
    attributes: dict[str, pl.Series] = {"case": events["case"].gather(first), "number": numbers}
    first = rows.gather(first)
    if columns.channel:
        attributes["channel"] = table[columns.channel].cast(pl.String).gather(first)
    if columns.deadline:
        attributes["deadline"] = _deadlines(table[columns.deadline].gather(first))
    return EventLog(events, pl.DataFrame(attributes), words.to_list(), columns, left_out)


def _refuse_broken_rows(events: pl.DataFrame) -> None:
    broken = events.select(pl.any_horizontal(pl.all().is_null())).to_series().arg_true()
    if len(broken):
        rows = "、".join(f"{row + 1:,}" for row in broken.head(_MAX_ROWS_NAMED)) + (
            "など" if len(broken) > _MAX_ROWS_NAMED else ""
        )
        raise Unreadable(
            f"案件・作業・日時のどれかが空か読めない行が {len(broken)} 行あります(見出しを除いて {rows} 行目)。"
            "直してからもう一度お試しください。"
        )


def _deadlines(column: pl.Series) -> pl.Series:
    text = column.cast(pl.String)
    if text.is_null().all() or (text.fill_null("") == "").all():
        return pl.Series("deadline", [None] * len(text), dtype=pl.Datetime("us", "UTC"))
    return parse_timestamps(column)


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
    table, names = read_xes(source, lambda attribute: is_mined(attribute, given))
    return log_from_frame(table, given, names=names)


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
