"""Timestamps 日時: times of an event log in the formats that offices and programs write."""

import re
from datetime import UTC, datetime, time

import polars as pl

from todoke.japanese.calendar import JAPAN
from todoke.japanese.parsers import parse_date, to_half_width
from todoke.runtime.refusals import Unreadable

_YEAR_FIRST = (
    "%Y-%m-%d %H:%M:%S%.f%:z",
    "%Y-%m-%dT%H:%M:%S%.f%:z",
    "%Y-%m-%dT%H:%M:%S%.fZ",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y/%m/%d %H:%M:%S%.f",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y.%m.%d %H:%M:%S",
    "%Y.%m.%d %H:%M",
    "%Y%m%d%H%M%S",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
)
_DAY_FIRST = tuple(f"%d{sign}%m{sign}%Y{time}" for sign in "/.-" for time in (" %H:%M:%S%.f", " %H:%M", ""))
_MONTH_FIRST = ("%m/%d/%Y %H:%M:%S%.f", "%m/%d/%Y %H:%M", "%m/%d/%Y")
_FORMATS = (*_YEAR_FIRST, *_DAY_FIRST, *_MONTH_FIRST)
_TIME_PATTERN = re.compile(r"(?P<day>.+?)(?P<hour>\d{1,2})(?:時|:)(?P<minute>\d{1,2})?分?(?::?(?P<second>\d{1,2})秒?)?")
_EPOCH_DIGITS = {1_000_000: (9, 10), 1_000: (12, 13), 1: (15, 16)}


def parse_timestamps(column: pl.Series) -> pl.Series:
    """Return a column as UTC datetimes in microseconds; a time without an offset is Japan's. Raises Unreadable.

    Year first, day first (month first only where day first cannot be), eras (令和7年4月1日 9時30分), and counts of
    seconds, milliseconds or microseconds since 1970 are read. What cannot be read is null.
    """
    if isinstance(column.dtype, pl.Datetime):
        aware = column.dt.replace_time_zone(JAPAN.key) if column.dtype.time_zone is None else column
        return aware.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
    text = column.cast(pl.String).str.strip_chars()
    sample = text.filter(text.is_not_null() & (text != "")).head(2000)
    if factor := _epoch_factor(sample):
        counts = text.cast(pl.Int64, strict=False) * factor
        return counts.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    reads = {shape: sample.str.to_datetime(shape, time_unit="us", strict=False).count() for shape in _FORMATS}
    best = max(_FORMATS, key=lambda shape: reads[shape])
    if reads[best] * 2 >= len(sample) and reads[best]:
        return _parse_format(text, best)
    read = pl.Series(column.name, [_parse_japanese(value) for value in text], dtype=pl.Datetime("us", "UTC"))
    if not read.count():
        raise Unreadable(f"列「{column.name}」は日時として読めません。例: 2026-11-22 09:30:00")
    return read


def _epoch_factor(sample: pl.Series) -> int:
    """Return the microseconds of one unit of an epoch column, by its number of digits; 0 when it is no epoch column."""
    lengths = set(sample.str.len_chars()) if len(sample) and sample.str.contains(r"^\d+$").all() else set()
    return next((factor for factor, fitting in _EPOCH_DIGITS.items() if lengths and lengths <= set(fitting)), 0)


def _parse_format(text: pl.Series, shape: str) -> pl.Series:
    read = text.str.to_datetime(shape, time_unit="us", strict=False)
    if shape.endswith("%:z"):
        return read.dt.convert_time_zone("UTC")
    zone = "UTC" if shape.endswith("Z") else JAPAN.key
    return read.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")


def _parse_japanese(value: str | None) -> datetime | None:
    """Return a time written in an era or with 年月日時分, None when it cannot be read."""
    written = to_half_width(value or "")
    parts = _TIME_PATTERN.fullmatch(written)
    date = parse_date(parts["day"].strip() if parts else written)
    if date is None:
        return None
    hour, minute, second = (int(parts[name] or 0) if parts else 0 for name in ("hour", "minute", "second"))
    try:
        return datetime.combine(date, time(hour, minute, second), JAPAN).astimezone(UTC)
    except ValueError:
        return None
