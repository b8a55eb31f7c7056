"""An analyst reads the record of work from whatever file the office has."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.cast.event_logs import SMALL, XES
from todoke.flows.mining.event_log import EventLog, read_log
from todoke.flows.mining.log_columns import is_mined, is_time
from todoke.flows.mining.timestamps import parse_timestamps
from todoke.flows.mining.xes import read_xes
from todoke.japanese.calendar import JAPAN
from todoke.runtime.refusals import Unreadable


def moments(log: EventLog) -> list[datetime]:
    return [datetime.fromtimestamp(time / 1e6, UTC) for time in log.time.tolist()]


def events(log: EventLog) -> list[tuple[str, str, datetime]]:
    cases, activities = (
        [words[code] for code in codes]
        for codes, words in (
            (log.case, log.numbers),
            (log.activity, log.activities),
        )
    )
    return list(zip(cases, activities, moments(log), strict=True))


def test_an_analyst_need_not_name_columns_that_carry_usual_names() -> None:
    log = read_log(SMALL.encode(), "log.csv")
    assert (log.columns.case, log.columns.activity, log.columns.time) == ("受付番号", "作業", "日時")
    assert log.columns.channel == "受付方法"
    assert log.numbers == ["A", "B", "C"]


def test_a_file_saved_by_an_old_spreadsheet_reads_the_same() -> None:
    plain, marked, windows = SMALL.encode(), SMALL.encode("utf-8-sig"), SMALL.encode("cp932")
    logs = [read_log(raw, "log.csv") for raw in (plain, marked, windows)]
    assert [events(log) for log in logs] == [events(logs[0])] * 3


def test_times_without_an_offset_are_japans() -> None:
    log = read_log(SMALL.encode(), "log.csv")
    assert moments(log)[0] == datetime(2026, 4, 1, 0, tzinfo=UTC)


def test_an_analyst_names_the_columns_of_an_unusual_file() -> None:
    raw = "x,y,z\n1,受付,2026/04/01 09:00\n".encode()
    with pytest.raises(Unreadable, match="--case"):
        read_log(raw, "log.csv")
    assert read_log(raw, "log.csv", {"case": "x", "activity": "y", "time": "z"}).activities == ["受付"]


def test_a_column_that_is_not_there_is_named_in_the_message() -> None:
    with pytest.raises(Unreadable, match="番号札"):
        read_log(SMALL.encode(), "log.csv", {"case": "番号札"})


NINE = datetime(2025, 4, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025/04/01 9:00",
        "2025-04-01T09:00:00+09:00",
        "2025-04-01T00:00:00.000Z",
        "01/04/2025 09:00",
        "01.04.2025 09:00:00",
        "令和7年4月1日 9時",
        "R7.4.1 9:00",
        "２０２５年４月１日　９：００",
        "1743465600",
        "1743465600000",
    ],
)
def test_a_time_reads_in_every_usual_way_of_writing_it(written: str) -> None:
    log = read_log(f"案件番号,作業,日時\n1,受付,{written}\n".encode(), "log.csv")
    assert moments(log) == [NINE]


def test_month_first_is_read_where_day_first_cannot_be() -> None:
    log = read_log(b"case,activity,time\n1,a,04/01/2025 09:00\n1,b,04/13/2025 09:00\n", "log.csv")
    assert moments(log)[0] == NINE


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-01T09:00:00+09:00",
        "2025-04-01T09:00:00.5+09:00",
        "2025-04-01 09:00:00.123456789-03:30",
        "0099-04-01T09:00:00+09:00",
        "1969-12-31T23:59:59.999999999+00:00",
        "2025-4-1T9:00:00.25+09:00",
        "2016-12-31T23:59:60+00:00",
    ],
)
def test_a_time_reads_the_same_in_a_long_log_as_alone(written: str) -> None:
    usual = f"2025-04-01{' ' if ' ' in written else 'T'}10:00:00+00:00"
    for beside in (written, usual):
        many = parse_timestamps(pl.Series([beside] * 20 + [written]))
        assert many[-1] == parse_timestamps(pl.Series([written]))[0]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_table_may_be_cut_at_other_signs_than_commas(sign: str) -> None:
    raw = SMALL.replace(",", sign).encode()
    assert events(read_log(raw, "log.csv")) == events(read_log(SMALL.encode(), "log.csv"))


@pytest.mark.parametrize(
    "names", ["CaseID,Activity,CompleteTimestamp", "case_id,TASK,End Time", "申請番号,処理名,終了日時"]
)
def test_the_same_name_is_known_however_it_is_spelt(names: str) -> None:
    log = read_log(f"{names}\n1,受付,2025-04-01 09:00\n".encode(), "log.csv")
    assert log.columns.present() == names.split(",")


def test_a_row_without_a_time_is_counted_rather_than_guessed() -> None:
    raw = SMALL + "D,受付,いつか,窓口,,甲\n"
    with pytest.raises(Unreadable, match=f"1 行あります.*{SMALL.count(chr(10))} 行目"):
        read_log(raw.encode(), "log.csv")


def test_an_empty_file_says_so() -> None:
    with pytest.raises(Unreadable, match="1行も"):
        read_log("受付番号,作業,日時\n".encode(), "log.csv")


@pytest.mark.parametrize("raw", [XES.encode(), gzip.compress(XES.encode())])
def test_xes_reads_packed_or_not(raw: bytes) -> None:
    log = read_log(raw, "log.xes.gz")
    assert log.activities == ["a", "b"]
    assert moments(log)[0] == datetime(2026, 4, 1, 0, tzinfo=UTC)


def test_hostile_xml_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log>&b;</log>'
    with pytest.raises(Unreadable, match="DTD"):
        read_xes(io.BytesIO(bomb.encode()), is_mined, is_time)


def test_a_packed_bomb_is_refused() -> None:
    raw = gzip.compress(b"<log>" + b" " * 5_000_000 + b"</log>")
    with pytest.raises(Unreadable, match="大きすぎ"):
        read_xes(io.BytesIO(raw), is_mined, is_time, limit=1_000_000)


def test_a_broken_file_is_refused_in_words() -> None:
    with pytest.raises(Unreadable, match="読めません"):
        read_xes(io.BytesIO(b"<log><trace>"), is_mined, is_time)


REPORTS = Path(__file__).parents[1] / "assets" / "reports"


def reported(name: str) -> EventLog:
    path = next(REPORTS.glob(f"{name}_*"))
    return read_log(path.read_bytes(), path.name)


def japans(log: EventLog) -> list[str]:
    return [f"{moment.astimezone(JAPAN):%Y-%m-%d %H:%M}" for moment in moments(log)]


APRIL = ["2026-04-01 09:05", "2026-04-02 10:05"]


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("b08", ["2026-04-01 09:00", "2026-04-02 10:15", "2026-04-03 16:00", "2026-04-01 11:00", "2026-04-02 09:30"]),
        ("b09", ["2026-04-01 09:00", "2026-04-02 10:00"]),
        ("b10", ["2026-04-01 09:05", "2026-04-01 13:30", "2026-04-02 16:45"]),
        ("b11", ["2026-04-01 23:50", "2026-04-02 00:00", "2026-04-03 01:10"]),
        ("b37", APRIL),
        ("b37b", APRIL),
        ("b37c", APRIL),
        ("b37d", APRIL),
        ("b37e", APRIL),
        ("b37f", ["2026-04-01 09:05", "2026-04-02 10:04"]),
        ("b37g", APRIL),
    ],
)
def test_a_log_of_another_program_is_read_to_the_minute(name: str, times: list[str]) -> None:
    assert japans(reported(name)) == times


def test_a_log_that_mixes_ways_of_writing_times_is_read_row_by_row() -> None:
    mixed = ["2026-04-01T09:00:00", "2026-04-01T09:30:00.5+09:00", "2026-04-03T00:30:00Z", "令和8年4月3日 午後1時5分"]
    rows = "".join(f"1,a,{moment}\n" for moment in mixed)
    assert japans(read_log(f"case,activity,time\n{rows}".encode(), "log.csv")) == [
        "2026-04-01 09:00", "2026-04-01 09:30", "2026-04-03 09:30", "2026-04-03 13:05",
    ]  # fmt: skip


def test_totals_of_a_log_are_left_out_and_said() -> None:
    assert [str(one) for one in reported("b37g").left_out] == ["4行目「合計」(合計の行)"]


def test_a_log_saved_as_a_workbook_is_read_too() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["案件番号", "作業", "日時"])
        sheet.write_row(1, 0, [4500012345, "受付"])
        sheet.write_number(1, 2, 46113.378472, book.add_format({"num_format": "yyyy/m/d h:mm"}))
    log = read_log(out.getvalue(), "log.xlsx")
    assert (log.numbers, japans(log)) == (["4500012345"], ["2026-04-01 09:05"])
