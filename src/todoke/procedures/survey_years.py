"""Survey years 年度の比較: compares two editions of the survey, with replaced choices mapped to their successors."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import CharField, Func, Q, QuerySet, Sum

from todoke.procedures import codes, survey_columns
from todoke.procedures.imports.row_parser import ParsedRow, RowParser
from todoke.procedures.models import Volume
from todoke.procedures.survey_columns import CODE, Column
from todoke.spreadsheets.reader import open_sheet

Values = dict[str, Any]


@dataclass
class YearComparison:
    """比較: new and removed procedures, changed rows, changes by column, and replaced choices."""

    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    common: int = 0
    changed_rows: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    carried_over: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def compare(old: Path, new: Path) -> YearComparison:
    """Return the comparison of two survey files of any edition by national id (手続ID). Raises UnreadableFile."""
    before, shared_before = _read(old)
    after, shared_after = _read(new)
    shared = [column for column in survey_columns.SURVEY_COLUMNS if column.name in shared_before & shared_after]
    found = YearComparison(
        new=sorted(after.keys() - before.keys()), gone=sorted(before.keys() - after.keys()),
        common=len(before.keys() & after.keys()),
    )  # fmt: skip
    for key in before.keys() & after.keys():
        differing = [c for c in shared if _differs(found, c, before[key][c.name], after[key][c.name])]
        found.changed_rows += bool(differing)
    return found


def _differs(found: YearComparison, column: Column, old: Any, new: Any) -> bool:
    """Count and return whether a cell changed; a replaced choice counts as carried over."""
    if old == new:
        return False
    if column.holds == CODE and successor(column.table, old) == new:
        found.carried_over[column.header] += 1
        return False
    found.changed[column.header] += 1
    if column.holds == CODE:
        table = codes.tables()[column.table]
        found.moves[column.header, table.label(old) if old else "(空)", table.label(new) if new else "(空)"] += 1
    return True


def successor(table: str, key: str) -> str:
    """Return the key in the newest edition: the key itself, or the one that replaced it."""
    row = next((row for row in codes.tables()[table].rows if row.key == key), None)
    return row.replaced_by if row and row.replaced_by else key


def _read(path: Path) -> tuple[dict[str, Values], set[str]]:
    sheet = open_sheet(path, survey_columns.WANTED)
    mapping = survey_columns.map_headers(sheet.headers)
    parser = RowParser(mapping, learn=False)
    rows = (parser.parse(line, cells) for line, cells in sheet.rows)
    return {
        str(row.values["national_id"]): _values(row) for row in rows if row.values.get("national_id")
    }, mapping.names


def _values(row: ParsedRow) -> Values:
    whole: Values = {column.name: None for column in survey_columns.SURVEY_COLUMNS}
    return whole | {c.name: frozenset() for c in survey_columns.CODES_COLUMNS} | row.values | row.chosen


@dataclass(frozen=True)
class RenamedChoice:
    """表記の対応: the labels of one choice by edition, and the label of its successor."""

    table: str
    key: str
    labels: tuple[str, ...]
    successor: str


def renamed_choices() -> list[RenamedChoice]:
    """Return the choices whose label differs between editions, or that ended."""
    return [
        RenamedChoice(table.name, row.key, tuple(row.labels[e] or "(なくなった)" for e in codes.EDITIONS),
                table.label(row.replaced_by) if row.replaced_by else "")
        for table in codes.tables().values()
        for row in table.rows
        if len(set(row.labels.values())) > 1
    ]  # fmt: skip


def last_periods(most: int = 2) -> list[tuple[date, date]]:
    """Return first and last day of the last counted periods, the earliest first."""
    return sorted(Volume.objects.values_list("starts_on", "ends_on").distinct().order_by("-starts_on")[:most])


def _or_literal(path: str, otherwise: str) -> Func:
    """Return a column, or a literal where it is empty: PostgreSQL groups by an expression without parameters only."""
    return Func(path, template=f"COALESCE(%(expressions)s, '{otherwise}')", output_field=CharField())


def volumes_by_department(periods: list[tuple[date, date]]) -> QuerySet[Volume, Any]:
    """Return by department its ``code`` and ``name``, and ``total_n`` and ``online_n`` of the n-th period.

    An empty count is unknown; procedures without a department stand together under the code "".
    """
    sums = {
        f"{name}_{n}": Sum(name, filter=Q(starts_on=start))
        for n, (start, _) in enumerate(periods) for name in ("total", "online")
    }  # fmt: skip
    return (
        Volume.objects.filter(starts_on__in=[start for start, _ in periods])
        .values(
            code=_or_literal("procedure__department__code", ""),
            name=_or_literal("procedure__department__name", "未定"),
        )
        .annotate(**sums)
    )
