"""Event log 作業の記録: events of cases read from CSV or XES into dictionary-coded columns."""

import codecs
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from todoke.flows.mining.log_columns import LogColumns, detect_columns
from todoke.flows.mining.timestamps import parse_timestamps
from todoke.flows.mining.xes import read_xes
from todoke.runtime.refusals import Unreadable

_SEPARATORS = ",;\t|"
_MAX_ROWS_NAMED = 5


@dataclass(frozen=True)
class EventLog:
    """作業の記録: ``events`` (case, activity, time; order of the file) and ``cases`` (case, channel, deadline).

    Case and activity are codes; ``activities`` holds the names of the activity codes. Times are UTC, in microseconds.
    """

    events: pl.DataFrame
    cases: pl.DataFrame
    activities: list[str]
    columns: LogColumns = field(default_factory=LogColumns)


def log_from_frame(table: pl.DataFrame, given: Mapping[str, str] | None = None) -> EventLog:
    """Return the event log of a data frame with one row an event.

    Raises Unreadable without rows, without a needed column, or with an empty or unreadable case, activity or time.
    """
    if not table.height:
        raise Unreadable("記録が1行もありません。")
    columns = detect_columns(table.columns, given)
    if missing := columns.missing():
        names = {"case": "案件(--case)", "activity": "作業(--activity)", "time": "日時(--time)"}
        asked = "、".join(names[name] for name in missing)
        raise Unreadable(f"{asked} の列が分かりません。列の名前を指定してください。ある列: {'、'.join(table.columns)}")
    data = {
        "case": table[columns.case].cast(pl.String),
        "activity": table[columns.activity].cast(pl.String),
        "time": parse_timestamps(table[columns.time]),
    }
    events = pl.DataFrame(data)
    _refuse_broken_rows(events)
    case, activity = _dictionary_codes(events["case"]), _dictionary_codes(events["activity"])
    coded = pl.DataFrame({"case": case[0], "activity": activity[0], "time": events["time"]})
    first = case[0].arg_unique().sort()
    attributes: dict[str, pl.Series] = {"case": case[0].gather(first), "number": case[1]}
    if columns.channel:
        attributes["channel"] = table[columns.channel].cast(pl.String).gather(first)
    if columns.deadline:
        attributes["deadline"] = _deadlines(table[columns.deadline].gather(first))
    return EventLog(coded, pl.DataFrame(attributes), activity[1].to_list(), columns)


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


def _dictionary_codes(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return a column as codes in order of first appearance, and the texts of the codes."""
    words = text.unique(maintain_order=True)
    return text.cast(pl.Enum(words)).to_physical().cast(pl.UInt32), words


def _deadlines(column: pl.Series) -> pl.Series:
    text = column.cast(pl.String)
    if text.is_null().all() or (text.fill_null("") == "").all():
        return pl.Series("deadline", [None] * len(text), dtype=pl.Datetime("us", "UTC"))
    return parse_timestamps(column)


def to_utf8(raw: bytes) -> bytes:
    """Return a CSV as UTF-8 without byte order mark; Windows-31J is converted. Raises Unreadable for others."""
    if _is_utf8(raw):
        return raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("cp932").encode()
    except UnicodeDecodeError:
        raise Unreadable("文字コードが分かりません。UTF-8 で保存し直してください。") from None


def _is_utf8(raw: bytes) -> bool:
    """Return whether bytes are valid UTF-8, decoding in slices of 1 MiB."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(raw)
    try:
        for start in range(0, len(raw), 1 << 20):
            decoder.decode(view[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def read_log(raw: bytes, name: str, given: Mapping[str, str] | None = None) -> EventLog:
    """Return the event log of a ``.csv``, ``.xes`` or ``.xes.gz`` file, told by its name. Raises Unreadable."""
    if re.search(r"\.xes(\.gz)?$", name, re.IGNORECASE):
        return log_from_frame(read_xes(raw), given)
    text = to_utf8(raw)
    head = text[: text.find(b"\n")].decode()
    sign = max(_SEPARATORS, key=head.count)
    try:
        names = pl.read_csv(io.BytesIO(text), infer_schema=False, n_rows=0, separator=sign).columns
        wanted = detect_columns(names, given)
        keep = None if wanted.missing() else wanted.present()
        table = pl.read_csv(io.BytesIO(text), infer_schema=False, columns=keep, separator=sign)
    except pl.exceptions.PolarsError as problem:
        raise Unreadable("CSV として読めません。1行目が列の名前で、区切りがコンマか確かめてください。") from problem
    return log_from_frame(table, given)


def read_log_file(path: Path, given: Mapping[str, str] | None = None) -> EventLog:
    """Return the event log of a CSV, XES or gzipped XES file. Raises Unreadable and OSError."""
    return read_log(path.read_bytes(), path.name, given)
