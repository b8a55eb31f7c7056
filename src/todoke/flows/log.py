"""Event logs 作業の記録: what happened to which case, when; read from CSV or XES into coded columns."""

import codecs
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import polars as pl

from todoke.flows.xes import read_xes

JAPAN = "Asia/Tokyo"
_NAMES = {
    "case": ("case:concept:name", "case_id", "case id", "caseid", "case", "受付番号", "案件番号", "整理番号", "案件"),
    "activity": ("concept:name", "activity", "event", "task", "作業", "作業名", "処理", "工程", "ステップ"),
    "time": (
        "time:timestamp",
        "timestamp",
        "complete_time",
        "end_time",
        "time",
        "日時",
        "処理日時",
        "完了日時",
        "時刻",
    ),
    "resource": ("org:resource", "resource", "担当者", "担当", "処理者"),
    "channel": ("case:channel", "channel", "受付方法", "申請方法", "受付経路", "経路"),
    "deadline": ("case:deadline", "deadline", "期限", "処理期限", "標準処理期限"),
}
_REQUIRED = ("case", "activity", "time")
_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f%:z",
    "%Y-%m-%dT%H:%M:%S%.f%:z",
    "%Y-%m-%dT%H:%M:%S%.fZ",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
)


class UnreadableLog(ValueError):
    """The file is not an event log that we can read; the message says why, in words for the person who sent it."""


@dataclass(frozen=True)
class Columns:
    """Which column of a table holds what 列の対応; empty names are absent."""

    case: str = ""
    activity: str = ""
    time: str = ""
    resource: str = ""
    channel: str = ""
    deadline: str = ""

    def present(self) -> list[str]:
        return [getattr(self, spec.name) for spec in fields(self) if getattr(self, spec.name)]

    def missing(self) -> list[str]:
        return [name for name in _REQUIRED if not getattr(self, name)]


@dataclass(frozen=True)
class EventLog:
    """An event log: ``events`` (case, activity, time; file order kept) and ``cases`` (case, channel, deadline)."""

    events: pl.DataFrame
    cases: pl.DataFrame
    activities: list[str]
    columns: Columns = field(default_factory=Columns)


def recognise(names: list[str], given: Mapping[str, str] | None = None) -> Columns:
    """Find the columns by their names; what is given wins. Raises UnreadableLog when a given name is not there."""
    lowered = {name.strip().lower(): name for name in names}
    found: dict[str, str] = {}
    for role in (spec.name for spec in fields(Columns)):
        wanted = (given or {}).get(role, "")
        if wanted and wanted not in names:
            raise UnreadableLog(f"列「{wanted}」がありません。ある列: {'、'.join(names)}")
        found[role] = wanted or next((lowered[name] for name in _NAMES[role] if name in lowered), "")
    return Columns(**found)


def instants(column: pl.Series) -> pl.Series:
    """Read times as UTC instants of microseconds; a time without an offset is Japan's. Raises UnreadableLog."""
    if column.dtype == pl.Datetime:
        aware = column.dt.replace_time_zone(JAPAN) if column.dtype.time_zone is None else column  # type: ignore[attr-defined]
        return aware.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
    text = column.cast(pl.String).str.strip_chars()
    sample = text.filter(text.is_not_null() & (text != "")).head(200)
    reads = {shape: sample.str.to_datetime(shape, time_unit="us", strict=False).count() for shape in _FORMATS}
    best = max(_FORMATS, key=lambda shape: reads[shape])
    if not reads[best]:
        raise UnreadableLog(f"列「{column.name}」は日時として読めません。例: 2026-11-22 09:30:00")
    return _read_times(text, best)


def _read_times(text: pl.Series, shape: str) -> pl.Series:
    read = text.str.to_datetime(shape, time_unit="us", strict=False)
    if shape.endswith("%:z"):
        return read.dt.convert_time_zone("UTC")
    zone = "UTC" if shape.endswith("Z") else JAPAN
    return read.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")


def from_table(table: pl.DataFrame, given: Mapping[str, str] | None = None) -> EventLog:
    """Make a log from any table with one row per event, in the order in which the rows stand."""
    if not table.height:
        raise UnreadableLog("記録が1行もありません。")
    columns = recognise(table.columns, given)
    if missing := columns.missing():
        names = {"case": "案件(--case)", "activity": "作業(--activity)", "time": "日時(--time)"}
        asked = "、".join(names[name] for name in missing)
        raise UnreadableLog(
            f"{asked} の列が分かりません。列の名前を指定してください。ある列: {'、'.join(table.columns)}"
        )
    data = {
        "case": table[columns.case].cast(pl.String),
        "activity": table[columns.activity].cast(pl.String),
        "time": instants(table[columns.time]),
    }
    events = pl.DataFrame(data)
    if broken := events.null_count().transpose().to_series().sum():
        raise UnreadableLog(
            f"案件・作業・日時のどれかが空か読めない行が {broken} 行あります。直してからもう一度お試しください。"
        )
    case, activity = _coded(events["case"]), _coded(events["activity"])
    coded = pl.DataFrame({"case": case[0], "activity": activity[0], "time": events["time"]})
    first = case[0].arg_unique().sort()
    attributes: dict[str, pl.Series] = {"case": case[0].gather(first), "number": case[1]}
    if columns.channel:
        attributes["channel"] = table[columns.channel].cast(pl.String).gather(first)
    if columns.deadline:
        attributes["deadline"] = _deadlines(table[columns.deadline].gather(first))
    return EventLog(coded, pl.DataFrame(attributes), activity[1].to_list(), columns)


def _coded(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Replace words by their numbers in order of first appearance (dictionary codes)."""
    words = text.unique(maintain_order=True)
    return text.cast(pl.Enum(words)).to_physical().cast(pl.UInt32), words


def _deadlines(column: pl.Series) -> pl.Series:
    text = column.cast(pl.String)
    if text.is_null().all() or (text.fill_null("") == "").all():
        return pl.Series("deadline", [None] * len(text), dtype=pl.Datetime("us", "UTC"))
    return instants(column)


def utf8(raw: bytes) -> bytes:
    """Return a CSV of an office as UTF-8; Windows Japanese is converted. Raises UnreadableLog."""
    if _is_utf8(raw):
        return raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("cp932").encode()
    except UnicodeDecodeError:
        raise UnreadableLog("文字コードが分かりません。UTF-8 で保存し直してください。") from None


def _is_utf8(raw: bytes) -> bool:
    """Check in slices, so that a large file is not held twice."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(raw)
    try:
        for start in range(0, len(raw), 1 << 20):
            decoder.decode(view[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def read_bytes(raw: bytes, name: str, given: Mapping[str, str] | None = None) -> EventLog:
    """Read a log whose kind the file name tells: ``.csv``, ``.xes`` or ``.xes.gz``."""
    if re.search(r"\.xes(\.gz)?$", name, re.IGNORECASE):
        return from_table(read_xes(raw), given)
    text = utf8(raw)
    try:
        wanted = recognise(pl.read_csv(io.BytesIO(text), infer_schema=False, n_rows=0).columns, given).present()
        table = pl.read_csv(io.BytesIO(text), infer_schema=False, columns=wanted or None)
    except pl.exceptions.PolarsError as problem:
        raise UnreadableLog("CSV として読めません。1行目が列の名前で、区切りがコンマか確かめてください。") from problem
    return from_table(table, given)


def read(path: Path, given: Mapping[str, str] | None = None) -> EventLog:
    """Read a log file: CSV, XES or gzipped XES."""
    return read_bytes(path.read_bytes(), path.name, given)
