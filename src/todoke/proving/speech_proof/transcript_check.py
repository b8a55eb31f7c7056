"""Transcript check 文字起こしの突合: what must hold of transcripts whose workers were killed."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Sum

from todoke.audit.models import Entry
from todoke.jobs.models import Job
from todoke.meetings.models import Transcript, TranscriptChunk
from todoke.meetings.speech.engines.rehearsed_speech import RehearsedTranscriber
from todoke.meetings.speech.transcription_request import HEAR
from todoke.proving.speech_proof.synthetic_recordings import PIECES

COLUMNS = (
    "number", "position", "start_ms", "end_ms", "text_as_read", "text", "speaker", "probability", "words", "flags",
    "must_be_heard", "state",
)  # fmt: skip


def content(transcript: Transcript) -> str:
    """Return the SHA-256 of all pieces of a transcript as they stand."""
    rows = list(transcript.segments.values_list(*COLUMNS))
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def counts() -> dict[str, Any]:
    """Return how many transcripts, chunks and pieces there are, and how often a chunk was heard in vain."""
    heard = Job.objects.filter(task=HEAR)
    return {
        "文字起こし": Transcript.objects.count(),
        "区切り": heard.count(),
        "発言": sum(each.segments.count() for each in Transcript.objects.all()),
        "聞き直した区切り": heard.filter(attempts__gt=1).aggregate(more=Sum(F("attempts") - 1))["more"] or 0,
    }


def check(kills: int) -> Iterator[str]:
    """Yield every breach, each with the sign of its kind; the first transcript was written without a kill."""
    made = list(Transcript.objects.order_by("pk"))
    yield from (f"T1 終わっていない文字起こし: {each.pk} {each.problem}" for each in made if each.status != "checking")
    expected = content(made[0])
    pieces = made[0].segments.count()
    if not pieces or (made[0].engine == RehearsedTranscriber.name and pieces != PIECES):
        yield f"T0 止めなかった文字起こしの発言が{pieces}件"
    yield from (f"T2 止めなかったものと違う文字起こし: {each.pk}" for each in made[1:] if content(each) != expected)
    told = Entry.objects.filter(act="文字起こしの終わり").count()
    if told != len(made):
        yield f"T3 {len(made)}件の文字起こしに、終わりの記録が{told}件"
    if left := TranscriptChunk.objects.count():
        yield f"T4 残った区切り {left}"
    if (more := counts()["聞き直した区切り"]) > kills:
        yield f"T5 {kills}回の強制終了で、聞き直した区切りが{more}"
