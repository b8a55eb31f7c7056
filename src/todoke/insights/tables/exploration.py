"""Exploration 表を見る: the groups of a table that a question asks for; of people never fewer than five."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from todoke.disclosure_control.small_cells import LEAST, NotPublishable, suppress, suppress_row
from todoke.insights.tables.chart_question import ChartFilter, ChartQuestion, Drawing, Figure
from todoke.japanese.days import parse_cell_date
from todoke.lazy_modules import pl
from todoke.runtime.refusals import Refused, Unreadable

MOST_GROUPS, MOST_SERIES = 60, 12
MOST_OF_PEOPLE = 30
NOTHING = "(空欄)"
ONE = ""
MERGED = "そのほか(人数の少ない区分)"
TOO_FEW = (
    f"この条件では{LEAST}人未満になるか、除いた人が{LEAST}人未満になるため、表示できません。"
    "条件を減らすか、広げてください。"
)
TOO_FINE = "区分が細かく、どこを伏せても個人が分かります。項目を減らすか、大きな区分の項目を選んでください。"


@dataclass(frozen=True)
class Exploration:
    """見た結果: points, series by name with a value or None at each point, hidden cells, and what it says."""

    points: list[str]
    series: list[tuple[str, list[float | None]]]
    hidden: frozenset[tuple[int, int]]
    rows: int
    left_out: int
    unit: str

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """The values as rows of a table; x where one is hidden."""
        return [(point, [self._cell(at, n) for n in range(len(self.series))]) for at, point in enumerate(self.points)]

    def _cell(self, at: int, n: int) -> str:
        if (at, n) in self.hidden:
            return "x"
        value = self.series[n][1][at]
        return "データなし" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".") + self.unit

    @property
    def bar_rows(self) -> list[tuple[str, float | None]]:
        """Label and value of the first series."""
        return list(zip(self.points, self.series[0][1] if self.series else [], strict=True))

    def sentence(self, *, over_time: bool) -> str:
        """Return in one sentence what the picture shows."""
        if not self.series or not any(value is not None for _, values in self.series for value in values):
            return "この条件に当てはまる値はありません。"
        if over_time:
            return self._newest()
        known = [
            (value, point, name)
            for name, values in self.series
            for point, value in zip(self.points, values, strict=True)
            if value is not None
        ]
        (most, at, which), (least, low, other) = max(known), min(known)
        ends = [f"最大は{_label(at, which)}の{_said(most)}{self.unit}"]
        if least != most:
            ends.append(f"最小は{_label(low, other)}の{_said(least)}{self.unit}")
        return "、".join(ends) + "です。"

    def _newest(self) -> str:
        told = []
        for name, values in self.series[:3]:
            known = [(at, value) for at, value in enumerate(values) if value is not None]
            if not known:
                continue
            at, value = known[-1]
            before = values[at - 12] if at >= 12 and len(self.points[at]) == 7 else None
            words = f"{_label(self.points[at], name)}は{_said(value)}{self.unit}"
            if before is not None:
                words += f"(前年同月より{value - before:+,.1f}{self.unit.replace('%', 'ポイント')})"
            told.append(words)
        gaps = sum(value is None for _, values in self.series for value in values)
        return "、".join(told) + "です。" + (f"値のない時点が{gaps}あり、線を切っています。" if gaps else "")


def _label(point: str, name: str) -> str:
    return f"{point}・{name}" if name else point


def _said(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def explore(
    frame: pl.DataFrame, asked: ChartQuestion, kinds: Mapping[str, str], *, people: bool = False
) -> Exploration:
    """Return the groups of a question. Raises Refused where fewer than five people would be recognised, Unreadable."""
    key = next((name for name, kind in kinds.items() if kind == "key"), "")
    chosen = frame.filter(*(_condition(each, frame.schema[each.column]) for each in asked.filters))
    if people and asked.filters:
        _require_people(frame, chosen, key)
    by = _group(asked.by, frame, asked.step).alias("by")
    also = _group(asked.also, frame, asked.step).alias("also") if asked.also else pl.lit(ONE).alias("also")
    counted = pl.col(key).n_unique() if people and key else pl.len()
    if people and asked.also:
        by = by if kinds[asked.by] == "day" else _merged(chosen, by, counted)
        also = _merged(chosen, also, counted)
    groups = chosen.group_by(by, also).agg(_figure(asked).alias("value"), counted.alias("people"))
    points, left = _points(groups, kinds.get(asked.by) == "day", asked.step, MOST_OF_PEOPLE if people else MOST_GROUPS)
    names, more = _names(groups)
    cells = {(row["by"], row["also"]): row for row in groups.iter_rows(named=True)}
    hidden = _hidden([[_people(cells, p, n) for n in names] for p in points]) if people else frozenset()
    series = [
        (name, [None if (at, n) in hidden else _value(cells, point, name) for at, point in enumerate(points)])
        for n, name in enumerate(names)
    ]
    return Exploration(points, series, hidden, chosen.height, left + more, asked.unit)


def _require_people(frame: pl.DataFrame, chosen: pl.DataFrame, key: str) -> None:
    every, kept = (part[key].n_unique() if key else part.height for part in (frame, chosen))
    if kept < LEAST or 0 < every - kept < LEAST:
        raise Refused(TOO_FEW)


def _condition(each: ChartFilter, kind: Any) -> pl.Expr:
    column = pl.col(each.column)
    if each.operator == "has" or kind == pl.String:
        text = column.cast(pl.String)
        tests: dict[str, pl.Expr] = {"is": text == each.value, "has": text.str.contains(each.value, literal=True),
                 "from": text >= each.value, "to": text <= each.value}  # fmt: skip
        return tests[each.operator]
    typed: Any = _day(each.value) if kind == pl.Date else _number(each.value)
    compared: dict[str, pl.Expr] = {"is": column == typed, "from": column >= typed, "to": column <= typed}
    return compared[each.operator]


def _day(text: str) -> date:
    day = parse_cell_date(text)
    if day is None:
        raise Unreadable(f"条件の「{text[:20]}」は日付ではありません。2026-04-01 のように書いてください。")
    return day


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError as wrong:
        raise Unreadable(f"条件の「{text[:20]}」は数ではありません。") from wrong


def _group(name: str, frame: pl.DataFrame, step: str) -> pl.Expr:
    column = pl.col(name)
    if frame.schema[name] != pl.Date:
        return column.cast(pl.String).fill_null(NOTHING)
    if step == "year":
        year = column.dt.year() - (column.dt.month() < 4).cast(pl.Int32)
        return (year.cast(pl.String) + "年度").fill_null(NOTHING)
    return column.dt.strftime("%Y-%m" if step == "month" else "%Y-%m-%d").fill_null(NOTHING)


def _merged(chosen: pl.DataFrame, label: pl.Expr, counted: pl.Expr) -> pl.Expr:
    """Return the label with small groups of people put together, so that no sum tells of fewer than five."""
    groups = chosen.group_by(label.alias("label")).agg(counted.alias("people")).sort("people", "label")
    small: list[str] = []
    people = 0
    for name, n in groups.iter_rows():
        if n >= LEAST and (not small or people >= LEAST):
            break
        small, people = [*small, name], people + n
    if not small:
        return label
    whole = label.meta.output_name()
    return pl.when(label.is_in(small)).then(pl.lit(MERGED)).otherwise(label).alias(whole)


def _figure(asked: ChartQuestion) -> pl.Expr:
    if asked.figure is Figure.COUNT:
        return pl.len().cast(pl.Float64)
    of = pl.col(asked.of)
    if asked.figure is Figure.RATE:
        whole = pl.col(asked.over).filter(of.is_not_null()).sum()
        return pl.when(whole > 0).then(of.filter(pl.col(asked.over).is_not_null()).sum() / whole * 100)
    figures = {Figure.SUM: of.sum(), Figure.MEAN: of.mean(), Figure.MEDIAN: of.median()}
    return pl.when(of.count() > 0).then(figures[asked.figure])


def _points(groups: pl.DataFrame, is_day: bool, step: str, most: int) -> tuple[list[str], int]:
    """Return the labels of the first grouping: all months of a span, else the largest groups; and how many are left."""
    if is_day:
        found = sorted(set(groups["by"].to_list()) - {NOTHING})
        points = _months(found) if step == "month" and found else found
        return points[-most:], max(0, len(points) - most)
    ordered = groups.group_by("by").agg(pl.col("value").sum()).sort("value", "by", descending=[True, False])
    return ordered["by"].to_list()[:most], max(0, ordered.height - most)


def _months(found: list[str]) -> list[str]:
    """Return every month from the first to the last, so that a missing one shows as a gap."""
    first, last = (int(label[:4]) * 12 + int(label[5:]) - 1 for label in (found[0], found[-1]))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def _names(groups: pl.DataFrame) -> tuple[list[str], int]:
    ordered = groups.group_by("also").agg(pl.col("value").sum()).sort("value", "also", descending=[True, False])
    return ordered["also"].to_list()[:MOST_SERIES], max(0, ordered.height - MOST_SERIES)


def _people(cells: Mapping[tuple[str, str], Mapping[str, Any]], point: str, name: str) -> int:
    found = cells.get((point, name))
    return int(found["people"]) if found else 0


def _value(cells: Mapping[tuple[str, str], Mapping[str, Any]], point: str, name: str) -> float | None:
    found = cells.get((point, name))
    value = found["value"] if found else None
    return None if value is None else round(float(value), 4)


def _hidden(counts: list[list[int]]) -> frozenset[tuple[int, int]]:
    """Return the cells of people that are hidden. Raises Refused where no choice of cells is safe."""
    try:
        if counts and len(counts[0]) == 1:
            found = suppress_row([row[0] for row in counts])
            return frozenset((at, 0) for _, at in found.hidden)
        table = suppress(counts) if counts else None
    except NotPublishable as wrong:
        raise Refused(TOO_FINE) from wrong
    if table is not None and not table.publishable:
        raise Refused(TOO_FINE)
    return table.hidden if table else frozenset()


def over_time(asked: ChartQuestion, kinds: Mapping[str, str]) -> bool:
    """Whether the first grouping is time, so that lines may be drawn."""
    return kinds.get(asked.by) == "day" and asked.drawing in {Drawing.LINES, Drawing.MULTIPLES, Drawing.TABLE}
