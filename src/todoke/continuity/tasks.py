"""Background work of the continuity. Safe to run twice."""

from django_tasks import task

from todoke.continuity import copying, taking_in


@task()
def refresh_standby() -> None:
    copying.refresh()


@task()
def take_in() -> None:
    taking_in.take_in()
