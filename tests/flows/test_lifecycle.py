"""Each end of work takes the earliest start that is still open."""

from collections import defaultdict, deque

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from todoke.flows.mining.coded_column import coded
from todoke.flows.mining.iso_times import NO_TIME
from todoke.flows.mining.lifecycle import whole_acts

RECORD = st.tuples(
    st.sampled_from("AB"), st.sampled_from("xy"), st.integers(0, 9),
    st.sampled_from(["start", " START ", "complete", "withdraw", "schedule", None]),
)  # fmt: skip
Act = tuple[int, int, int]


def by_queue(records: list[tuple[str, str, int, str | None]]) -> list[Act]:
    """Return row, time and start of each act, by a queue of open starts for each case and activity."""
    acts: dict[int, Act] = {}
    waiting: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    for row, (case, activity, hour, word) in sorted(enumerate(records), key=lambda one: (one[1][2], one[0])):
        queue = waiting[case, activity]
        if word in ("start", " START "):
            queue.append(row)
            acts[row] = (row, hour, hour)
        elif word != "schedule":
            acts[row] = (row, hour, acts.pop(queue.popleft())[1] if queue else NO_TIME)
    return [acts[row] for row in sorted(acts)]


@given(st.lists(RECORD, max_size=12))
def test_an_end_takes_the_earliest_open_start_whatever_the_order(
    records: list[tuple[str, str, int, str | None]],
) -> None:
    records += [("C", "x", 0, "start"), ("C", "x", 1, "complete")]
    cases, activities, hours, words = zip(*records, strict=True)
    time = np.array(hours)
    acts = whole_acts(coded(cases).codes, coded(activities).codes, time, coded(words))
    assert acts is not None
    rows, started = acts
    assert list(zip(rows.tolist(), time[rows].tolist(), started.tolist(), strict=True)) == by_queue(records)
