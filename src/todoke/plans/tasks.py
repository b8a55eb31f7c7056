"""Background work of plans."""

from django_tasks import task

from todoke.plans.paper_reminders import remind_of_paper


@task()
def remind_sections_of_paper() -> int:
    """Tell sections whose month of paper is missing (毎朝)."""
    return remind_of_paper()
