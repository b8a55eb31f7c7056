"""Schema upgrade 移行: all pending migrations at once or none, so that a failure leaves the database as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby

from django.core.management.sql import emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from django.utils import timezone

from todoke.runtime.build_identity import RELEASE, build_identity, newest_build
from todoke.runtime.models import InstalledBuild

Plan = list[tuple[Migration, bool]]
TABLE = "runtime_installedbuild"
WITHDRAW = "INSERT INTO runtime_installedbuild (build, begun_at, completed_at) VALUES (%s, %s, %s)"
WITHDRAW_RELEASE = "INSERT INTO runtime_installedbuild (build, begun_at, completed_at, release) VALUES (%s, %s, %s, %s)"
ANNOUNCE = "INSERT INTO runtime_installedbuild (build, begun_at) VALUES (%s, %s)"


def pending(executor: MigrationExecutor) -> Plan:
    """Return the migrations that wait, in order."""
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def state_of(executor: MigrationExecutor) -> ProjectState:
    """Return the models as the applied migrations left them."""
    known = [key for key in executor.loader.applied_migrations if key in executor.loader.graph.nodes]
    return executor.loader.project_state(known, at_end=True)


def announce() -> None:
    """Record that this build changes the tables; servers of another build answer 503 from the next look on.

    Written with the columns that every release has, since the table may still be an older one's.
    """
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE, [build_identity(), timezone.now()])


def withdraw(build: str, release: str) -> None:
    """Record that the database fits ``build`` as before: its servers and workers go on."""
    with connection.cursor() as cursor:
        if release:
            cursor.execute(WITHDRAW_RELEASE, [build, timezone.now(), timezone.now(), release])
        else:
            cursor.execute(WITHDRAW, [build, timezone.now(), timezone.now()])


def build_in_use() -> str:
    """Return the build that the tables were last completed for; "" where none was."""
    found = InstalledBuild.objects.exclude(completed_at=None).order_by("-pk").only("build").first()
    return found.build if found else ""


def complete() -> None:
    """Record that the tables fit this build and release."""
    newest = newest_build()
    record = newest if newest and newest.build == build_identity() else InstalledBuild(build=build_identity())
    record.completed_at, record.release = timezone.now(), RELEASE
    record.save()


def installed_release() -> str:
    """Return the release that the database was made for; "" where none was recorded yet."""
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, TABLE)}
    if "release" not in columns:
        return ""
    newest = InstalledBuild.objects.exclude(completed_at=None).order_by("-pk").first()
    return newest.release if newest else ""


def apply(executor: MigrationExecutor, plan: Plan, *, say: Callable[[str], object] = lambda text: None) -> None:
    """Apply a plan; migrations that may run in a transaction share one, the others (indexes built beside) run alone.

    Raises whatever a migration raises; then nothing of its group stays.
    """
    state = state_of(executor)
    emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS, apps=state.apps, plan=plan)
    for atomic, group in groupby(plan, key=lambda step: step[0].atomic):
        with _all_or_nothing(atomic):
            for step in group:
                say(f"{step[0].app_label}.{step[0].name}")
                if atomic and connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                state = executor.migrate([], plan=[step], state=state.clone())


@contextmanager
def _all_or_nothing(atomic: bool) -> Iterator[None]:
    """Open a transaction in which tables may be changed; SQLite makes tables anew, so its references rest meanwhile."""
    if not atomic:
        yield
        return
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            yield
    finally:
        connection.enable_constraint_checking()
