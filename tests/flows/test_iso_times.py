"""A time of an XES file is the same instant whoever reads it."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast.event_logs import XES
from todoke.flows.mining.event_log import read_log
from todoke.flows.mining.flat_xes import FlatEvents
from todoke.flows.mining.iso_times import iso_microseconds
from todoke.flows.mining.log_columns import is_mined, is_time
from todoke.flows.mining.timestamps import parse_timestamps
from todoke.flows.mining.xes_attributes import NotFlat, XesAttributes

FRACTIONS = st.one_of(st.just(""), st.text("0123456789", min_size=1, max_size=9).map(".{}".format))
OFFSETS = st.sampled_from(["Z", "+00:00", "+09:00", "-03:30", "-00:00", "+23:59"])
SECONDS = st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S}".zfill(19))


def read(*times: str) -> list[int] | None:
    """Return times that stand in one text beside other words."""
    text, starts, ends = b"<", [], []
    for time in times:
        starts.append(len(text))
        text += time.encode()
        ends.append(len(text))
        text += b"/>"
    found = iso_microseconds(text, np.array(starts), np.array(ends))
    return None if found is None else found.tolist()


@given(st.lists(st.tuples(SECONDS, FRACTIONS, OFFSETS).map("".join), min_size=1, max_size=5))
def test_an_iso_time_is_the_same_instant_as_in_a_table(times: list[str]) -> None:
    apart = [parse_timestamps(pl.Series([time])).to_physical()[0] for time in times]
    assert read(*times) == apart


@pytest.mark.parametrize(
    "written",
    [
        "2026-04-01", "2026-04-01T09:00:00", "2026-04-01 09:00:00+09:00", "2026-04-01T09:00:00+0900",
        "2026-13-01T09:00:00Z", "2026-00-01T09:00:00Z", "2026-02-29T09:00:00Z", "2026-04-00T09:00:00Z",
        "2026-04-01T24:00:00Z", "2026-04-01T09:60:00Z", "2026-04-01T09:00:60Z", "2026-04-01T09:00:00.Z",
        "2026-04-01T09:00:00,5Z", "2026-04-01T09:00:00.1234567890Z", "2026-04-01T09:00:00+24:00",
        "2026-04-01T09:00:00+09:60", "2026-04-01T09:00:00*09:00", "2O26-04-01T09:00:00Z", "Z", "x",
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_left_to_the_reader_of_any_time(written: str) -> None:
    assert read("2026-04-01T09:00:00Z", written) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-04-01 09:00", "2026-04-01 10:30"),
        ("令和8年4月1日 9時", "令和8年4月1日 10時30分"),
        ("2026-04-01T09:00:00.000+09:00", "2026-04-01 10:30"),
        ("2026-04-01 09:00", "2026-04-01T10:30:00.000+09:00"),
    ],
)
def test_a_log_of_other_times_tells_the_same(first: str, second: str) -> None:
    raw = XES.replace("2026-04-01T09:00:00.000+09:00", first).replace("2026-04-01T10:30:00.000+09:00", second)
    assert read_log(raw.encode(), "log.xes").time.tolist() == read_log(XES.encode(), "log.xes").time.tolist()


def test_a_log_whose_later_blocks_write_times_otherwise_is_left_to_the_parser() -> None:
    block = XES[XES.index("<trace>") : XES.index("</log>")]
    events = FlatEvents(XesAttributes(is_mined), is_time)
    events.read(block.encode())
    with pytest.raises(NotFlat):
        events.read(block.replace("09:00:00.000+09:00", "09:00").encode())
