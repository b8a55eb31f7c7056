"""Lifecycle 作業の始めと終わり: several records of one act (start, complete, …) become one event with its start."""

from __future__ import annotations

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
    starts, ends = words.is_in(_STARTS).fill_null(False), words.is_in(_ENDS).fill_null(True)
    if not (starts.any() and words.is_in(_ENDS).any()):
        return table, events, 0
    begun, ended = _matched(events, starts, ends)
    at = pl.int_range(events.height, eager=True)
    mask = (starts | ends) & ~at.is_in(begun.implode())
    moments = events["time"].set(~starts, None).scatter(ended, events["time"].gather(begun))
    whole = events.with_columns(started=moments).filter(mask)
    return table.filter(mask), whole, events.height - whole.height


def _matched(events: pl.DataFrame, starts: pl.Series, ends: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the rows of the starts that have an end, and of their ends.

    Of the ends of a case and activity that find an open start, the n-th takes the n-th start. An end finds none where
    it brings starts minus ends below zero and below all that it was before.
    """
    case, activity = (events[name].cast(pl.Categorical).to_physical().cast(pl.Int64) for name in ("case", "activity"))
    act = case * (1 << 32) + activity
    rows = pl.DataFrame({"act": act, "time": events["time"], "start": starts, "end": ends}).with_row_index("row")
    records = rows.filter((starts | ends) & act.is_in(act.filter(starts).unique().implode()))
    open_after = (pl.col("start").cast(pl.Int64) - pl.col("end").cast(pl.Int64)).cum_sum()
    fewest_before = open_after.cum_min().clip(upper_bound=0).shift(1, fill_value=0)
    records = records.sort("time", maintain_order=True).with_columns(
        closes=pl.col("end") & (open_after >= fewest_before).over("act")
    )
    nth_start, nth_end = (
        records.filter(name).select("act", "row", nth=pl.col(name).cum_sum().over("act"))
        for name in ("start", "closes")
    )
    pairs = nth_start.join(nth_end, on=["act", "nth"])
    return pairs["row"], pairs["row_right"]
