"""A first start makes its tables at once, and they are those that the whole history of migrations makes."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from tests import provisions
from tests.runtime.schema_description import Description, of_postgresql, of_sqlite, parts
from todoke.runtime.database import fresh_schema, schema_upgrade

ROOT = Path(__file__).resolve().parents[2]
OTHER = "CREATE TABLE of_somebody_else (id integer)"


def migrated(var: Path, address: str = "") -> None:
    environment = {**os.environ, "TODOKE_VAR": str(var), "TODOKE_DATABASE": address, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "todoke", "migrate", "-v", "0"], check=True, env=environment, cwd=ROOT)


def without_the_other(found: Description) -> Description:
    return {
        key: [line for line in lines if "of_somebody_else" not in line]
        for key, lines in found.items()
        if "of_somebody_else" not in key
    }


def operations(given: Sequence[Operation]) -> list[Operation]:
    return [
        each
        for one in given
        for each in (operations(one.database_operations) if isinstance(one, SeparateDatabaseAndState) else [one])
    ]


@pytest.mark.sqlite
def test_a_step_that_no_model_says_runs_code_or_sql_and_nothing_else() -> None:
    """Another kind would have to be thought about: before or after the tables of an empty database?"""
    history = MigrationLoader(None).disk_migrations.values()
    steps = [step for migration in history for step in operations(migration.operations)]
    beside = [step for step in steps if not isinstance(step, fresh_schema.SAID_BY_MODELS)]
    assert beside
    assert {type(step) for step in beside} <= {RunPython, RunSQL}


@pytest.mark.django_db
def test_a_database_that_holds_tables_is_left_to_its_history() -> None:
    assert not fresh_schema.is_empty()


@pytest.mark.django_db
def test_an_installation_that_applied_what_one_migration_replaces_has_nothing_to_do() -> None:
    recorder, replacing = MigrationRecorder(connection), MigrationLoader(connection).replacements
    assert replacing
    for app, name in replacing:
        recorder.record_unapplied(app, name)
    executor = MigrationExecutor(connection)
    assert schema_upgrade.pending(executor) == []
    assert set(schema_upgrade.state_of(executor).models) == set(executor.loader.project_state().models)


def test_a_definition_is_taken_apart_at_its_own_commas_alone() -> None:
    written = """ "id" integer, "a" text DEFAULT ',(', CHECK ("a" IN ('x', 'y')), UNIQUE ("id", "a") """
    assert list(parts(written)) == [
        '"id" integer', "\"a\" text DEFAULT ',('", "CHECK (\"a\" IN ('x', 'y'))", 'UNIQUE ("id", "a")',
    ]  # fmt: skip


@pytest.mark.nightly
@pytest.mark.sqlite
def test_both_ways_end_at_the_same_tables_and_rows_on_sqlite(tmp_path: Path) -> None:
    files = [tmp_path / name / "todoke.sqlite3" for name in ("at_once", "step_by_step")]
    for file in files:
        file.parent.mkdir()
    with sqlite3.connect(files[1]) as link:
        link.execute(OTHER)
    link.close()
    for file in files:
        migrated(file.parent)
    at_once, step_by_step = (without_the_other(of_sqlite(file)) for file in files)
    assert len(at_once) > 400
    assert at_once == step_by_step


@pytest.mark.nightly
@pytest.mark.sqlite
def test_both_ways_end_at_the_same_tables_and_rows_on_postgresql(tmp_path: Path) -> None:
    with provisions.postgresql() as address:
        addresses = [address.rsplit("/", 1)[0] + f"/{name}" for name in ("at_once", "step_by_step")]
        with psycopg.connect(address, autocommit=True) as link:
            for name in ("at_once", "step_by_step"):
                link.execute(f"CREATE DATABASE {name}".encode())
        with psycopg.connect(addresses[1]) as link:
            link.execute(OTHER.encode())
        for each in addresses:
            migrated(tmp_path, each)
        at_once, step_by_step = (without_the_other(of_postgresql(each)) for each in addresses)
    assert len(at_once) > 400
    assert at_once == step_by_step
