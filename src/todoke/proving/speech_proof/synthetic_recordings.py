"""Synthetic recordings 検証用の録音: meetings with one recording each, all of the same content."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File

from todoke.japanese.calendar import today
from todoke.meetings.models import Body, Meeting, Recording, Transcript
from todoke.meetings.speech import transcription_request
from todoke.meetings.speech.engines.rehearsed_speech import prepare
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord
from todoke.proving.service import PROVER

BODY = "proof-speech"
PIECES, LENGTH, PAUSE = 400, 12.0, 0.6
"""Prepared pieces of the rehearsed recording, the seconds of each, and the pause after it."""
SOUND = b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00"


def request(number: int, recording: Path | None) -> None:
    """Have so many recordings written down: those of a file, or of what the rehearsal engine has prepared."""
    body, _ = Body.objects.get_or_create(code=BODY, defaults={"name": "検証の会議"})
    before = body.meetings.count()
    for each in range(number):
        meeting = Meeting.plan(body=body, held_on=today() + timedelta(days=before + each), by=PROVER)
        made = Recording.receive(meeting, _content(recording), is_announced=True, by=PROVER)
        if recording is None and not before and not each:
            prepare(made.sha256, [_piece(at) for at in range(PIECES)])
        transcription_request.request(made, by=PROVER)


def _content(recording: Path | None) -> File[Any]:
    if recording is not None:
        return ContentFile(recording.read_bytes(), name=recording.name)
    samples = bytes(8_000)
    return ContentFile(SOUND + b"data" + len(samples).to_bytes(4, "little") + samples, name="proof.wav")


def _piece(at: int) -> SpokenSegment:
    start = round(at * (LENGTH + PAUSE), 2)
    text = "はい。" if 200 <= at < 204 else f"{at}番目の発言で、{at % 12 + 1}月{at % 28 + 1}日までに出します。"
    words = tuple(SpokenWord(start + n, start + n + 0.9, sign, 0.4 + n / 20) for n, sign in enumerate(text[:10]))
    return SpokenSegment(start, start + LENGTH, text, 0.9, words)


def in_hand() -> int:
    """Return how many transcripts are not put together yet."""
    return Transcript.objects.filter(status__in=Transcript.IN_HAND).count()
