"""Background work of the figures; safe to run twice."""

from datetime import timedelta

from django_tasks import task

from todoke.insights.snapshots import record_rates
from todoke.japanese.calendar import today


@task()
def record_yesterday() -> None:
    """Keep the rates of the day that has ended (前日の割合の記録)."""
    record_rates(today() - timedelta(days=1))
