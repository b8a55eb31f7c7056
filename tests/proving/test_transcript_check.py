"""The proof of transcripts sees each way in which words are lost, doubled or heard again, and nothing else."""

import pytest
from pytest_django import Settings

from tests.cast import recordings
from todoke.jobs.models import Job
from todoke.meetings.models import Transcript
from todoke.meetings.speech import transcription_jobs
from todoke.meetings.speech.transcription_request import HEAR
from todoke.proving.speech_proof import synthetic_recordings, transcript_check

pytestmark = pytest.mark.django_db


def kinds(kills: int = 0) -> set[str]:
    return {words.split()[0] for words in transcript_check.check(kills)}


def test_what_was_written_down_twice_is_the_same_and_each_breach_is_seen(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"
    synthetic_recordings.request(2, None)
    assert synthetic_recordings.in_hand() == 2
    assert "T1" in kinds()
    recordings.work()
    assert synthetic_recordings.in_hand() == 0
    assert kinds() == set()
    counts = transcript_check.counts()
    assert (counts["文字起こし"], counts["発言"]) == (2, 800)
    assert counts["区切り"] > 80
    first = Job.objects.filter(task=HEAR).first()
    assert first is not None
    Job.objects.filter(pk=first.pk).update(attempts=3)
    assert kinds(1) == {"T5"}
    assert kinds(2) == set()
    last = Transcript.objects.order_by("pk")[1]
    last.segments.filter(number=7).update(text="別の発言")
    assert kinds(2) == {"T2"}
    last.segments.filter(number=7).delete()
    assert kinds(2) == {"T2"}
    Transcript.objects.order_by("pk")[0].segments.filter(number=7).delete()
    assert kinds(2) == {"T0"}
    synthetic_recordings.request(1, None)
    transcription_jobs.cut_into_chunks(Transcript.objects.order_by("pk")[2].pk)
    assert kinds(2) == {"T0", "T1", "T2", "T3", "T4"}
