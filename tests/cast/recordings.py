"""The cast of recordings: a sound of our own, its transcript, and the meeting that both belong to."""

import io
import math
import struct
import wave
from datetime import date

from django.core.files.base import ContentFile

from tests.cast import meetings
from todoke.accounts.models import User
from todoke.jobs.worker import Worker
from todoke.meetings.models import Meeting, Recording, Transcript, TranscriptSegment
from todoke.meetings.speech import segment_acts, transcript_intake, transcription_jobs, transcription_request
from todoke.meetings.speech.engines import rehearsed_speech
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord

RATE = 8_000
VTT = """WEBVTT

1
00:00:00.000 --> 00:00:01.500
<v 本部長(山田)>それでは始めます。

2
00:00:01.500 --> 00:00:03.000
<v DX推進課長(吉田)>申請の一覧は12月5日までに作成します。

3
00:00:03.000 --> 00:00:04.000
ご視聴ありがとうございました
"""


def wav(seconds: float = 4.0, tone: int = 440) -> bytes:
    """A sine tone as a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        turn = 2 * math.pi * tone / RATE
        samples = (int(9_000 * math.sin(turn * n)) for n in range(int(seconds * RATE)))
        file.writeframes(b"".join(struct.pack("<h", each) for each in samples))
    return made.getvalue()


def recording(by: User, content: bytes | None = None, on: date = date(2026, 5, 12)) -> Recording:
    """A recording of a new meeting, announced to those present."""
    return Recording.receive(meetings.meeting(by, on), ContentFile(content or wav()), is_announced=True, by=by)


def transcript(by: User, text: str = VTT) -> Transcript:
    """A transcript of a new recording, taken in from a file."""
    return transcript_intake.take_in(recording(by), text.encode(), by=by)


def transcript_of(meeting: Meeting, by: User, text: str = VTT) -> Transcript:
    """A transcript of a recording of a meeting."""
    sound = Recording.receive(meeting, ContentFile(wav()), is_announced=True, by=by)
    return transcript_intake.take_in(sound, text.encode(), by=by)


def piece(of: Transcript, number: int) -> TranscriptSegment:
    """A piece as it stands."""
    return of.segments.select_related("transcript__recording__meeting__body").get(number=number)


def hear(of: Transcript, *, by: User) -> None:
    """Hear every piece that must be heard, as it was read."""
    for each in of.segments.unheard():
        segment_acts.correct(each, text=each.text, speaker=each.speaker, seen=each.revision, by=by, is_heard=True)


def said(start: float, text: str, seconds: float = 20.0, sure: float = 0.9) -> SpokenSegment:
    """A prepared piece of speech whose words are its halves."""
    half, middle = len(text) // 2, start + seconds / 2
    words = (SpokenWord(start, middle, text[:half], sure), SpokenWord(middle, start + seconds, text[half:], 0.9))
    return SpokenSegment(start, start + seconds, text, 0.9, words)


def rehearsed(by: User, segments: list[SpokenSegment]) -> Recording:
    """A recording for which the rehearsal engine has prepared pieces."""
    made = recording(by)
    rehearsed_speech.prepare(made.sha256, segments)
    return made


def requested(by: User, texts: list[str]) -> Transcript:
    """A transcript that the rehearsal engine is to write: a piece of 20 seconds each, a pause of a second between."""
    return transcription_request.request(rehearsed(by, [said(21.0 * n, text) for n, text in enumerate(texts)]), by=by)


def with_a_gap(by: User, texts: list[str]) -> Transcript:
    """A transcript of two chunks of which the second could not be heard, since its workers were lost."""
    made = requested(by, texts)
    transcription_jobs.cut_into_chunks(made.pk)
    first, second = made.chunks.all()
    second.fail(transcription_jobs.LOST)
    transcription_jobs.hear_chunk(first.pk)
    made.refresh_from_db()
    return made


def work() -> None:
    """Do every job that is due."""
    Worker(until_idle=True).run()
