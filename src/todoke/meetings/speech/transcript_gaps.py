"""Transcript gaps 聞き取れなかったところ: a place without words, until it is heard again or written."""

from django.db import transaction

from todoke.accounts.actors import Actor, System
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set, transition
from todoke.jobs.backend import task_named
from todoke.meetings.models.transcript_chunk import TranscriptChunk
from todoke.meetings.models.transcript_segment import TranscriptSegment
from todoke.meetings.speech.engines.spoken_segments import doubts
from todoke.meetings.speech.flags import Flag, FlagKind
from todoke.meetings.speech.time_codes import clock
from todoke.meetings.speech.transcript_intake import make_room, piece_flags, piece_rows
from todoke.meetings.speech.transcript_text import SpokenPiece
from todoke.meetings.speech.transcription_request import ERASED, HEAR
from todoke.runtime.refusals import Closed, Conflict

NOT_NOW = "この場所は、いま聞き直しているか、もう言葉が入っています。画面を開き直して確かめてください。"
FILLED = ("start_ms", "end_ms", "text_as_read", "text", "probability", "words", "flags", "must_be_heard")


def gap_flag(chunk: TranscriptChunk) -> Flag:
    """Return why a person must hear the place of a chunk."""
    return Flag(FlagKind.GAP, f"聞き取れませんでした({clock(chunk.start_ms)}〜{clock(chunk.end_ms)})")


@transaction.atomic
def hear_again(gap: TranscriptSegment, *, by: Actor) -> None:
    """Have the engine hear a gap again (聞き取れなかったところの聞き直し). Raises Closed, Conflict."""
    held = gap.transcript.hold()
    if not held.recording.path:
        raise Closed(ERASED)
    chunk = TranscriptChunk.objects.filling_gaps().filter(gap=gap).first()
    if chunk is None or not transition(chunk, TranscriptChunk.Status.WAITING, problem=""):
        raise Conflict(NOT_NOW)
    task_named(HEAR).enqueue(chunk.pk)
    record(held, "聞き取れなかったところの聞き直し", by=by, after={"発言": gap.number})


@transaction.atomic
def fill_gap(chunk: TranscriptChunk) -> None:
    """Put what was heard at last in the place of its gap, unless a person wrote or deleted it first. Idempotent."""
    try:
        held = chunk.transcript.hold()
    except Closed:
        return
    gap = held.segments.gaps().filter(chunk=chunk).first()
    if gap is None:
        return
    segments = chunk.transcription().segments
    pieces = [SpokenPiece.of(each) for each in segments]
    flags = [
        found + doubts(each)
        for found, each in zip(piece_flags(held.recording, pieces, has_end=False), segments, strict=True)
    ]
    first, *more = piece_rows(
        held, pieces, flags,
        number=next_position(held.segments.all(), held, "number") - 1, position=gap.position,
    )  # fmt: skip
    changes = {name: getattr(first, name) for name in FILLED}
    if not compare_and_set(gap, {"revision": gap.revision, "text": ""}, **changes, revision=gap.revision + 1):
        return
    make_room(held, gap.position, len(more))
    TranscriptSegment.objects.bulk_create(more)
    record(held, "聞き取れなかったところの聞取り", by=System("文字起こしの部品"), after={"発言": len(pieces)})
