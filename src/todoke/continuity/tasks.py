"""Periodic tasks of continuity. Idempotent."""

from django_tasks import task

from todoke.continuity import recovery_checks, replay, sqlite_copy
from todoke.jobs.queues import LONG


@task()
def refresh_standby() -> None:
    """Refresh the SQLite copy for read-only mode."""
    sqlite_copy.refresh()


@task()
def replay_offline_submissions() -> None:
    """Replay pending offline submissions."""
    replay.replay_all()


@task(queue_name=LONG)
def check_newest_backup() -> None:
    """Open the newest backup whole and record the result (控えの点検)."""
    recovery_checks.check_newest_backup()
