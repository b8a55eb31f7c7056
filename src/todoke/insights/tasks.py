"""Periodic tasks of the statistics. Idempotent."""

from datetime import timedelta

from django_tasks import task

from todoke.insights.snapshots import record_rates
from todoke.japanese.calendar import today


@task()
def record_yesterday() -> None:
    """Store the rates of the previous day (前日の割合の記録)."""
    record_rates(today() - timedelta(days=1))
