"""Lifecycle 作業の始めと終わり: several records of one act (start, complete, …) become one event with its start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from todoke.flows.mining.coded_column import CodedColumn, Codes
from todoke.flows.mining.iso_times import NO_TIME, Numbers
from todoke.flows.mining.time_order import time_order
from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt

MERGED = "終わりの記録にまとめた、開始や割当てなどの記録"
_STARTS = {"start", "開始", "着手"}
_ENDS = {"complete", "ate_abort", "pi_abort", "withdraw", "autoskip", "manualskip", "終了", "完了"}
Flags: TypeAlias = "npt.NDArray[np.bool_]"


def whole_acts(case: Codes, activity: Codes, time: Numbers, transitions: CodedColumn) -> tuple[Numbers, Numbers] | None:
    """Return the rows of the events that are one act each, and the starts of these acts; None without both.

    An end takes the earliest start of its case and activity that is still open; an act without an end stands at its
    start. Records of other transitions (schedule, assign, …) are no acts; a record without any is an end.
    """
    words = [word.strip().lower() for word in transitions.words]
    is_start = np.array([*(word in _STARTS for word in words), False])
    is_end = np.array([*(word in _ENDS for word in words), True])
    if not (is_start.any() and is_end[:-1].any()):
        return None
    starts, ends = is_start[transitions.codes], is_end[transitions.codes]
    act = case.astype(np.int64) * (int(activity.max()) + 1) + activity
    begun, ended = _matched(act, time, starts, ends)
    is_act = starts | ends
    is_act[begun] = False
    started = np.where(starts, time, NO_TIME)
    started[ended] = time[begun]
    return np.flatnonzero(is_act), started[is_act]


def _matched(act: Numbers, time: Numbers, starts: Flags, ends: Flags) -> tuple[Numbers, Numbers]:
    """Return the rows of the starts that have an end, and of their ends.

    Of the ends of a case and activity that find an open start, the n-th takes the n-th start. An end finds none where
    it brings starts minus ends below zero and below all that it was before. Acts are numbered, and the counts of
    each moved so far below those of the acts before it that one running minimum serves all.
    """
    rows = np.flatnonzero((starts | ends) & np.isin(act, act[starts]))
    rows = rows[time_order(act[rows], time[rows])]
    of_act = act[rows]
    number = np.append(0, (of_act[1:] != of_act[:-1]).cumsum())
    is_start, is_end = starts[rows], ends[rows]
    below = number * (-2 * len(rows))
    after = below + _counted(is_start, number) - _counted(is_end, number)
    fewest_before = np.minimum(below, np.append(0, np.minimum.accumulate(after)[:-1]))
    closes = is_end & (after >= fewest_before)
    start_keys = (_counted(is_start, number) - below)[is_start]
    end_keys = (_counted(closes, number) - below)[closes]
    return rows[is_start][np.isin(start_keys, end_keys)], rows[closes]


def _counted(flags: npt.NDArray[Any], number: Numbers) -> Numbers:
    """Return how many rows of its act are flagged up to each row; acts are numbered from 0 and stand together."""
    count = flags.cumsum()
    first = np.flatnonzero(np.append(True, number[1:] != number[:-1]))
    found: Numbers = count - (count - flags)[first][number]
    return found
