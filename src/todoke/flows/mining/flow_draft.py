"""Drafts from a log 下書き: what a log shows as cells of a step table, and findings of its usual variants only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from todoke.flows.branches import Branch, text_of_branches
from todoke.flows.durations import duration_text
from todoke.flows.mining.discovery import DirectlyFollows, DiscoveryResult
from todoke.flows.step_rows import MAX_ROWS

HOURS_A_DAY = 24
WORK_MINUTES = 480
"""Minutes of waiting that a day of the clock counts, nights and weekends left out."""
Cells = dict[str, str]


def narrowed(findings: DiscoveryResult, most: int | None, rare: float = 0) -> DiscoveryResult:
    """Return findings of the ``most`` frequent variants, without pairs in fewer than ``rare`` (0 to 1) of the cases.

    Times are those of the whole log.
    """
    kept = findings.variants[:most] if most else findings.variants
    cases = sum(each.count for each in kept)
    pairs, seen, starts, ends = Counter[tuple[str, str]](), Counter[str](), Counter[str](), Counter[str]()
    for variant in kept:
        starts[variant.activities[0]] += variant.count
        ends[variant.activities[-1]] += variant.count
        for activity in variant.activities:
            seen[activity] += variant.count
        for pair in pairwise(variant.activities):
            pairs[pair] += variant.count
    arrows = [
        replace(each, count=pairs[each.source, each.target])
        for each in findings.directly_follows
        if pairs[each.source, each.target] and pairs[each.source, each.target] >= rare * cases
    ]
    return replace(
        findings, variants=kept, directly_follows=tuple(sorted(arrows, key=lambda each: -each.count)),
        activities=tuple(seen.most_common()), starts=tuple(starts.most_common()), ends=tuple(ends.most_common()),
    )  # fmt: skip


def draft_cells(findings: DiscoveryResult) -> list[Cells]:
    """Return the cells of a step table: activities in their usual order, ways on by their share, waits by the median.

    At most ``MAX_ROWS`` activities, the most frequent ones.
    """
    order = _usual_order(findings)[:MAX_ROWS]
    number = {name: str(place) for place, name in enumerate(order, 1)}
    ends, cells = dict(findings.ends), list[Cells]()
    for name in order:
        ways = [
            each for each in findings.directly_follows if each.source == name != each.target and each.target in number
        ]
        counts = [(number[each.target], each.count) for each in ways]
        counts += [("終", ends[name])] if name in ends else []
        cells.append({
            "name": name, "party": "担当", "next": _ways_on(counts), "wait": _wait(ways), "basis": "記録から(中央値)",
        })  # fmt: skip
    return cells


def _usual_order(findings: DiscoveryResult) -> list[str]:
    """Return the activities by the mean place at which cases first reach them."""
    places: dict[str, list[int]] = {}
    for variant in findings.variants:
        for name in dict.fromkeys(variant.activities):
            found = places.setdefault(name, [0, 0])
            found[0] += variant.activities.index(name) * variant.count
            found[1] += variant.count
    frequent = sorted(places, key=lambda name: -places[name][1])[:MAX_ROWS]
    return sorted(frequent, key=lambda name: places[name][0] / places[name][1])


def _ways_on(counts: list[tuple[str, int]]) -> str:
    whole = sum(count for _, count in counts)
    if len(counts) <= 1 or not whole:
        return counts[0][0] if counts else "終"
    shares = _percentages([count for _, count in counts])
    ways = [(to, share) for (to, _), share in zip(counts, shares, strict=True) if share]
    if len(ways) == 1:
        return ways[0][0]
    return text_of_branches([Branch("", str(share), to) for to, share in ways])


def _percentages(counts: list[int]) -> list[int]:
    """Return whole per cents of counts that sum to 100, the largest remainders rounded up."""
    exact = [count * 100 / sum(counts) for count in counts]
    found = [int(each) for each in exact]
    most = sorted(range(len(counts)), key=lambda at: found[at] - exact[at])
    for at in most[: 100 - sum(found)]:
        found[at] += 1
    return found


def _wait(ways: Iterable[DirectlyFollows]) -> str:
    """Return the usual time until the next activity, as a working wait; empty where there is none."""
    usual = max(ways, key=lambda each: each.count, default=None)
    if usual is None or usual.median_hours <= 0:
        return ""
    hours = usual.median_hours
    minutes = hours / HOURS_A_DAY * WORK_MINUTES if hours >= HOURS_A_DAY else min(hours * 60, WORK_MINUTES)
    return duration_text(round(minutes))


def checked_cells(said: object) -> list[Mapping[str, str]]:
    """Return cells that a page sent back, with their texts only; empty when they are none."""
    if not isinstance(said, list):
        return []
    rows = [each for each in said[:MAX_ROWS] if isinstance(each, dict)]
    return [{str(name)[:30]: str(value)[:200] for name, value in each.items()} for each in rows]
