"""Study analysis 検証の計算: a table of units read by a frozen plan, and what may be said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.insights.evidence.estimators import (
    Estimate,
    NotComparable,
    Window,
    before_after,
    difference_in_differences,
    in_words,
    share_difference,
)
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import Table, read_table

UNIT = ("単位", "市区町村", "市区町村名", "自治体", "部署", "施設")
WANTED = (Headings((UNIT,)),)
LIMITS = ReadLimits(seconds=30, megabytes=600)
MOST_UNITS = 20_000
HOW = "見出しは「単位」と、値の日(例 2021-02-01)にしてください。割合の差では「単位」「件数」「人数」です。"


@dataclass(frozen=True)
class StudyFigures:
    """検証の数値: what is kept of a calculation, what it means in words, whether a difference may be claimed."""

    figures: dict[str, Any]
    words: str
    is_shown: bool


@dataclass(frozen=True)
class StudyTable:
    """検証の表: a value of each unit by day, or its count and its people."""

    by_day: dict[date, dict[str, float]]
    counts: dict[str, tuple[int, int]]


def read_study_table(content: bytes) -> StudyTable:
    """Return the values of a file of units, read in a limited process. Raises Unreadable."""
    return study_table(read_within(LIMITS, read_table, content, WANTED, most=MOST_UNITS))


def study_table(table: Table) -> StudyTable:
    """Return the values of a table whose columns are a unit and days, or a unit, 件数 and 人数. Raises Unreadable."""
    days = {head: day for head in table.heads if head not in UNIT and (day := parse_cell_date(head)) is not None}
    by_day: dict[date, dict[str, float]] = {day: {} for day in days.values()}
    counts: dict[str, tuple[int, int]] = {}
    for number, row in table.records():
        unit = next((row[name] for name in UNIT if row.get(name)), "")
        if not unit:
            continue
        for head, day in days.items():
            if row[head]:
                by_day[day][unit] = _value(row[head], number, head)
        count, people = parse_integer(row.get("件数", "")), parse_integer(row.get("人数", ""))
        if count is not None and people is not None:
            counts[unit] = (count, people)
    if not days and not counts:
        raise Unreadable(f"値の列が見つかりません。{HOW}")
    return StudyTable(by_day, counts)


def _value(written: str, number: int, head: str) -> float:
    try:
        return float(written.replace(",", "").removesuffix("%"))
    except ValueError as wrong:
        said = f"{number}行目の「{head}」の値「{written[:20]}」は数ではありません。値がないときは空欄にしてください。"
        raise Unreadable(said) from wrong


def analyse(plan: Mapping[str, Any], table: StudyTable) -> StudyFigures:
    """Return what a plan's design finds in a table. Raises Unreadable, which names what the table lacks."""
    treated = _lines(plan["treated"])
    excluded = {line.split(":")[0].split("\uff1a")[0].strip() for line in _lines(plan["excluded"])}
    try:
        if plan["design"] == "two_groups":
            return _of_shares(plan, table, treated, excluded)
        return _of_windows(plan, table, treated, excluded)
    except NotComparable as wrong:
        raise Unreadable(str(wrong)) from wrong


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _of_shares(plan: Mapping[str, Any], table: StudyTable, treated: Sequence[str], excluded: set[str]) -> StudyFigures:
    kept = {unit: pair for unit, pair in table.counts.items() if unit not in excluded}
    _require_units(treated, kept)
    inside = [pair for unit, pair in kept.items() if unit in treated]
    outside = [pair for unit, pair in kept.items() if unit not in treated]
    if not outside:
        raise NotComparable("比べる相手の行がありません。")
    found = share_difference(_sum(inside), _sum(outside))
    return _figures(plan, found, [], [])


def _sum(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(count for count, _ in pairs), sum(people for _, people in pairs)


def _of_windows(plan: Mapping[str, Any], table: StudyTable, treated: Sequence[str], excluded: set[str]) -> StudyFigures:
    days = {day: {u: v for u, v in values.items() if u not in excluded} for day, values in table.by_day.items()}
    before, after = (date.fromisoformat(plan[name]) for name in ("before_on", "after_on"))
    missing = [day.isoformat() for day in (before, after) if day not in days]
    if missing:
        raise Unreadable(f"計画で決めた日の列がありません: {'、'.join(missing)}。{HOW}")
    _require_units(treated, days[before].keys() & days[after].keys())
    window = Window(days[before], days[after], plan["denominator_before"], plan["denominator_after"])
    points = sorted(days)
    series = [("取組のあった単位", [_mean(days[day], treated, inside=True) for day in points])]
    if plan["design"] == "before_after":
        first, last = ({u: v for u, v in days[day].items() if u in treated} for day in (before, after))
        found = before_after(Window(first, last))
    else:
        found = difference_in_differences(window, treated, _earlier(days, before, after))
        series.append(("比べる相手", [_mean(days[day], treated, inside=False) for day in points]))
    return _figures(plan, found, [day.isoformat() for day in points], series)


def _require_units(treated: Sequence[str], known: Any) -> None:
    gone = [unit for unit in treated if unit not in known]
    if gone:
        raise Unreadable(
            f"取組のあった単位「{'」「'.join(gone[:5])}」の値が、表にありません。計画の言葉と揃えてください。"
        )


def _earlier(days: Mapping[date, Mapping[str, float]], before: date, after: date) -> list[Window]:
    """Return the windows of equal length before the first day, newest first, as far back as there are columns."""
    months = (after.year - before.year) * 12 + after.month - before.month
    found, end = list[Window](), before
    while months > 0:
        month = end.year * 12 + end.month - 1 - months
        start = next((d for d in days if (d.year * 12 + d.month - 1, d.day) == (month, end.day)), None)
        if start is None:
            break
        found.append(Window(days[start], days[end]))
        end = start
    return found


def _mean(values: Mapping[str, float], treated: Sequence[str], *, inside: bool) -> float | None:
    chosen = [value for unit, value in values.items() if (unit in treated) == inside]
    return round(fmean(chosen), 3) if chosen else None


def _figures(
    plan: Mapping[str, Any], found: Estimate, points: list[str], series: Sequence[tuple[str, list[float | None]]]
) -> StudyFigures:
    smallest = float(plan["smallest"] or 0)
    words = in_words(found, treated=_who(plan), others=plan["compared"], unit=plan["change_unit"])
    if found.detectable > smallest:
        words += f"このデータで見つけられる差は{found.detectable:.2f}{plan['change_unit']}以上で、"
        words += f"意味のある最も小さい差{smallest:g}{plan['change_unit']}を確かめるには足りません。"
    figures = {
        "design": found.design, "difference": found.difference, "low": found.low, "high": found.high,
        "half_width": found.half_width, "units": found.units, "rank": found.rank, "earlier": list(found.earlier),
        "detectable": found.detectable, "cannot_show": found.cannot_show, "points": points,
        "series": [[name, values] for name, values in series],
    }  # fmt: skip
    return StudyFigures(figures, words, found.shown)


def _who(plan: Mapping[str, Any]) -> str:
    units = _lines(plan["treated"])
    return units[0] if len(units) == 1 else f"取組のあった{len(units)}単位"
