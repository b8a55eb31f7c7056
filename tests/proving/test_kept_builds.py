"""A build begins with the tables that the tests made already, and without them with an empty database."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from todoke.proving.builds.kept_builds import take_tables
from todoke.proving.cluster import Cluster, postgresql_programs


def test_the_tables_of_the_tests_are_what_a_build_begins_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sqlite").write_bytes(b"migrated")
    (place := tmp_path / "installation").mkdir()
    monkeypatch.setenv("TODOKE_PROOF_TABLES", str(tmp_path))
    take_tables("sqlite", place, None)
    assert (place / "todoke.sqlite3").read_bytes() == b"migrated"


def test_a_build_without_such_tables_begins_with_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TODOKE_PROOF_TABLES", raising=False)
    take_tables("sqlite", tmp_path, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(postgresql_programs() is None, reason="PostgreSQL is not installed")
def test_a_dump_is_loaded_whole_or_the_build_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODOKE_PROOF_TABLES", str(tmp_path))
    (dumped := tmp_path / "postgresql").write_text(
        "CREATE TABLE desk (name text);\nINSERT INTO desk VALUES ('窓口');\n"
    )
    cluster = Cluster()
    try:
        cluster.create()
        take_tables("postgresql", tmp_path, cluster)
        with psycopg.connect(cluster.address) as link:
            assert link.execute("SELECT name FROM desk").fetchall() == [("窓口",)]
        dumped.write_text("SELECT no_such_column;\n")
        with pytest.raises(subprocess.CalledProcessError):
            take_tables("postgresql", tmp_path, cluster)
    finally:
        cluster.remove()
