"""Process discovery 記録の分析: directly-follows graph, variants, rework and throughput times of an event log.

Events are ordered by (time, place in the file), so that equal times never change a result. Durations are elapsed
time: nights and weekends count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from todoke.flows.mining.coded_column import EMPTY, CodedColumn, Codes
from todoke.flows.mining.event_log import EventLog, read_log
from todoke.flows.mining.iso_times import NO_TIME, Numbers
from todoke.flows.mining.time_order import group_quantiles, time_order
from todoke.lazy_modules import np
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.rows_below import in_words

MICROSECONDS_PER_DAY = 86_400_000_000
MICROSECONDS_PER_HOUR = 3_600_000_000
_MICROSECONDS_PER_SECOND, _SECONDS_PER_HOUR = 1_000_000, 3600
_UNKNOWN = "(不明)"
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
    words, order = log.activities, time_order(log.case, log.time)
    case, activity, time = log.case[order], log.activity[order], log.time[order]
    first = np.flatnonzero(np.append(True, case[1:] != case[:-1]))
    last = np.append(first[1:], len(case)) - 1
    took = time[last] - time[first]
    variants = _variants(activity, first, last, words)
    deadline = np.full(len(first), NO_TIME) if log.deadlines is None else log.deadlines
    has_deadline = deadline != NO_TIME
    return DiscoveryResult(
        cases=len(first),
        events=len(case),
        activities=_activity_counts(activity, words),
        directly_follows=_directly_follows(case, activity, time, words),
        variants=variants,
        starts=_activity_counts(activity[first], words),
        ends=_activity_counts(activity[last], words),
        rework=_rework(variants),
        cases_with_rework=sum(v.count for v in variants if len(set(v.activities)) < len(v.activities)),
        total=_durations(took, CodedColumn(np.zeros(len(took), np.int32), ["全体"]))[0],
        channels=() if log.channels is None else _durations(took, log.channels),
        with_deadline=int(has_deadline.sum()),
        late=int((has_deadline & (time[last] > deadline)).sum()),
        acts=() if log.started is None else _act_times(case, activity, time, log.started[order], words),
        left_out=tuple(in_words(log.left_out)),
    )


def _act_times(
    case: Codes, activity: Codes, time: Numbers, started: Numbers, words: Sequence[str]
) -> tuple[ActTimes, ...]:
    """Return the times of the acts of which the start is known, the most frequent first."""
    seconds = _whole_seconds(time - started)
    is_known = (started != NO_TIME) & (seconds >= 0)
    is_later = is_known & np.append(False, case[1:] == case[:-1])
    waited = np.maximum(_whole_seconds(started - np.append(0, time[:-1])), 0)
    work = group_quantiles(activity[is_known], seconds[is_known], _SECONDS_PER_HOUR)
    wait = group_quantiles(activity[is_later], waited[is_later], _SECONDS_PER_HOUR)
    waits = dict(zip(wait.group.tolist(), wait.median.tolist(), strict=True))
    rows = zip(work.group.tolist(), work.size.tolist(), work.median.tolist(), strict=True)
    return tuple(
        ActTimes(words[code], count, hours, waits.get(code, 0.0))
        for code, count, hours in sorted(rows, key=lambda row: (-row[1], row[0]))
    )


def _whole_seconds(microseconds: Numbers) -> Numbers:
    seconds: Numbers = np.sign(microseconds) * (np.abs(microseconds) // _MICROSECONDS_PER_SECOND)
    return seconds


def _activity_counts(codes: Codes, words: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counts = np.bincount(codes, minlength=len(words)).tolist()
    used = sorted((-count, code) for code, count in enumerate(counts) if count)
    return tuple((words[code], -count) for count, code in used)


def _directly_follows(case: Codes, activity: Codes, time: Numbers, words: Sequence[str]) -> tuple[DirectlyFollows, ...]:
    same = case[1:] == case[:-1]
    edges = activity[:-1].astype(np.int64) * len(words) + activity[1:]
    found = group_quantiles(edges[same], np.diff(time)[same])
    rows = zip(*(column.tolist() for column in found), strict=True)
    return tuple(
        DirectlyFollows(
            words[edge // len(words)],
            words[edge % len(words)],
            count,
            median / MICROSECONDS_PER_HOUR,
            p95 / MICROSECONDS_PER_HOUR,
        )
        for edge, count, median, p95 in sorted(rows, key=lambda row: (-row[1], row[0]))
    )


def _variants(activity: Codes, first: Numbers, last: Numbers, words: Sequence[str]) -> tuple[Variant, ...]:
    size, path = activity.itemsize, activity.tobytes()
    counts = Counter(path[a:b] for a, b in zip((first * size).tolist(), ((last + 1) * size).tolist(), strict=True))
    found = [
        Variant(tuple(words[code] for code in np.frombuffer(codes, activity.dtype).tolist()), count)
        for codes, count in counts.items()
    ]
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


def _durations(took: Numbers, groups: CodedColumn) -> tuple[CaseDuration, ...]:
    """Return the throughput times of the cases of each group."""
    words = [*groups.words, _UNKNOWN]
    found = group_quantiles(np.where(groups.codes == EMPTY, words.index(_UNKNOWN), groups.codes), took)
    rows = zip(*(column.tolist() for column in found), strict=True)
    return tuple(
        CaseDuration(words[code], count, median / MICROSECONDS_PER_DAY, p95 / MICROSECONDS_PER_DAY)
        for code, count, median, p95 in sorted(rows, key=lambda row: (-row[1], words[row[0]]))
    )
