"""Frozen rows 凍結された行: the database refuses to change plans and results of studies, and published data."""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.audit.append_only_triggers import AppendOnlyTriggers

STUDIES = (
    AppendOnlyTriggers("insights_studyplan", "plans of studies are never changed"),
    AppendOnlyTriggers("insights_studyresult", "results of studies are never changed"),
)
VERSIONS = (AppendOnlyTriggers("insights_datasetversion", "published data are never changed"),)
TABLES = (*STUDIES, *VERSIONS)


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers of every table; idempotent."""
    for table in TABLES:
        table.install(connection)


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers of every table."""
    for table in TABLES:
        table.uninstall(connection)


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there and switched on."""
    return all(table.are_installed(connection) for table in TABLES)
