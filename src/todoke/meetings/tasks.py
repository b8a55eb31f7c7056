"""Background work of meetings."""

from django_tasks import task

from todoke.meetings.reminders import remind


@task()
def remind_of_commitments() -> int:
    """Tell chiefs what falls due (毎朝)."""
    return remind()
