"""Background work of meetings."""

from django_tasks import task

from todoke.accounts.models import User
from todoke.meetings.learning.trials import make_trial
from todoke.meetings.reminders import remind
from todoke.meetings.speech import retention_of_recordings


@task()
def remind_of_commitments() -> int:
    """Tell chiefs what falls due (毎朝)."""
    return remind()


@task()
def learn_from_minutes(person: int) -> int:
    """Learn from what people said of the candidates, as a trial; return its number (学習)."""
    made, _ = make_trial(by=User.objects.get(pk=person))
    return made.number


@task()
def erase_recordings() -> int:
    """Erase the sound of meetings whose minutes were confirmed long enough ago (録音の消去)."""
    return retention_of_recordings.erase_expired()
