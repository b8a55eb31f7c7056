"""Each end of work takes the earliest start that is still open."""

from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from todoke.flows.mining.dictionary_codes import dictionary_codes
from todoke.flows.mining.lifecycle import whole_acts

DAY = datetime(2026, 4, 1, tzinfo=UTC)
RECORD = st.tuples(
    st.sampled_from("AB"), st.sampled_from("xy"), st.integers(0, 9),
    st.sampled_from(["start", " START ", "complete", "withdraw", "schedule", None]),
)  # fmt: skip
Act = tuple[int, datetime, datetime | None]


def by_queue(records: list[tuple[str, str, int, str | None]]) -> list[Act]:
    """Return row, time and start of each act, by a queue of open starts for each case and activity."""
    acts: dict[int, Act] = {}
    waiting: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    for row, (case, activity, hour, word) in sorted(enumerate(records), key=lambda one: (one[1][2], one[0])):
        time, queue = DAY + timedelta(hours=hour), waiting[case, activity]
        if word in ("start", " START "):
            queue.append(row)
            acts[row] = (row, time, time)
        elif word != "schedule":
            acts[row] = (row, time, acts.pop(queue.popleft())[1] if queue else None)
    return [acts[row] for row in sorted(acts)]


def codes(texts: Sequence[str]) -> pl.Series:
    return dictionary_codes(pl.Series(texts))[0]


@given(st.lists(RECORD, max_size=12))
def test_an_end_takes_the_earliest_open_start_whatever_the_order(
    records: list[tuple[str, str, int, str | None]],
) -> None:
    records += [("C", "x", 0, "start"), ("C", "x", 1, "complete")]
    cases, activities, hours, words = zip(*records, strict=True)
    events = pl.DataFrame(
        {"case": codes(cases), "activity": codes(activities), "time": [DAY + timedelta(hours=hour) for hour in hours]}
    )
    rows, acts = whole_acts(events, pl.Series(words, dtype=pl.String))
    assert list(zip(rows, acts["time"], acts["started"], strict=True)) == by_queue(records)
