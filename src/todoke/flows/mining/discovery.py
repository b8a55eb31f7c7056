"""Process discovery 記録の分析: directly-follows graph, variants, rework and throughput times of an event log.

Events are ordered by (time, place in the file), so that equal times never change a result. Durations are elapsed
time: nights and weekends count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from todoke.flows.mining.event_log import EventLog, read_log
from todoke.lazy_modules import pl
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.rows_below import in_words

MICROSECONDS_PER_DAY = 86_400_000_000
MICROSECONDS_PER_HOUR = 3_600_000_000
MAX_ACTIVITIES = 500


@dataclass(frozen=True)
class DirectlyFollows:
    """作業のつながり: two activities of which one directly follows the other, the count, and the hours between them."""

    source: str
    target: str
    count: int
    median_hours: float
    p95_hours: float


@dataclass(frozen=True)
class Variant:
    """経路の型: a sequence of activities and the number of cases that have it."""

    activities: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Rework:
    """やり直し: an activity that is repeated within a case: the number of cases and of repetitions."""

    activity: str
    cases: int
    repeats: int


@dataclass(frozen=True)
class CaseDuration:
    """所要日数: throughput time of the cases of one group, from first to last event, in days."""

    group: str
    cases: int
    median_days: float
    p95_days: float


@dataclass(frozen=True)
class ActTimes:
    """作業の時間: how long an act took from start to end, and how long it waited before, as medians in hours."""

    activity: str
    count: int
    work_hours: float
    wait_hours: float


@dataclass(frozen=True)
class DiscoveryResult:
    """分析結果: what one event log shows; every list starts with the most frequent entry."""

    cases: int
    events: int
    activities: tuple[tuple[str, int], ...]
    directly_follows: tuple[DirectlyFollows, ...]
    variants: tuple[Variant, ...]
    starts: tuple[tuple[str, int], ...]
    ends: tuple[tuple[str, int], ...]
    rework: tuple[Rework, ...]
    cases_with_rework: int
    total: CaseDuration
    channels: tuple[CaseDuration, ...]
    with_deadline: int
    late: int
    acts: tuple[ActTimes, ...] = ()
    left_out: tuple[str, ...] = ()


def sort_events(log: EventLog) -> pl.DataFrame:
    """Return the events by case, then (time, place in the file), times in microseconds.

    A sorted log is not sorted again.
    """
    events = log.events.with_columns(pl.col(pl.Datetime).to_physical())
    earliest, latest, last_case, rest = events.select(
        a=pl.col("time").min(), b=pl.col("time").max(), c=pl.col("case").max(), d=(pl.col("time") % 1000).max()
    ).row(0)
    unit = 1 if rest else 1000
    reach = (latest - earliest) // unit + 1
    if reach * (last_case + 1) >= 2**63:
        return events.sort("case", "time", maintain_order=True)
    key = events.select(pl.col("case").cast(pl.Int64) * reach + (pl.col("time") - earliest) // unit).to_series()
    return events if key.is_sorted() else events.sort(key, maintain_order=True)


def discover_file(raw: bytes, name: str, given: Mapping[str, str] | None = None) -> DiscoveryResult:
    """Read the log file of that name and return what it shows. Raises Unreadable."""
    found = discover(read_log(raw, name, given))
    if len(found.activities) > MAX_ACTIVITIES:
        raise Unreadable(
            f"作業の種類が多すぎます({len(found.activities):,}。{MAX_ACTIVITIES:,}まで)。作業の列が正しいか確かめてください。"
        )
    return found


def discover(log: EventLog) -> DiscoveryResult:
    """Return directly-follows pairs, variants, rework and throughput times of a log."""
    events = sort_events(log)
    acts = _act_times(events, log.activities) if "started" in events.columns else ()
    variants = _variants(events, log.activities)
    spans = _case_spans(events, log)
    return DiscoveryResult(
        cases=spans.height,
        events=events.height,
        activities=_activity_counts(events["activity"], log.activities),
        directly_follows=_directly_follows(events, log.activities),
        variants=variants,
        starts=_activity_counts(spans["start"], log.activities),
        ends=_activity_counts(spans["end"], log.activities),
        rework=_rework(variants),
        cases_with_rework=sum(v.count for v in variants if len(set(v.activities)) < len(v.activities)),
        total=_durations(spans.with_columns(group=pl.lit("全体")))[0],
        channels=_durations(spans.rename({"channel": "group"})) if "channel" in spans.columns else (),
        with_deadline=spans["deadline"].count() if "deadline" in spans.columns else 0,
        late=spans.filter(pl.col("last") > pl.col("deadline")).height if "deadline" in spans.columns else 0,
        acts=acts,
        left_out=tuple(in_words(log.left_out)),
    )


def _act_times(events: pl.DataFrame, words: list[str]) -> tuple[ActTimes, ...]:
    """Return the times of the acts of which the start is known, the most frequent first."""
    before = pl.when(pl.col("case") == pl.col("case").shift(1)).then(pl.col("time").shift(1))
    hours = events.select(
        "activity",
        work=_hours(pl.col("time") - pl.col("started")),
        wait=_hours(pl.col("started") - before),
    ).filter(pl.col("work").is_not_null() & (pl.col("work") >= 0))
    grouped = hours.group_by("activity").agg(
        pl.len().alias("count"), pl.col("work").median(), pl.col("wait").clip(lower_bound=0).median()
    )
    rows = grouped.sort(["count", "activity"], descending=[True, False]).iter_rows()
    return tuple(ActTimes(words[code], count, work, wait or 0.0) for code, count, work, wait in rows)


def _hours(microseconds: pl.Expr) -> pl.Expr:
    return microseconds.cast(pl.Duration("us")).dt.total_seconds() / 3600


def _activity_counts(codes: pl.Series, words: list[str]) -> tuple[tuple[str, int], ...]:
    counts = codes.rename("code").value_counts().sort(["count", "code"], descending=[True, False])
    return tuple((words[code], count) for code, count in counts.iter_rows())


def _directly_follows(events: pl.DataFrame, words: list[str]) -> tuple[DirectlyFollows, ...]:
    pairs = events.select(
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
    rows = grouped.sort(["count", "edge"], descending=[True, False]).iter_rows()
    return tuple(
        DirectlyFollows(
            words[edge // len(words)],
            words[edge % len(words)],
            count,
            median / MICROSECONDS_PER_HOUR,
            p95 / MICROSECONDS_PER_HOUR,
        )
        for edge, count, median, p95 in rows
    )


def _variants(events: pl.DataFrame, words: list[str]) -> tuple[Variant, ...]:
    paths = events.group_by("case", maintain_order=True).agg("activity")
    counts = paths.group_by("activity", maintain_order=True).agg(pl.len().alias("count"))
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


def _case_spans(events: pl.DataFrame, log: EventLog) -> pl.DataFrame:
    """Return one row a case: first and last time, first and last activity, and the attributes of the case."""
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


def _durations(spans: pl.DataFrame) -> tuple[CaseDuration, ...]:
    grouped = (
        spans.with_columns(pl.col("group").fill_null("(不明)"))
        .group_by("group")
        .agg(
            pl.len().alias("cases"), pl.col("took").median().alias("median"), pl.col("took").quantile(0.95).alias("p95")
        )
    )
    rows = grouped.sort(["cases", "group"], descending=[True, False]).iter_rows()
    return tuple(
        CaseDuration(group, cases, median / MICROSECONDS_PER_DAY, p95 / MICROSECONDS_PER_DAY)
        for group, cases, median, p95 in rows
    )
