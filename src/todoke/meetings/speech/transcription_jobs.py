"""Transcription jobs 文字起こしの作業: cut a recording at pauses, hear each chunk, and put the transcript together.

Every function may run twice, and in two workers at once: what another one did first stays. A worker that is killed
loses the chunk in its hand alone, since what was heard of a chunk is written once.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

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
from todoke.meetings.speech.engines.audio_decoder import BROKEN
from todoke.meetings.speech.engines.rehearsed_speech import rehearsed_between
from todoke.meetings.speech.engines.spoken_segments import Transcription, doubts
from todoke.meetings.speech.flags import Flag
from todoke.meetings.speech.transcript_gaps import fill_gap, gap_flag
from todoke.meetings.speech.transcript_intake import insert_pieces, piece_flags
from todoke.meetings.speech.transcript_text import SpokenPiece
from todoke.meetings.speech.transcription_request import CUT, HEAR
from todoke.runtime.refusals import Refused

NOBODY_SPEAKS = "この録音には、話し声が見つかりませんでした。録音を聞いて確かめ、書くか、取りやめてください。"
OTHER_ENGINE = "文字起こしの部品の設定が、途中で変わりました。取りやめて、もう一度「文字に起こす」を押してください。"
NOTHING_HEARD = "どこも聞けませんでした。下の理由を確かめて、もう一度聞いてください。"
NO_WORDS = "もう一度聞きましたが、言葉は見つかりませんでした。人が聞いて確かめてください。"
BROKEN_PART = {"status": TranscriptChunk.Status.BROKEN, "problem": "録音のこの部分が壊れていて、再生できません。"}
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
    if all(chunk.is_broken for chunk in found.chunks):
        raise Refused(BROKEN if found.chunks else NOBODY_SPEAKS)
    return found


@transaction.atomic
def _keep_chunks(transcript: Transcript, found: CutRecording, paths: list[str]) -> bool:
    """Insert the chunks with a job for each; False where another worker was first, or somebody cancelled."""
    if not transition(transcript, Status.PROCESSING):
        return False
    made = TranscriptChunk.objects.bulk_create(
        TranscriptChunk(
            transcript=transcript, number=n, start_ms=each.start_ms, end_ms=each.end_ms, path=path,
            **(BROKEN_PART if each.is_broken else {}),
        )
        for n, (each, path) in enumerate(zip(found.chunks, paths, strict=True), 1)
    )  # fmt: skip
    for chunk in made:
        if chunk.status == TranscriptChunk.Status.WAITING:
            task_named(HEAR).enqueue(chunk.pk)
    return True


def hear_chunk(chunk_id: int) -> None:
    """Hear a chunk and keep its words; whoever hears the last one puts the transcript together. Idempotent.

    What a person had heard again in a transcript that was put together goes where its gap is.
    """
    chunk = TranscriptChunk.objects.select_related("transcript__recording").filter(pk=chunk_id).first()
    if chunk is None or chunk.transcript.status not in {Status.PROCESSING, Status.CHECKING}:
        return
    if chunk.status == TranscriptChunk.Status.WAITING:
        try:
            chunk.keep(_heard(chunk))
        except Cancelled:
            return
        except Refused as refusal:
            chunk.fail(str(refusal))
    if chunk.gap_id is None:
        put_together(chunk.transcript)
    elif chunk.status == TranscriptChunk.Status.HEARD:
        fill_gap(chunk)


def _heard(chunk: TranscriptChunk) -> Transcription:
    """Return what the engine hears in a chunk. Raises Refused, also for a gap without words, Cancelled."""
    transcript, recording = chunk.transcript, chunk.transcript.recording
    _require_engine(transcript)
    if chosen_transcriber().is_rehearsal:
        found = rehearsed_between(recording.sha256, chunk.start_ms, chunk.end_ms)
    else:
        with TemporaryDirectory() as folder, _local_sound(chunk.path or recording.path, Path(folder)) as audio:
            found = transcription(audio, transcript.words, _watch(transcript), CHUNK_LIMITS)
        found = replace(found, segments=tuple(each.later(chunk.start_ms / 1000) for each in found.segments))
    if chunk.gap_id and not found.segments:
        raise Refused(NO_WORDS)
    return found


def _require_engine(transcript: Transcript) -> None:
    """Raises Refused where another engine is in use than the one that was asked."""
    if chosen_transcriber().name != transcript.settings.get("asked", transcript.engine):
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
    """Make the pieces of what the chunks said, with flags over the whole, once none is waiting. Idempotent.

    A chunk that could not be heard becomes a gap; where none could be, the transcript has failed.
    """
    states = Counter(transcript.chunks.values_list("status", flat=True))
    if not states or states[TranscriptChunk.Status.WAITING]:
        return
    if not states[TranscriptChunk.Status.HEARD]:
        transition(transcript, Status.FAILED, problem=NOTHING_HEARD)
        return
    chunks = list(transcript.chunks.all())
    if not chunks:
        return  # cancelled since they were counted
    parts = sorted((part for chunk in chunks for part in _parts(chunk)), key=lambda part: part.piece.start_ms or 0)
    pieces = [part.piece for part in parts]
    flags = piece_flags(transcript.recording, pieces)
    for part, found in zip(parts, flags, strict=True):
        found += part.flags
    heard = [chunk for chunk in chunks if chunk.status == TranscriptChunk.Status.HEARD]
    of = heard[-1].transcription()
    with transaction.atomic():
        if not transition(
            transcript, Status.CHECKING, engine=of.name, engine_version=of.version, model_sha256=of.model_sha256
        ):
            return
        for row, part in zip(insert_pieces(transcript, pieces, flags), parts, strict=True):
            if part.gap:
                part.gap.stand_for(row)
        told = {"発言": len(pieces), **({"聞き取れなかったところ": lost} if (lost := len(chunks) - len(heard)) else {})}
        record(transcript, "文字起こしの終わり", by=System("文字起こしの部品"), after=told)
    transcript.chunks.heard().drop()


@dataclass(frozen=True)
class _Part:
    """文字起こしの一つ: a piece, why to hear it beside its words, and the chunk for which it stands as a gap."""

    piece: SpokenPiece
    flags: list[Flag]
    gap: TranscriptChunk | None = None


def _parts(chunk: TranscriptChunk) -> Iterator[_Part]:
    """Yield what was heard in a chunk, or the gap in its place."""
    if chunk.status != TranscriptChunk.Status.HEARD:
        yield _Part(SpokenPiece("", "", chunk.start_ms, chunk.end_ms), [gap_flag(chunk)], chunk)
        return
    for each in chunk.transcription().segments:
        yield _Part(SpokenPiece.of(each), doubts(each))


def fail_lost() -> int:
    """Fail what no job will hear any more, since its worker was lost too often; return how many transcripts.

    Idempotent; whoever is told can have it heard again.
    """
    lost, again = 0, Q(status=Status.CHECKING, chunks__status=TranscriptChunk.Status.WAITING)
    for transcript in Transcript.objects.filter(Q(status__in=[Status.WAITING, Status.PROCESSING]) | again).distinct():
        unheard = list(transcript.chunks.filter(status=TranscriptChunk.Status.WAITING))
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
    """Put what was heard again in its place, and delete chunks that nobody needs any more, with their sounds.

    Needed are those of transcripts that an engine has in hand, and those whose gap still has no words.
    """
    filling = TranscriptChunk.objects.filling_gaps()
    for chunk in filling.heard():
        fill_gap(chunk)
    TranscriptChunk.objects.exclude(transcript__status__in=Transcript.IN_HAND).exclude(pk__in=filling).drop()


def _with_job(task: str, rows: list[int]) -> set[int]:
    """Return those of the rows for which a job waits or runs."""
    jobs = Job.objects.filter(task=task, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    return {of for [of] in jobs.values_list("args", flat=True)}.intersection(rows)
