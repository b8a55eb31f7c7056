"""Background work of the continuity. Safe to run twice."""

from django_tasks import task

from todoke.continuity import replay, sqlite_copy


@task()
def refresh_standby() -> None:
    sqlite_copy.refresh()


@task()
def take_in() -> None:
    replay.take_in()
