"""Export 書き出し: all columns of the inventory under headers that the import recognizes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from todoke.procedures import codes
from todoke.procedures.models import Code, CodedValue, Procedure
from todoke.procedures.survey_columns import CODE, CODES, COLUMNS, DEPARTMENT, NUMBER, Column

CHUNK = 2000
HEADS = [column.header for column in COLUMNS]


def rows(found: "QuerySet[Any, Procedure]") -> Iterator[list[object]]:
    """Yield all columns of every procedure, in the order of the query, in bounded memory."""
    labels = {code.pk: (code.table, code.position, _spelt(code)) for code in Code.objects.all()}
    ids = list(found.values_list("pk", flat=True))
    for at in range(0, len(ids), CHUNK):
        part = ids[at : at + CHUNK]
        chosen = _chosen(part, labels)
        stored = {procedure["pk"]: procedure for procedure in _values(found, part)}
        for pk in part:
            yield [_cell(column, stored[pk], chosen.get(pk, {})) for column in COLUMNS]


def _values(found: "QuerySet[Any, Procedure]", ids: list[int]) -> Any:
    names = [column.name for column in COLUMNS if column.holds not in {CODES, DEPARTMENT}]
    return found.model.objects.filter(pk__in=ids).values("pk", "department__name", *names)


def _spelt(code: Code) -> str:
    return codes.tables()[code.table].label(code.key)


def _chosen(ids: list[int], labels: dict[int, tuple[str, int, str]]) -> dict[int, dict[str, list[tuple[int, str]]]]:
    found: dict[int, dict[str, list[tuple[int, str]]]] = {}
    for procedure, code in CodedValue.objects.filter(procedure__in=ids).values_list("procedure_id", "code_id"):
        table, position, label = labels[code]
        found.setdefault(procedure, {}).setdefault(table, []).append((position, label))
    return found


def _cell(column: Column, stored: dict[str, Any], chosen: dict[str, list[tuple[int, str]]]) -> object:
    if column.holds == CODES:
        return "; ".join(label for _, label in sorted(chosen.get(column.table, [])))
    if column.holds == DEPARTMENT:
        return stored["department__name"] or ""
    if column.holds == CODE:
        return codes.tables()[column.table].label(stored[column.name]) if stored[column.name] else ""
    return stored[column.name] if column.holds == NUMBER or stored[column.name] is not None else ""
