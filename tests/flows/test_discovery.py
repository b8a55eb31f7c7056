"""An analyst sees from the record where cases go, repeat and wait."""

import json
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.cast.event_logs import SMALL
from todoke.flows.mining.discovery import discover
from todoke.flows.mining.event_log import EventLog, log_from_frame, read_log


def small() -> EventLog:
    return read_log(SMALL.encode(), "log.csv")


def test_the_map_counts_and_times_every_arrow() -> None:
    arrows = {(t.source, t.target): (t.count, t.median_hours) for t in discover(small()).directly_follows}
    assert arrows[("受付", "審査")] == (3, 2.0)
    assert arrows[("審査", "決定")] == (3, 22.0)
    assert arrows[("補正", "審査")] == (1, 72.0)
    assert len(arrows) == 4


def test_variants_stand_in_order_of_frequency() -> None:
    first, second = discover(small()).variants
    assert (first.activities, first.count) == (("受付", "審査", "決定"), 2)
    assert second.activities == ("受付", "審査", "補正", "審査", "決定")


def test_work_done_again_is_counted_by_case_and_by_time() -> None:
    findings = discover(small())
    assert findings.cases_with_rework == 1
    assert [(r.activity, r.cases, r.repeats) for r in findings.rework] == [("審査", 1, 1)]


def test_channels_and_deadlines_come_from_the_case() -> None:
    findings = discover(small())
    assert {d.group: (d.cases, d.median_days) for d in findings.channels} == {"窓口": (2, 1.5), "電子": (1, 4.0)}
    assert (findings.with_deadline, findings.late) == (3, 1)


def test_cases_of_which_no_channel_is_known_are_counted_apart() -> None:
    raw = "case,activity,time,channel\n1,a,2026-04-01,\n2,a,2026-04-01,窓口\n3,a,2026-04-01,\n"
    assert [(d.group, d.cases) for d in discover(read_log(raw.encode(), "log.csv")).channels] == [
        ("(不明)", 2), ("窓口", 1),
    ]  # fmt: skip


def test_equal_times_keep_the_order_of_the_file() -> None:
    raw = "case,activity,time\n1,b,2026-04-01 09:00:00\n1,a,2026-04-01 09:00:00\n1,c,2026-04-01 08:00:00\n"
    assert discover(read_log(raw.encode(), "log.csv")).variants[0].activities == ("c", "b", "a")


@given(
    st.lists(
        st.tuples(st.sampled_from("PQRST"), st.sampled_from("abcd"), st.integers(0, 5), st.integers(0, 999)),
        min_size=1,
        max_size=40,
    )
)
def test_the_fast_way_agrees_with_the_obvious_way(rows: list[tuple[str, str, int, int]]) -> None:
    start = 1_700_000_000_000_000
    times = pl.Series(
        [start + day * 86_400_000_000 + micro for _, _, day, micro in rows], dtype=pl.Datetime("us", "UTC")
    )
    log = log_from_frame(pl.DataFrame({"case": [r[0] for r in rows], "activity": [r[1] for r in rows], "time": times}))
    paths: dict[str, list[tuple[int, int, int, str]]] = {}
    for place, (case, activity, day, micro) in enumerate(rows):
        paths.setdefault(case, []).append((day, micro, place, activity))
    wanted = sorted("".join(step[3] for step in sorted(path)) for path in paths.values())
    found = ["".join(variant.activities) for variant in discover(log).variants for _ in range(variant.count)]
    assert sorted(found) == wanted


def test_the_command_answers_in_json(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(SMALL)
    out = StringIO()
    call_command("mine", str(path), "--json", stdout=out)
    data = json.loads(out.getvalue())
    assert (data["cases"], data["events"], data["variants"]) == (3, 11, 2)
    assert data["edges"][0] == {"source": "受付", "target": "審査", "count": 3, "median_hours": 2.0, "p95_hours": 3.0}


def test_the_command_says_in_words_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="開けません"):
        call_command("mine", str(tmp_path / "nothing.csv"))


def test_the_command_leaves_a_long_log_to_the_reader_within_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(SMALL)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("the file was read outside the limits"))
    out = StringIO()
    call_command("mine", str(path), stdout=out)
    assert out.getvalue().startswith("案件 3 件")
