"""A recording of a working group, of invented sounds, that the rehearsal engine has written down for people to hear."""

import io
import wave
from datetime import date, time

import numpy as np
from django.core.files.base import ContentFile

from todoke.accounts.models import User
from todoke.demo.people import person
from todoke.meetings.chosen_transcriber import chosen_transcriber
from todoke.meetings.models import Body, Meeting, Recording
from todoke.meetings.models.vocabulary_term import keep_terms
from todoke.meetings.speech import transcription_jobs, transcription_request
from todoke.meetings.speech.engines.rehearsed_speech import prepare
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord
from todoke.organization.models import Post

RATE, EACH, PAUSE = 8_000, 4.0, 1.0
SAID = (
    ("それでは、第1回の", "作業部会を", "始めます。"),
    ("この録音は、", "デモのために", "作った音です。"),
    ("電子契役の", "手引きの案は、", "12月18日までに", "作成します。"),
    ("手数料の", "納付は、", "30台の端末で", "試します。"),
    ("予算は、", "120万円を", "見込んで", "います。"),
    ("ご視聴", "ありがとうございました"),
)
DOUBTED = {"電子契役の", "30台の端末で"}


def build() -> None:
    """Create a working group, its meeting and recording; written down where the rehearsal engine is in use."""
    by = person("dx")
    meeting = _meeting(by)
    sound = ContentFile(_sound(), name="sagyobukai.wav")
    recording = Recording.receive(meeting, sound, is_announced=True, by=by)
    if not chosen_transcriber().is_rehearsal:
        return
    prepare(recording.sha256, [_piece(at, words) for at, words in enumerate(SAID)])
    made = transcription_request.request(recording, by=by)
    transcription_jobs.cut_into_chunks(made.pk)
    for chunk in made.chunks.values_list("pk", flat=True):
        transcription_jobs.hear_chunk(chunk)


def _meeting(by: User) -> Meeting:
    body = Body.objects.create(code="dx-work", name="みらい区DX推進作業部会")
    body.members.set(Post.objects.filter(tenures__isnull=False, role__in=["headquarters"]))
    terms = [("電子契約", "でんしけいやく"), ("書かない窓口", "かかないまどぐち"), ("手引", "てびき")]
    keep_terms(body, terms, others={"手引": ["手引き"]}, by=by)
    return Meeting.plan(body=body, held_on=date(2026, 11, 20), starts_at=time(14), place="第2会議室", by=by)


def _piece(at: int, words: tuple[str, ...]) -> SpokenSegment:
    start, long = at * (EACH + PAUSE), EACH / len(words)
    spoken = tuple(
        SpokenWord(start + n * long, start + (n + 1) * long, word, 0.4 if word in DOUBTED else 0.9)
        for n, word in enumerate(words)
    )
    return SpokenSegment(start, start + EACH, "".join(words), 0.9, spoken)


def _sound() -> bytes:
    """Return a tone for each piece and silence between, as WAV: nobody's voice."""
    whole = []
    for at in range(len(SAID)):
        time_of = np.arange(round(EACH * RATE)) / RATE
        whole += [np.sin(2 * np.pi * (220 + 30 * at) * time_of) * 3_000, np.zeros(round(PAUSE * RATE))]
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.concatenate(whole).astype(np.int16).tobytes())
    return made.getvalue()
