"""Row digests 行の要約: which rows of an installation changed between two moments."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

NOT_ABOUT_A_PERSONS_MATTER = {
    "accounts_ratelimitcounter": "tries are counted",
    "audit_entry": "refusals are kept in the trail",
    "django_session": "a session of whoever asks",
    "insights_useevent": "a visit is counted without a person",
}
Digests = dict[str, dict[str, int]]


class RowChange(NamedTuple):
    """A row that was added, altered or removed (変わった行)."""

    kind: str
    table: str
    row: str


def digests() -> Digests:
    """Return a hash of every row of every table, by table and first column."""
    found: Digests = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in NOT_ABOUT_A_PERSONS_MATTER:
                continue
            plain = cursor.cursor
            plain.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            found[table] = {str(row[0]): _hash(row) for row in plain}
    return found


def _hash(row: tuple[object, ...]) -> int:
    try:
        return hash(row)
    except TypeError:
        return hash(repr(row))


def changes(before: Digests, after: Digests) -> list[RowChange]:
    """Return what differs between two digests."""
    return [change for table in after for change in _changes(table, before.get(table, {}), after[table])]


def _changes(table: str, before: dict[str, int], after: dict[str, int]) -> Iterable[RowChange]:
    yield from (RowChange("added", table, row) for row in after.keys() - before.keys())
    yield from (RowChange("removed", table, row) for row in before.keys() - after.keys())
    yield from (RowChange("altered", table, row) for row in after.keys() & before.keys() if after[row] != before[row])


def last_write() -> str:
    """Return a mark that differs once another connection has written something."""
    asked = "PRAGMA data_version" if connection.vendor == "sqlite" else "SELECT pg_snapshot_xmax(pg_current_snapshot())"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return str(cursor.fetchone())
