"""Background work of meetings."""

from django_tasks import task

from todoke.accounts.models import User
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.meetings.learning.trials import make_trial
from todoke.meetings.reminders import remind
from todoke.meetings.speech import retention_of_recordings, transcription_jobs


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


@task(priority=Priority.BULK, queue_name=LONG)
def cut_recording(transcript: int) -> None:
    """Cut the recording of a transcript at pauses, with a job for each chunk (録音の区切り)."""
    transcription_jobs.cut_into_chunks(transcript)


@task(priority=Priority.BULK, queue_name=LONG)
def hear_chunk(chunk: int) -> None:
    """Hear one chunk of a recording (区切りの聞取り)."""
    transcription_jobs.hear_chunk(chunk)


@task()
def fail_lost_transcripts() -> int:
    """Fail transcripts whose workers were lost too often, and drop what a crash left (止まった文字起こし)."""
    transcription_jobs.drop_left()
    return transcription_jobs.fail_lost()
