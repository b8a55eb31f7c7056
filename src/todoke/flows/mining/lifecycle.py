"""Lifecycle 作業の始めと終わり: several records of one act (start, complete, …) become one event with its start."""

from __future__ import annotations

from todoke.flows.mining.dictionary_codes import dictionary_codes
from todoke.lazy_modules import pl

MERGED = "終わりの記録にまとめた、開始や割当てなどの記録"
_STARTS = {"start", "開始", "着手"}
_ENDS = {"complete", "ate_abort", "pi_abort", "withdraw", "autoskip", "manualskip", "終了", "完了"}


def whole_acts(events: pl.DataFrame, transitions: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """Return the rows of the events that are one act each, and these events with their starts.

    An end takes the earliest start of its case and activity that is still open; an act without an end stands at its
    start. Records of other transitions (schedule, assign, …) are no acts. A log without both is returned as it is.
    """
    rows = pl.int_range(events.height, eager=True)
    codes, words = dictionary_codes(transitions)
    words = words.str.strip_chars().str.to_lowercase()
    is_start, is_end = words.is_in(_STARTS), words.is_in(_ENDS)
    starts, ends = is_start.gather(codes).fill_null(False), is_end.gather(codes).fill_null(True)
    if not (is_start.any() and is_end.any()):
        return rows, events
    begun, ended = _matched(events, starts, ends)
    is_act = (starts | ends) & ~rows.is_in(begun.implode())
    moments = events["time"].set(~starts, None).scatter(ended, events["time"].gather(begun))
    return rows.filter(is_act), events.with_columns(started=moments).filter(is_act)


def _matched(events: pl.DataFrame, starts: pl.Series, ends: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the rows of the starts that have an end, and of their ends.

    Of the ends of a case and activity that find an open start, the n-th takes the n-th start. An end finds none where
    it brings starts minus ends below zero and below all that it was before. Acts are numbered, and the counts of
    each moved so far below those of the acts before it that one running minimum serves all.
    """
    act = events["case"].cast(pl.Int64) * (1 << 32) + events["activity"]
    rows = pl.DataFrame({"act": act, "time": events["time"], "start": starts, "end": ends}).with_row_index("row")
    records = rows.filter((starts | ends) & act.is_in(act.filter(starts).unique().implode()))
    records = records.sort("act", "time", maintain_order=True)
    act = records["act"].rle_id().cast(pl.Int64)
    nth_start, nth_end = (_counted(records[name], act) for name in ("start", "end"))
    below = act * (-2 * len(act))
    level = pl.DataFrame({"below": below, "after": below + nth_start - nth_end})
    fewest_before = level.select(pl.min_horizontal("below", pl.col("after").cum_min().shift(1))).to_series()
    closes = records["end"] & (level["after"] >= fewest_before)
    start_keys = (nth_start - below).filter(records["start"])
    end_keys = (_counted(closes, act) - below).filter(closes)
    begun = records["row"].filter(records["start"]).filter(start_keys.is_in(end_keys.implode()))
    return begun, records["row"].filter(closes)


def _counted(flags: pl.Series, act: pl.Series) -> pl.Series:
    """Return how many rows of its act are flagged up to each row; acts are numbered from 0 and stand together."""
    count = flags.cast(pl.Int64).cum_sum()
    return count - (count - flags).gather(act.arg_unique()).gather(act)
