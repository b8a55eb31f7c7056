"""Process mining プロセスマイニング: what the record of work shows, as a map, variants, rework and durations.

Events are ordered by (time, place in the file), so equal times never change a result. Durations are elapsed time;
days and hours count nights and weekends unless a name says working time.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from todoke.flows.mining.event_log import EventLog, from_table
from todoke.runtime.refusals import Unreadable

DAY = 86_400_000_000
HOUR = 3_600_000_000


@dataclass(frozen=True)
class Transition:
    """One arrow of the map 作業のつながり: how often one activity directly followed another, and how long it took."""

    source: str
    target: str
    count: int
    median_hours: float
    p95_hours: float


@dataclass(frozen=True)
class Variant:
    """One way through the work 経路の型 and the number of cases that took it."""

    activities: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Rework:
    """An activity done again in the same case やり直し."""

    activity: str
    cases: int
    repeats: int


@dataclass(frozen=True)
class Duration:
    """How long cases of one group took from their first to their last event, in days."""

    group: str
    cases: int
    median_days: float
    p95_days: float


@dataclass(frozen=True)
class Findings:
    """Everything that one log shows 分析結果."""

    cases: int
    events: int
    activities: tuple[tuple[str, int], ...]
    transitions: tuple[Transition, ...]
    variants: tuple[Variant, ...]
    starts: tuple[tuple[str, int], ...]
    ends: tuple[tuple[str, int], ...]
    rework: tuple[Rework, ...]
    cases_with_rework: int
    total: Duration
    channels: tuple[Duration, ...]
    with_deadline: int
    late: int


def ordered(log: EventLog) -> pl.DataFrame:
    """Sort the events by case, then (time, place in the file); a log already in order is not sorted again."""
    events = log.events.select("case", "activity", pl.col("time").to_physical())
    earliest, latest, last_case, rest = events.select(
        a=pl.col("time").min(), b=pl.col("time").max(), c=pl.col("case").max(), d=(pl.col("time") % 1000).max()
    ).row(0)
    unit = 1 if rest else 1000
    reach = (latest - earliest) // unit + 1
    if reach * (last_case + 1) >= 2**63:
        return events.sort("case", "time", maintain_order=True)
    key = events.select(pl.col("case").cast(pl.Int64) * reach + (pl.col("time") - earliest) // unit).to_series()
    return events if key.is_sorted() else events.sort(key, maintain_order=True)


def chosen(
    log: EventLog, *, channel: str = "", since: datetime | None = None, until: datetime | None = None
) -> EventLog:
    """Keep the cases of one channel whose first event lies in [since, until), with new codes. Raises Unreadable."""
    frame = log.events.join(log.cases, on="case", maintain_order="left")
    if channel and "channel" in frame.columns:
        frame = frame.filter(pl.col("channel") == channel)
    began = pl.col("time").min().over("case")
    if since:
        frame = frame.filter(began >= since)
    if until:
        frame = frame.filter(began < until)
    if not frame.height:
        raise Unreadable("この条件に合う案件はありません。期間か受付方法を変えてください。")
    words = pl.Series(log.activities).gather(frame["activity"])
    table = frame.drop("case", "activity").rename({"number": "case"}).with_columns(activity=words)
    return from_table(table, {"case": "case", "activity": "activity", "time": "time"})


def mine(log: EventLog) -> Findings:
    """Find map, variants, rework and durations of a log in one sorted pass."""
    events = ordered(log)
    variants = _variants(events, log.activities)
    spans = _spans(events, log)
    return Findings(
        cases=spans.height,
        events=events.height,
        activities=_counted(events["activity"], log.activities),
        transitions=_transitions(events, log.activities),
        variants=variants,
        starts=_counted(spans["start"], log.activities),
        ends=_counted(spans["end"], log.activities),
        rework=_rework(variants),
        cases_with_rework=sum(v.count for v in variants if len(set(v.activities)) < len(v.activities)),
        total=_durations(spans.with_columns(group=pl.lit("全体")))[0],
        channels=_durations(spans.rename({"channel": "group"})) if "channel" in spans.columns else (),
        with_deadline=spans["deadline"].count() if "deadline" in spans.columns else 0,
        late=spans.filter(pl.col("last") > pl.col("deadline")).height if "deadline" in spans.columns else 0,
    )


def _counted(codes: pl.Series, words: list[str]) -> tuple[tuple[str, int], ...]:
    counts = codes.rename("code").value_counts().sort(["count", "code"], descending=[True, False])
    return tuple((words[code], count) for code, count in counts.iter_rows())


def _transitions(events: pl.DataFrame, words: list[str]) -> tuple[Transition, ...]:
    pairs = events.lazy().select(
        edge=pl.col("activity") * len(words) + pl.col("activity").shift(-1),
        taken=pl.col("time").shift(-1) - pl.col("time"),
        same=pl.col("case") == pl.col("case").shift(-1),
    )
    grouped = (
        pairs.filter("same")
        .group_by("edge")
        .agg(
            pl.len().alias("count"),
            pl.col("taken").median().alias("median"),
            pl.col("taken").quantile(0.95).alias("p95"),
        )
    )
    rows = grouped.sort(["count", "edge"], descending=[True, False]).collect().iter_rows()
    return tuple(
        Transition(words[edge // len(words)], words[edge % len(words)], count, median / HOUR, p95 / HOUR)
        for edge, count, median, p95 in rows
    )


def _variants(events: pl.DataFrame, words: list[str]) -> tuple[Variant, ...]:
    paths = events.lazy().group_by("case", maintain_order=True).agg("activity")
    counts = paths.group_by("activity", maintain_order=True).agg(pl.len().alias("count")).collect()
    found = [Variant(tuple(words[code] for code in path), count) for path, count in counts.iter_rows()]
    return tuple(sorted(found, key=lambda variant: (-variant.count, variant.activities)))


def _rework(variants: tuple[Variant, ...]) -> tuple[Rework, ...]:
    cases: Counter[str] = Counter()
    repeats: Counter[str] = Counter()
    for variant in variants:
        for activity, times in Counter(variant.activities).items():
            if times > 1:
                cases[activity] += variant.count
                repeats[activity] += variant.count * (times - 1)
    return tuple(Rework(activity, count, repeats[activity]) for activity, count in cases.most_common())


def _spans(events: pl.DataFrame, log: EventLog) -> pl.DataFrame:
    """Return one row per case: first and last instant, first and last activity, and the attributes of the case."""
    first = (events["case"] != events["case"].shift(1)).fill_null(True).arg_true()
    last = first.shift(-1, fill_value=events.height) - 1
    spans = pl.DataFrame(
        {
            "case": events["case"].gather(first),
            "start": events["activity"].gather(first),
            "end": events["activity"].gather(last),
            "took": events["time"].gather(last) - events["time"].gather(first),
            "last": events["time"].gather(last).cast(pl.Datetime("us", "UTC")),
        }
    )
    return spans.join(log.cases, on="case", how="left", maintain_order="left")


def _durations(spans: pl.DataFrame) -> tuple[Duration, ...]:
    grouped = (
        spans.with_columns(pl.col("group").fill_null("(不明)"))
        .group_by("group")
        .agg(
            pl.len().alias("cases"), pl.col("took").median().alias("median"), pl.col("took").quantile(0.95).alias("p95")
        )
    )
    rows = grouped.sort(["cases", "group"], descending=[True, False]).iter_rows()
    return tuple(Duration(group, cases, median / DAY, p95 / DAY) for group, cases, median, p95 in rows)
