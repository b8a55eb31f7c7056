"""Transcript intake 文字起こしの取込み: pieces from a file or from a person who types beside the player."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import F

from todoke.accounts.actors import Actor, user_of
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.file_validation.bounded_read import read_bounded
from todoke.meetings.models.recordings import Recording
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_segment import SegmentChange, TranscriptSegment, changes_of
from todoke.meetings.speech.flags import Flag, all_flags, text_flags
from todoke.meetings.speech.organization_words import words_for
from todoke.meetings.speech.transcript_text import LONGEST_TEXT, SpokenPiece, TranscriptText, read_transcript
from todoke.runtime.refusals import Refused

BEYOND = 1_000_000


def take_in(recording: Recording, data: bytes, *, by: Actor) -> Transcript:
    """Take a file or pasted text in as a transcript (文字起こしの取込み); what is not taken is listed on it.

    The file is read, and compared with the words of the body, before the transaction. Raises Unreadable, Closed.
    """
    found = read_bounded(read_transcript, data)
    return _store(recording, found, piece_flags(recording, found.pieces), by=by)


def piece_flags(recording: Recording, pieces: Sequence[SpokenPiece], *, has_end: bool = True) -> list[list[Flag]]:
    """Return the flags of each piece; of thousands of pieces that takes seconds.

    With ``has_end`` the last piece is the last of the recording.
    """
    words, seconds = words_for(recording.meeting.body), recording.seconds if has_end else None
    ends = [place for each in pieces for place in (each.start_ms, each.end_ms) if place is not None]
    return all_flags(
        [each.text for each in pieces], last_end_ms=max(ends, default=None), seconds=seconds,
        names=words.names, terms=words.terms,
    )  # fmt: skip


@transaction.atomic
def _store(recording: Recording, found: TranscriptText, flags: Sequence[list[Flag]], *, by: Actor) -> Transcript:
    left_out = [{"line": each.line, "text": each.text, "reason": each.reason} for each in found.left_out]
    made = Transcript.start(
        recording, Transcript.Origin.FILE, by=by, notation=found.notation, left_out=left_out,
        status=Transcript.Status.CHECKING,
    )  # fmt: skip
    insert_pieces(made, found.pieces, flags)
    told = {"発言": len(found.pieces), "取り込まなかった行": len(found.left_out)}
    record(made, "文字起こしの取込み", by=by, after=told)
    return made


def insert_pieces(
    transcript: Transcript, pieces: Sequence[SpokenPiece], flags: Sequence[list[Flag]]
) -> list[TranscriptSegment]:
    """Insert the pieces of a transcript in their order and return them."""
    return TranscriptSegment.objects.bulk_create(piece_rows(transcript, pieces, flags))


def piece_rows(
    transcript: Transcript, pieces: Sequence[SpokenPiece], flags: Sequence[list[Flag]],
    *, number: int = 1, position: int = 1,
) -> list[TranscriptSegment]:  # fmt: skip
    """Return pieces as rows, unsaved, from a number and a position on; whoever goes on speaking is named once."""
    rows, speaking = [], ""
    for at, (piece, found) in enumerate(zip(pieces, flags, strict=True)):
        named = piece.speaker if piece.speaker != speaking else ""
        speaking = piece.speaker or speaking
        row = TranscriptSegment(
            transcript=transcript, number=number + at, position=position + at,
            start_ms=piece.start_ms, end_ms=piece.end_ms, text_as_read=piece.text, text=piece.text, speaker=named,
            probability=piece.probability, words=[asdict(word) for word in piece.words],
        )  # fmt: skip
        row.set_flags(found)
        rows.append(row)
    return rows


def make_room(transcript: Transcript, position: int, places: int = 1) -> None:
    """Move the pieces after a position by so many places, over numbers that nobody has."""
    later = TranscriptSegment.objects.filter(transcript=transcript, position__gt=position)
    later.update(position=F("position") + BEYOND)
    moved = TranscriptSegment.objects.filter(transcript=transcript, position__gt=BEYOND)
    moved.update(position=F("position") - BEYOND + places)


@transaction.atomic
def add_piece(
    transcript: Transcript, text: str, *, by: Actor, speaker: str = "", start_ms: int | None = None
) -> TranscriptSegment:
    """Append what a person heard and typed (発言の書き足し). Raises Refused for no words or too many, Closed."""
    held, words = transcript.hold(), one_line(text)
    number = next_position(held.segments.all(), held, "number")
    last = held.segments.order_by("position").last()
    made = TranscriptSegment(
        transcript=held, number=number, position=last.position + 1 if last else 1, start_ms=start_ms, text=words,
        speaker=speaker.strip()[:80], state=TranscriptSegment.State.HEARD,
    )  # fmt: skip
    known = words_for(held.recording.meeting.body)
    made.set_flags(text_flags(words, names=known.names, terms=known.terms))
    made.save()
    changes_of(made, SegmentChange.Act.ADDED, "", user_of(by))
    record(held, "発言の書き足し", by=by, after={"発言": number})
    return made


def one_line(text: str) -> str:
    """Return typed words as one line. Raises Refused for none, or for more than a piece holds."""
    words = " ".join(text.replace("\x00", "").split())
    if not words:
        raise Refused("発言の文を書いてください。要らない発言は「削除する」で消せます。")
    if len(words) > LONGEST_TEXT:
        raise Refused(f"一つの発言は{LONGEST_TEXT:,}字までです。「分ける」で二つにしてください。")
    return words
