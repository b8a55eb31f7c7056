"""Transcription jobs 文字起こしの作業: cut a recording at pauses, hear each chunk, and put the transcript together.

Every function may run twice, and in two workers at once: what another one did first stays. A worker that is killed
loses the chunk in its hand alone, since what was heard of a chunk is written once.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage
from django.db import transaction

from todoke.accounts.actors import System
from todoke.audit.log import record
from todoke.audit.transitions import transition
from todoke.file_validation.bounded_read import Cancelled
from todoke.jobs.backend import task_named
from todoke.jobs.models import Job, new_token
from todoke.meetings.chosen_transcriber import CHUNK_LIMITS, Watch, chosen_transcriber, cut, transcription
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_chunk import TranscriptChunk, delete_sounds, store_sound
from todoke.meetings.speech.engines.audio_chunks import CutRecording
from todoke.meetings.speech.engines.rehearsed_speech import rehearsed_between
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, Transcription, doubts
from todoke.meetings.speech.transcript_intake import insert_pieces, piece_flags
from todoke.meetings.speech.transcript_text import SpokenPiece
from todoke.meetings.speech.transcription_request import CUT, HEAR
from todoke.runtime.refusals import Refused

NOBODY_SPEAKS = "この録音には、話し声が見つかりませんでした。録音を聞いて確かめ、書くか、取りやめてください。"
OTHER_ENGINE = "文字起こしの部品の設定が、途中で変わりました。取りやめて、もう一度「文字に起こす」を押してください。"
LOST = "聞いている途中でワーカーが何度も止まりました。機械の担当に知らせてから、もう一度聞いてください。"
Status = Transcript.Status


def cut_into_chunks(transcript_id: int) -> None:
    """Cut the recording of a transcript into chunks, with a job for each. Idempotent."""
    transcript = Transcript.objects.select_related("recording").get(pk=transcript_id)
    if transcript.status != Status.WAITING:
        return
    with TemporaryDirectory() as name:
        try:
            found = _cut(transcript, Path(name))
        except Cancelled:
            return
        except Refused as refusal:
            transition(transcript, Status.FAILED, problem=str(refusal)[:1000])
            return
        transcript.recording.note_seconds(found.seconds)
        paths = [store_sound(Path(name, each.file), new_token()) if each.file else "" for each in found.chunks]
    kept = False
    try:
        kept = _keep_chunks(transcript, found, paths)
    finally:
        if not kept:
            delete_sounds(paths)


def _cut(transcript: Transcript, folder: Path) -> CutRecording:
    """Raises Refused, Cancelled."""
    _require_engine(transcript)
    with _local_sound(transcript.recording.path, folder) as audio:
        found = cut(audio, transcript.recording.sha256, folder, _watch(transcript))
    if not found.chunks:
        raise Refused(NOBODY_SPEAKS)
    return found


@transaction.atomic
def _keep_chunks(transcript: Transcript, found: CutRecording, paths: list[str]) -> bool:
    """Insert the chunks with a job for each; False where another worker was first, or somebody cancelled."""
    if not transition(transcript, Status.PROCESSING):
        return False
    made = TranscriptChunk.objects.bulk_create(
        TranscriptChunk(transcript=transcript, number=n, start_ms=each.start_ms, end_ms=each.end_ms, path=path)
        for n, (each, path) in enumerate(zip(found.chunks, paths, strict=True), 1)
    )
    for chunk in made:
        task_named(HEAR).enqueue(chunk.pk)
    return True


def hear_chunk(chunk_id: int) -> None:
    """Hear a chunk and keep its words; whoever hears the last one puts the transcript together. Idempotent."""
    chunk = TranscriptChunk.objects.select_related("transcript__recording").filter(pk=chunk_id).first()
    if chunk is None or chunk.transcript.status != Status.PROCESSING:
        return
    if chunk.status == TranscriptChunk.Status.WAITING:
        try:
            chunk.keep(_heard(chunk))
        except Cancelled:
            return
        except Refused as refusal:
            chunk.fail(str(refusal))
    put_together(chunk.transcript)


def _heard(chunk: TranscriptChunk) -> Transcription:
    """Return what the engine hears in a chunk. Raises Refused, Cancelled."""
    transcript, recording = chunk.transcript, chunk.transcript.recording
    _require_engine(transcript)
    if chosen_transcriber().is_rehearsal:
        return rehearsed_between(recording.sha256, chunk.start_ms, chunk.end_ms)
    with TemporaryDirectory() as folder, _local_sound(chunk.path or recording.path, Path(folder)) as audio:
        found = transcription(audio, transcript.words, _watch(transcript), CHUNK_LIMITS)
    return replace(found, segments=tuple(each.later(chunk.start_ms / 1000) for each in found.segments))


def _require_engine(transcript: Transcript) -> None:
    """Raises Refused where another engine is in use than the one that was asked."""
    if chosen_transcriber().name != transcript.engine:
        raise Refused(OTHER_ENGINE)


def _watch(transcript: Transcript) -> Watch:
    """Return what an engine asks twice a second: whether the transcript is still wanted."""
    rows = Transcript.objects.filter(pk=transcript.pk, status=transcript.status)
    return lambda done, whole: rows.exists()


@contextmanager
def _local_sound(path: str, folder: Path) -> Iterator[Path]:
    """Yield a stored sound as a file of this machine; copied where the storage is elsewhere."""
    try:
        yield Path(default_storage.path(path))
        return
    except NotImplementedError:
        local = folder / f"sound{Path(path).suffix}"
    with default_storage.open(path) as stored, local.open("wb") as copy:
        shutil.copyfileobj(stored, copy)
    yield local


def put_together(transcript: Transcript) -> None:
    """Make the pieces of what all chunks said, with flags over the whole, once none is waiting. Idempotent."""
    states = Counter(transcript.chunks.values_list("status", flat=True))
    if not states or states[TranscriptChunk.Status.WAITING]:
        return
    if failed := states[TranscriptChunk.Status.FAILED]:
        transition(transcript, Status.FAILED, problem=f"{failed}か所を聞けませんでした。聞けたところは残っています。")
        return
    found = [chunk.transcription() for chunk in transcript.chunks.all()]
    if not found:
        return
    segments = [each for one in found for each in one.segments]
    pieces = [_piece(each) for each in segments]
    flags = piece_flags(transcript.recording, pieces)
    for segment, more in zip(segments, flags, strict=True):
        more += doubts(segment)
    last = found[-1]
    with transaction.atomic():
        if not transition(
            transcript, Status.CHECKING, engine=last.name, engine_version=last.version, model_sha256=last.model_sha256
        ):
            return
        insert_pieces(transcript, pieces, flags)
        record(transcript, "文字起こしの終わり", by=System("文字起こしの部品"), after={"発言": len(pieces)})
    transcript.chunks.all().drop()


def fail_lost() -> int:
    """Fail what no job will hear any more, since its worker was lost too often; return how many transcripts.

    Idempotent; whoever is told can have it heard again.
    """
    lost = 0
    for transcript in Transcript.objects.filter(status__in=[Status.WAITING, Status.PROCESSING]):
        unheard = list(transcript.chunks.unheard())
        heard_by = _with_job(HEAR, [each.pk for each in unheard])
        waiting = [each for each in unheard if each.pk not in heard_by]
        for chunk in waiting:
            chunk.fail(LOST)
        if waiting:
            put_together(transcript)
        elif transcript.status == Status.WAITING and not _with_job(CUT, [transcript.pk]):
            transition(transcript, Status.FAILED, problem=LOST)
        lost += transcript.status == Status.FAILED
    return lost


def drop_left() -> None:
    """Delete chunks, with their sounds, of transcripts that no engine has in hand, as a crash leaves them."""
    TranscriptChunk.objects.exclude(transcript__status__in=Transcript.IN_HAND).drop()


def _with_job(task: str, rows: list[int]) -> set[int]:
    """Return those of the rows for which a job waits or runs."""
    jobs = Job.objects.filter(task=task, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    return {of for [of] in jobs.values_list("args", flat=True)}.intersection(rows)


def _piece(segment: SpokenSegment) -> SpokenPiece:
    start, end = round(segment.start * 1000), round(segment.end * 1000)
    return SpokenPiece(segment.text, "", start, end, segment.probability, segment.words)
