"""Mutants of speech 文字起こしに植える欠陥: what a wrong program would do with the chunks of a recording."""

from dataclasses import asdict
from typing import Any

from todoke.meetings.models import TranscriptChunk
from todoke.meetings.speech import transcription_jobs
from todoke.meetings.speech.engines.spoken_segments import Transcription

jobs: Any = transcription_jobs
NOTHING = Transcription("rehearsal", "1", "", None, ())


def chunk_marked_before_heard() -> None:
    """Keep a chunk as heard when it is begun, and its words when they are there."""
    heard = jobs._heard

    def early(chunk: TranscriptChunk) -> Transcription:
        chunk.keep(NOTHING)
        found: Transcription = heard(chunk)
        TranscriptChunk.objects.filter(pk=chunk.pk).update(heard=asdict(found))
        return found

    jobs._heard = early


def put_together_without_all() -> None:
    """Put a transcript together of the chunks that were heard so far."""
    together = jobs.put_together

    def early(transcript: Any) -> None:
        transcript.chunks.unheard().delete()
        together(transcript)

    jobs.put_together = early
