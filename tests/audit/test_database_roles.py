"""On PostgreSQL with the shipped roles, the application's own password is not enough to cut the audit."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from todoke.proving.cluster import Cluster, postgresql_programs

SQL = settings.ROOT / "deploy" / "postgresql"
ATTEMPTS = (
    "UPDATE audit_entry SET act = 'すり替え'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry CASCADE",
    "TRUNCATE audit_dataexport",
    "DROP TRIGGER audit_dataexport_append_only ON audit_dataexport",
    "DROP TRIGGER audit_entry_append_only ON audit_entry",
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "ALTER TABLE audit_entry RENAME TO elsewhere",
    "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER audit_entry_silent BEFORE INSERT ON audit_entry EXECUTE FUNCTION audit_entry_refuse()",
    "DROP TABLE audit_entry CASCADE",
    "DROP SCHEMA public CASCADE",
    "SET ROLE todoke_owner",
    "SET session_replication_role = replica",
    "GRANT todoke_owner TO todoke",
)
ENTRY = (
    "from todoke.accounts.actors import Guest; from todoke.audit import log; log.record('case/1', '受付', by=Guest())"
)
PROBE = (
    "from django.db import connection; from todoke.continuity.checks import database as d;"
    "from todoke.audit import checkpoints; from pathlib import Path; import tempfile;"
    "print(d.privileges().state.name, d.audit_triggers().state.name);"
    "checkpoints.write(Path(tempfile.mkdtemp()) / 'checkpoints.jsonl')"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgresql_programs() is None, reason="no PostgreSQL server on this machine"),
]


def address(cluster: Cluster, role: str) -> str:
    return f"postgresql://{role}@127.0.0.1:{cluster.port}/todoke"


def todoke(cluster: Cluster, role: str, *arguments: str) -> str:
    environment = {**os.environ, "TODOKE_DATABASE": address(cluster, role)}
    command = [sys.executable, "-m", "todoke", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A database set up as docs/how-to/deploy.md says: roles, owner, and tables made by the owner."""
    made = Cluster()
    try:
        made.create()
        with psycopg.connect(made.address, autocommit=True) as bootstrap:
            bootstrap.execute("CREATE ROLE chief SUPERUSER LOGIN")
        with psycopg.connect(made.address.replace("todoke@", "chief@"), autocommit=True) as chief:
            chief.execute("ALTER ROLE todoke RENAME TO bootstrap")
            chief.execute("CREATE DATABASE todoke")
        for name in ("roles.sql", "owner.sql", "owner.sql"):
            psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", address(made, "chief"), "-f", str(SQL / name)]
            subprocess.run(psql, check=True)
        todoke(made, "todoke_owner", "migrate", "audit", "-v", "0")
        todoke(made, "todoke", "shell", "--no-imports", "-c", ENTRY)
        yield made
    finally:
        made.remove()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_application_cannot_cut_the_audit(cluster: Cluster, attempt: str) -> None:
    with psycopg.connect(address(cluster, "todoke"), autocommit=True) as app:
        with pytest.raises(psycopg.DatabaseError):
            app.execute(attempt)
        assert app.execute("SELECT act FROM audit_entry").fetchall() == [("受付",)]


def test_its_owner_could_which_is_why_the_application_is_not_the_owner(cluster: Cluster) -> None:
    with psycopg.connect(address(cluster, "todoke_owner")) as owner:
        with pytest.raises(psycopg.DatabaseError, match="append-only"), owner.transaction():
            owner.execute("TRUNCATE audit_entry CASCADE")
        owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        assert owner.execute("DELETE FROM audit_entry").rowcount == 1
        owner.rollback()


@pytest.mark.parametrize(
    ("role", "state"), [("todoke", "OK OK"), ("todoke_owner", "CRITICAL OK"), ("chief", "CRITICAL OK")]
)
def test_doctor_names_a_role_that_could_cut_the_audit(cluster: Cluster, role: str, state: str) -> None:
    assert state in todoke(cluster, role, "shell", "--no-imports", "-c", PROBE)
