"""Transcription requests 文字起こしの依頼: the secretariat has a recording written down, tries again, or cancels it."""

from typing import Any

from django.db import IntegrityError, transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.audit.transitions import transition
from todoke.jobs.backend import task_named
from todoke.meetings.chosen_transcriber import chosen_transcriber
from todoke.meetings.models.recordings import Recording
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_chunk import TranscriptChunk
from todoke.meetings.speech.engines.audio_chunks import LONGEST_SECONDS
from todoke.meetings.speech.organization_words import words_for
from todoke.runtime.refusals import Closed, Conflict, Refused

CUT, HEAR = "todoke.meetings.tasks.cut_recording", "todoke.meetings.tasks.hear_chunk"
ERASED = "録音の音声は消したので、文字に起こせません。"
IN_HAND = "この録音は、もう文字に起こし始めています。録音のページを開き直して、進みぐあいを見てください。"
ENDED = "この文字起こしは「{status}」になりました。画面を開き直して確かめてください。"
Status = Transcript.Status


def request(recording: Recording, *, by: Actor) -> Transcript:
    """Have the engine in use write a recording down (文字起こしの依頼); jobs cut it and hear each chunk.

    Raises Refused without an engine, Closed for an erased sound or a confirmed transcript, Conflict where one is begun.
    """
    chosen = chosen_transcriber()
    if not chosen.name:
        raise Refused(chosen.said)
    if not recording.path:
        raise Closed(ERASED)
    words = list(words_for(recording.meeting.body).terms)
    try:
        with transaction.atomic():
            made = Transcript.start(
                recording, Transcript.Origin.ENGINE, by=by, engine=chosen.name, model_sha256=chosen.model_sha256,
                words=words, settings={"longest_seconds": LONGEST_SECONDS, "asked": chosen.name},
            )  # fmt: skip
            record(made, "文字起こしの依頼", by=by, after={"部品": chosen.name})
            task_named(CUT).enqueue(made.pk)
    except IntegrityError as error:
        raise Conflict(IN_HAND) from error
    return made


@transaction.atomic
def retry(transcript: Transcript, *, by: Actor) -> None:
    """Hear again what could not be heard (文字起こしのやり直し); what was heard stays. Raises Closed, Conflict."""
    if not transcript.recording.path:
        raise Closed(ERASED)
    missing = list(transcript.chunks.unheard())
    _move(transcript, Status.PROCESSING if transcript.chunks.exists() else Status.WAITING, problem="")
    for chunk in missing:
        transition(chunk, TranscriptChunk.Status.WAITING, problem="")
        task_named(HEAR).enqueue(chunk.pk)
    if transcript.status == Status.WAITING:
        task_named(CUT).enqueue(transcript.pk)
    record(transcript, "文字起こしのやり直し", by=by, after={"区切り": len(missing)})


def cancel(transcript: Transcript, *, by: Actor) -> None:
    """Cancel a transcript before it is put together (文字起こしの取りやめ); its chunks go. Raises Conflict."""
    with transaction.atomic():
        _move(transcript, Status.CANCELLED)
        record(transcript, "文字起こしの取りやめ", by=by)
    transcript.chunks.all().drop()


def _move(transcript: Transcript, to: Status, **changes: Any) -> None:
    """Change the status. Raises Conflict where it is no longer what was read, or may not change so."""
    if not transition(transcript, to, **changes):
        transcript.refresh_from_db(fields=["status"])
        raise Conflict(ENDED.format(status=transcript.get_status_display()))
