"""What every test stands on."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import DataError, connection
from django.db.models import CharField
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from tests.cast import database_template, query_shapes
from tests.cast.collection import comes_first, differs_on_postgresql
from tests.cast.providers import Simulator, running_simulator
from todoke.audit import data_export_triggers, triggers
from todoke.bookings import closed_list_triggers
from todoke.design import municipality
from todoke.insights import frozen_rows
from todoke.runtime.client_address import parse_networks
from todoke.workforce import closed_month_triggers

hypothesis_settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("busy machine")
KEPT = {"django_content_type", "auth_permission"}
"""Tables that hold what the models say, the same after every test; filling them anew takes longer than most tests."""
SELECTS = 200
"""Parts of one query; SQLite takes 500."""
SQLITE = configured.DATABASES["default"]["ENGINE"].endswith("sqlite")
FOLDER = os.environ.get(query_shapes.SETTING)
SHAPES = query_shapes.ShapeLog(Path(FOLDER)) if FOLDER and SQLITE else None


@pytest.fixture(autouse=True)
def _plain_settings(settings: Settings, tmp_path: Path) -> None:
    """Files go to a folder of the test's own, mails to memory, and passwords are hashed cheaply."""
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def simulator(settings: Settings) -> Iterator[Simulator]:
    """A simulator of identity providers on loopback, which only the demo may call by default."""
    settings.PROVIDER_NETWORKS = parse_networks("127.0.0.1")
    with running_simulator() as running:
        yield running


@pytest.fixture(autouse=True)
def _each_test_begins_as_the_municipality_of_the_settings() -> None:
    """What a test published is forgotten; a page asks the database for it only after a publication."""
    municipality.remember(None, seconds=86_400)


@pytest.fixture(autouse=True)
def _each_test_begins_in_japanese() -> None:
    """A request leaves its language behind in the thread; the next test shall not inherit it."""
    translation.activate("ja")


def filled(tables: set[str]) -> list[str]:
    """Return those of the tables that hold rows: most tests fill a few of several hundred."""
    quoted = {table: connection.ops.quote_name(table) for table in sorted(tables)}
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quoted[table]})" for table in quoted]
    with connection.cursor() as cursor:
        found = list[str]()
        for start in range(0, len(asked), SELECTS):
            cursor.execute(" UNION ALL ".join(asked[start : start + SELECTS]))
            found += [table for (table,) in cursor.fetchall()]
    return found


@pytest.fixture(autouse=True, scope="session")
def _rows_of_a_finished_test_may_go() -> Iterator[None]:
    """Emptying tables between tests passes the guard of the audit.

    PostgreSQL deletes without asking any trigger, also from the indexes beside the models.
    """
    operations = connection.ops.__class__
    flush, sql_flush = operations.execute_sql_flush, operations.sql_flush

    def flush_without_triggers(self: Any, sql_list: list[str]) -> None:
        flush(self, ["SET session_replication_role = replica", *sql_list, "RESET session_replication_role"])

    def flush_unguarded(self: Any, sql_list: list[str]) -> None:
        guards = (triggers, data_export_triggers, frozen_rows, closed_list_triggers, closed_month_triggers)
        for guard in guards:
            guard.uninstall(connection)
        flush(self, sql_list)
        for guard in guards:
            guard.install(connection)

    def flush_of_what_holds_rows(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        if SQLITE:
            return sql_flush(self, style, filled(set(tables) - KEPT), **options)
        beside = connection.introspection.table_names()
        return [f'DELETE FROM "{name}"' for name in filled({*tables, *beside} - KEPT - {"django_migrations"})]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_unguarded if SQLITE else flush_without_triggers)
        patch.setattr(operations, "sql_flush", flush_of_what_holds_rows)
        yield


@pytest.fixture(autouse=True, scope="session")
def _texts_too_long_for_their_column_are_refused_as_postgresql_does() -> Iterator[None]:
    """SQLite knows no lengths; what only PostgreSQL refuses would be found long after the change."""
    save = CharField.get_db_prep_save

    def refuse_longer(self: Any, value: Any, connection: Any) -> Any:
        if isinstance(value, str) and self.max_length is not None and len(value) > self.max_length:
            raise DataError(f"value too long for {self}: {len(value)} letters, {self.max_length} taken")
        return save(self, value, connection)

    with pytest.MonkeyPatch.context() as patch:
        if SQLITE:
            patch.setattr(CharField, "get_db_prep_save", refuse_longer)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """The database that is about to be set up is there already, copied from one that all processes share."""
    database_template.provide(anew=request.config.getvalue("create_db"))


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    return False


def pytest_configure() -> None:
    Path(configured.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note which statements a test asks of SQLite, where a run on PostgreSQL will want to know."""
    if SHAPES is None:
        return (yield)
    with SHAPES.recorded(item.nodeid):
        return (yield)


def pytest_sessionfinish() -> None:
    if SHAPES is not None:
        SHAPES.write()


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """What ten thousand tests are made of stays until the end: garbage is sought only among what came after."""
    gc.enable()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, visibly as deselected, what the other runs of ``./todoke test`` run; what is slow comes first."""
    chosen = config.getoption("-m")
    left = {
        item
        for item in items
        if (SQLITE and item.get_closest_marker("postgresql"))
        or (not SQLITE and not differs_on_postgresql(item))
        or any(far not in chosen and item.get_closest_marker(far) for far in ("browser", "nightly"))
    }
    if FOLDER and not SQLITE:
        needless = query_shapes.needless([item for item in items if item not in left], Path(FOLDER))
        left |= {item for item in items if item.nodeid in needless}
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = [item for item in items if item not in left]
    items.sort(key=comes_first, reverse=True)


def pytest_report_header() -> str:
    return f"database: {'SQLite' if SQLITE else 'PostgreSQL'}"
