"""A dump says which files belong to it and how many rows it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from todoke.continuity.snapshot import SnapshotContents, read_sqlite

ROWS = """
    CREATE TABLE formbuilder_upload (path TEXT, sha256 TEXT, removed_at TEXT);
    CREATE TABLE cases_letter (file TEXT, sha256 TEXT, made_at TEXT);
    CREATE TABLE cases_case (id INTEGER);
    CREATE TABLE formbuilder_answer (id INTEGER);
    CREATE TABLE audit_entry (id INTEGER);
    INSERT INTO formbuilder_upload VALUES ('photo', 'aa', NULL), ('gone', 'bb', '2026-11-22');
    INSERT INTO cases_letter VALUES ('letter', 'cc', '2026-11-22'), ('draft', 'dd', NULL);
    INSERT INTO cases_case VALUES (1), (2);
    INSERT INTO formbuilder_answer VALUES (1), (2), (3);
"""


def test_files_that_were_removed_or_never_made_do_not_belong_to_it(tmp_path: Path) -> None:
    path = tmp_path / "dump.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(ROWS)
    assert read_sqlite(path) == SnapshotContents({"photo": "aa", "letter": "cc"}, {"案件": 2, "回答": 3, "監査記録": 0})


def test_a_file_that_is_no_dump_is_not_read_as_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        read_sqlite(tmp_path / "nothing.sqlite3")
