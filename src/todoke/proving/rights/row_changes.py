"""Row changes 行の変化: which rows of an installation changed between two moments."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

NOT_ABOUT_A_PERSONS_MATTER = {
    "accounts_ratelimitcounter": "tries are counted",
    "audit_entry": "refusals are kept in the trail",
    "django_session": "a session of whoever asks",
    "insights_useevent": "a visit is counted without a person",
}
Rows = dict[str, list[tuple[object, ...]]]
"""Every row of every table, in the order in which the database gives them."""


class RowChange(NamedTuple):
    """A row that was added, altered or removed (変わった行)."""

    kind: str
    table: str
    row: str


def all_rows() -> Rows:
    """Return every row of every table that may be about a person's matter."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in NOT_ABOUT_A_PERSONS_MATTER:
                continue
            plain = cursor.cursor
            plain.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            found[table] = plain.fetchall()
    return found


def changes(before: Rows, after: Rows) -> list[RowChange]:
    """Return what differs between two moments; tables that are the same are not read row by row."""
    changed = [table for table in after if after[table] != before.get(table, [])]
    return [change for table in changed for change in _changes(table, before.get(table, []), after[table])]


def _changes(table: str, rows: list[tuple[object, ...]], rows_after: list[tuple[object, ...]]) -> Iterable[RowChange]:
    before, after = ({str(row[0]): row for row in each} for each in (rows, rows_after))
    yield from (RowChange("added", table, row) for row in after.keys() - before.keys())
    yield from (RowChange("removed", table, row) for row in before.keys() - after.keys())
    yield from (RowChange("altered", table, row) for row in after.keys() & before.keys() if after[row] != before[row])


def last_write() -> str:
    """Return a mark that differs once another connection has written something."""
    asked = "PRAGMA data_version" if connection.vendor == "sqlite" else "SELECT pg_snapshot_xmax(pg_current_snapshot())"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return str(cursor.fetchone())
