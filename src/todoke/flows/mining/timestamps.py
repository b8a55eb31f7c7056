"""Timestamps 日時: times of an event log in the formats that offices and programs write."""

from __future__ import annotations

from datetime import UTC, datetime

from todoke.japanese.calendar import JAPAN
from todoke.japanese.days import parse_cell_moment
from todoke.lazy_modules import pl
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
_SECOND = "1970-01-01T00:00:00"
_OFFSET = "%.f%:z"
"""What follows the second of a time; a log has few different ones."""
_EPOCH_DIGITS = {1_000_000: (9, 10), 1_000: (12, 13), 1: (15, 16)}


def parse_timestamps(column: pl.Series) -> pl.Series:
    """Return a column as UTC datetimes in microseconds; a time without an offset is Japan's. Raises Unreadable.

    Year first, day first (month first only where day first cannot be), eras (令和7年4月1日 9時30分), and counts of
    seconds, milliseconds or microseconds since 1970 are read. What cannot be read is null.
    """
    if isinstance(column.dtype, pl.Datetime):
        aware = column.dt.replace_time_zone(JAPAN.key) if column.dtype.time_zone is None else column
        return aware.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
    text = _with_whole_offsets(column.cast(pl.String).str.strip_chars())
    sample = text.filter(text.is_not_null() & (text != "")).head(2000)
    if factor := _epoch_factor(sample):
        counts = text.cast(pl.Int64, strict=False) * factor
        return counts.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    best = _best_format(sample)
    read = pl.Series(column.name, [None] * len(text), dtype=pl.Datetime("us", "UTC"))
    for shape in dict.fromkeys((best, *_YEAR_FIRST)):
        if read.null_count() and _count(sample, shape):
            read = read.fill_null(_parse_format(text, shape))
    read = _read_rest(text, read)
    if not read.count():
        raise Unreadable(f"列「{column.name}」は日時として読めません。例: 2026-11-22 09:30:00")
    return read


def _best_format(sample: pl.Series) -> str:
    """Return the format that reads the most of the sample, the first of equals."""
    reads: dict[str, int] = {}
    for shape in _FORMATS:
        reads[shape] = _count(sample, shape)
        if reads[shape] == len(sample):
            break
    return max(reads, key=lambda shape: reads[shape])


def _count(sample: pl.Series, shape: str) -> int:
    """Return how many texts the format reads."""
    return sample.str.to_datetime(shape, time_unit="us", strict=False).count()


def _with_whole_offsets(text: pl.Series) -> pl.Series:
    """Return times whose offset is written +09 or +0900 with +09:00, as programs and databases write it."""
    if text.str.contains(r"[^ ][+-]\d{2}:\d{2}$").all():
        return text
    return text.str.replace(r"(:\d{2}(?:\.\d+)?) ?([+-]\d{2}):?(\d{2})?$", "${1}${2}:${3}").str.replace(
        r"([+-]\d{2}):$", "${1}:00"
    )


def _read_rest(text: pl.Series, read: pl.Series) -> pl.Series:
    """Return the times with those filled that no format read, each by itself: 令和8年4月1日 24時00分, 46113.378."""
    left = text.filter(read.is_null() & text.is_not_null() & (text != "")).unique()
    if not len(left):
        return read
    moments = [_moment(value) for value in left]
    found = pl.DataFrame({"text": left, "read": pl.Series(moments, dtype=pl.Datetime("us", "UTC"))})
    joined = pl.DataFrame({"text": text}).join(found, on="text", how="left", maintain_order="left")["read"]
    return read.fill_null(joined)


def _epoch_factor(sample: pl.Series) -> int:
    """Return the microseconds of one unit of an epoch column, by its number of digits; 0 when it is no epoch column."""
    lengths = set(sample.str.len_chars()) if len(sample) and sample.str.contains(r"^\d+$").all() else set()
    return next((factor for factor, fitting in _EPOCH_DIGITS.items() if lengths and lengths <= set(fitting)), 0)


def _parse_format(text: pl.Series, shape: str) -> pl.Series:
    if shape.endswith(_OFFSET) and (read := _parse_by_offset(text, shape)) is not None:
        return read
    read = text.str.to_datetime(shape, time_unit="us", strict=False)
    if shape.endswith("%:z"):
        return read.dt.convert_time_zone("UTC")
    zone = "UTC" if shape.endswith("Z") else JAPAN.key
    return read.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")


def _parse_by_offset(text: pl.Series, shape: str) -> pl.Series | None:
    """Return the times of a format with an offset, of which each different fraction and offset is read once.

    None where the offsets are many, or a time cannot be read so.
    """
    offsets = text.str.slice(len(_SECOND))
    different = offsets.drop_nulls().unique()
    if len(different) > len(text) // 8:
        return None
    codes = offsets.cast(pl.Enum(different)).to_physical()
    seconds = text.str.head(len(_SECOND)).str.to_datetime(shape.removesuffix(_OFFSET), time_unit="us", strict=False)
    after = (_SECOND + different).str.to_datetime(f"%Y-%m-%dT%H:%M:%S{_OFFSET}", time_unit="us", strict=False)
    read = (seconds.to_physical() + after.to_physical().gather(codes)).cast(pl.Datetime("us", "UTC"))
    return read if read.null_count() == text.null_count() else None


def _moment(value: str) -> datetime | None:
    """Return a time in any way of writing that the house reads; without an offset it is Japan's."""
    moment = parse_cell_moment(value)
    return None if moment is None else (moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)).astimezone(UTC)
