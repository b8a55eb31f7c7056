"""Lifecycle 作業の始めと終わり: several records of one act (start, complete, …) become one event with its start."""

from __future__ import annotations

from collections import defaultdict, deque

from todoke.spreadsheets.lazy_polars import pl

MERGED = "終わりの記録にまとめた、開始や割当てなどの記録"
_STARTS = {"start", "開始", "着手"}
_ENDS = {"complete", "ate_abort", "pi_abort", "withdraw", "autoskip", "manualskip", "終了", "完了"}


def whole_acts(
    table: pl.DataFrame, events: pl.DataFrame, transitions: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Return the rows of the table and the events that are one act each, and how many records were merged.

    An end takes the earliest start of its case and activity that is still open; an act without an end stands at its
    start. Records of other transitions (schedule, assign, …) are no acts. A log without both is returned as it is.
    """
    words = transitions.str.strip_chars().str.to_lowercase()
    kinds = set(words.drop_nulls().unique())
    if not (kinds & _STARTS and kinds & _ENDS):
        return table, events, 0
    started: list[object] = [None] * events.height
    taken = [False] * events.height
    waiting: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    moments = events["time"].to_list()
    order = sorted(range(events.height), key=lambda at: (moments[at], at))
    keys = list(zip(events["case"], events["activity"], strict=True))
    for at in order:
        word = words[at]
        if word in _STARTS:
            waiting[keys[at]].append(at)
            started[at], taken[at] = moments[at], True
        elif word is None or word in _ENDS:
            taken[at] = True
            if waiting[keys[at]]:
                began = waiting[keys[at]].popleft()
                started[at], taken[began] = moments[began], False
    column = pl.Series("started", started, dtype=pl.Datetime("us", "UTC"))
    mask = pl.Series(taken)
    return table.filter(mask), events.with_columns(column).filter(mask), events.height - sum(taken)
