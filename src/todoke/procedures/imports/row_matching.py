"""Row matching 突合: matches rows of a file with procedures of the inventory, in batches."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from todoke.procedures.imports.row_parser import ParsedRow
from todoke.procedures.models import Code, CodedValue, Procedure
from todoke.procedures.survey_columns import CODES_COLUMNS, FIELD_COLUMNS

ATTRIBUTES = tuple("department_id" if column.name == "department" else column.name for column in FIELD_COLUMNS)
LABELS = dict(zip(ATTRIBUTES, (column.header for column in FIELD_COLUMNS), strict=True)) | {
    column.name: column.header for column in CODES_COLUMNS
}


@dataclass
class StoredProcedure:
    """The stored values of one procedure."""

    pk: int
    number: str
    version: int
    values: dict[str, Any]
    chosen: dict[str, frozenset[int]] = field(default_factory=dict)


@dataclass
class RowMatch:
    """A row, its procedure (None if new), and the values and codes that differ."""

    row: ParsedRow
    known: StoredProcedure | None
    values: dict[str, Any] = field(default_factory=dict)
    chosen: dict[str, frozenset[int]] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether any cell differs."""
        return bool(self.values or self.chosen)


@dataclass
class RowIndex:
    """The procedures that a batch of rows may refer to, by each identifying key."""

    by_number: dict[str, StoredProcedure]
    by_national_id: dict[str, StoredProcedure]
    by_title: dict[tuple[str, str, str], StoredProcedure]


def identity_key(row: ParsedRow) -> tuple[str, ...]:
    """Return the key that identifies the procedure of a row: number, national id, or title with law and article."""
    if row.number:
        return ("number", row.number)
    if row.values.get("national_id"):
        return ("national", row.values["national_id"])
    return ("title", *_title_key(row.values))


def match_rows(rows: list[ParsedRow], table_of: dict[int, str]) -> list[RowMatch]:
    """Return the matches of rows, in at most four queries for any number of rows."""
    index = _row_index(rows, table_of)
    pairs = []
    for row in rows:
        known = _find(row, index)
        pair = RowMatch(row, known)
        if known:
            pair.values = {name: value for name, value in row.values.items() if known.values[name] != value}
            pair.chosen = {
                table: chosen for table, chosen in row.chosen.items() if known.chosen.get(table, frozenset()) != chosen
            }
        pairs.append(pair)
    return pairs


def stored(ids: list[int], table_of: dict[int, str]) -> dict[int, StoredProcedure]:
    """Return procedures with their codes by id, in two queries."""
    found = _fetch(Procedure.objects.filter(pk__in=ids))
    _add_codes(found, table_of)
    return {known.pk: known for known in found}


def tables_by_code() -> dict[int, str]:
    """Return the table of every code, by the code's id."""
    return dict(Code.objects.values_list("pk", "table"))


def _title_key(values: dict[str, Any]) -> tuple[str, str, str]:
    return (values.get("title") or "", values.get("law") or "", values.get("article") or "")


def _find(row: ParsedRow, index: RowIndex) -> StoredProcedure | None:
    if row.number:
        return index.by_number.get(row.number)
    if national_id := row.values.get("national_id"):
        return index.by_national_id.get(national_id)
    return index.by_title.get(_title_key(row.values))


def _row_index(rows: list[ParsedRow], table_of: dict[int, str]) -> RowIndex:
    numbers = {row.number for row in rows if row.number}
    ids = {row.values["national_id"] for row in rows if not row.number and row.values.get("national_id")}
    titles = {row.values.get("title") for row in rows if identity_key(row)[0] == "title"}
    found = [
        *(_fetch(Procedure.objects.filter(number__in=numbers)) if numbers else ()),
        *(_fetch(Procedure.objects.filter(national_id__in=ids)) if ids else ()),
        *(_fetch(Procedure.objects.filter(title__in=titles, national_id=None)) if titles else ()),
    ]
    _add_codes(found, table_of)
    return RowIndex(
        {known.number: known for known in found},
        {known.values["national_id"]: known for known in found if known.values["national_id"]},
        {_title_key(known.values): known for known in found if not known.values["national_id"]},
    )


def _fetch(procedures: QuerySet[Procedure]) -> list[StoredProcedure]:
    rows = procedures.values_list("pk", "number", "version", *ATTRIBUTES)
    return [
        StoredProcedure(pk, number, version, dict(zip(ATTRIBUTES, rest, strict=True)))
        for pk, number, version, *rest in rows
    ]


def _add_codes(found: list[StoredProcedure], table_of: dict[int, str]) -> None:
    if not found:
        return
    by_pk: dict[int, dict[str, set[int]]] = {known.pk: {} for known in found}
    for procedure, code in CodedValue.objects.filter(procedure__in=list(by_pk)).values_list("procedure_id", "code_id"):
        by_pk[procedure].setdefault(table_of[code], set()).add(code)
    for known in found:
        known.chosen = {table: frozenset(chosen) for table, chosen in by_pk[known.pk].items()}
