"""Recording pages 録音の頁: what the pages of recordings, transcripts and pieces show."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.board.recordings.forms.recordings import SegmentForm
from todoke.meetings.chosen_transcriber import said_transcriber
from todoke.meetings.models import Commitment, Meeting, Minutes, Recording, Transcript, TranscriptSegment
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.meetings.speech.engines.rehearsed_speech import LABEL, RehearsedTranscriber
from todoke.meetings.speech.minutes_lines import is_understood
from todoke.meetings.speech.organization_words import words_for
from todoke.meetings.speech.spelling_acts import proposed
from todoke.meetings.speech.spelling_table import SpellingProposal, SpellingTable
from todoke.meetings.speech.time_codes import clock, length_words
from todoke.meetings.speech.transcript_confirmation import heard_at

ON_A_PAGE = 30


@dataclass(frozen=True)
class SegmentRow:
    """頁の発言片: a piece with its place, whoever speaks, its sound, its form and how it could be spelled."""

    segment: TranscriptSegment
    place: str
    speaking: str
    sound: str
    form: SegmentForm
    spellings: list[SpellingProposal]


def recording_of(code: str, number: int) -> Recording:
    """Return a recording of a meeting, or raise Http404."""
    found = Recording.objects.select_related("meeting__body")
    return get_object_or_404(found, meeting__code=code, number=number)


def transcript_of(code: str, number: int, transcript: int) -> Transcript:
    """Return a transcript, or raise Http404."""
    found = Transcript.objects.select_related("recording__meeting__body")
    return get_object_or_404(found, recording__meeting__code=code, recording__number=number, number=transcript)


def segment_of(code: str, number: int, transcript: int, segment: int) -> TranscriptSegment:
    """Return a piece of a transcript, or raise Http404."""
    of = transcript_of(code, number, transcript)
    return get_object_or_404(of.segments.select_related("chunk"), number=segment)


def sound_of(segment: TranscriptSegment) -> str:
    """Return the address of the sound at the place of a piece; empty where it was erased or has no place."""
    recording = segment.transcript.recording
    if not recording.path or not segment.fragment:
        return ""
    return reverse("board:recording-audio", args=[recording.meeting.code, recording.number]) + segment.fragment


def heard_sound(minutes: Minutes, line: int) -> str:
    """Return the address of the sound of which a line of minutes was made; empty where there is none."""
    found = heard_at(minutes, line)
    return sound_of(found) if found else ""


def commitment_sound(commitment: Commitment, user: User) -> str:
    """Return the address of the sound of which the line of a commitment was made, for the secretariat alone."""
    minutes = commitment.meeting.minutes.first() if commitment.line and PREPARE_MEETING.held_by(user) else None
    return heard_sound(minutes, commitment.line) if minutes and commitment.line else ""


def speakers_for(meeting: Meeting, used: list[str]) -> list[str]:
    """Return labels that a person may choose: posts that attend, with whoever holds them, and those already used."""
    attending = meeting.attendances.select_related("post").with_holders()
    held = [(each.post.title, str(getattr(each, "holder", ""))) for each in attending]
    labels = [f"{title}({holder.split()[0]})" if holder else title for title, holder in held]
    return list(dict.fromkeys([*labels, *used]))


def used_speakers(transcript: Transcript) -> list[str]:
    """Return the names of speakers in a transcript, in the order of their first words."""
    return list(dict.fromkeys(transcript.segments.live().exclude(speaker="").values_list("speaker", flat=True)))


def shown_recording(recording: Recording) -> dict[str, Any]:
    """Return the context of the page of a recording: the engine in use, and what it has in hand."""
    in_hand = recording.transcripts.filter(status__in=Transcript.IN_HAND).first()
    return {
        "recording": recording, "meeting": recording.meeting, "engine": said_transcriber(), "in_hand": in_hand,
    }  # fmt: skip


def _label(transcript: Transcript) -> str:
    """Return what a page says of a transcript that nothing recognised."""
    return LABEL if transcript.engine == RehearsedTranscriber.name else ""


def hearing_page(transcript: Transcript) -> dict[str, Any]:
    """Return the context of the page of a transcript that an engine writes: how much it has heard, and what failed."""
    chunks = transcript.chunks.all()
    heard, whole = chunks.heard().seconds(), chunks.seconds()
    return {
        "transcript": transcript, "recording": transcript.recording, "meeting": transcript.recording.meeting,
        "heard": length_words(heard), "whole": length_words(whole), "share": round(100 * heard / whole) if whole else 0,
        "label": _label(transcript),
        "failed": [(clock(each.start_ms), clock(each.end_ms), each.problem) for each in chunks.failed()],
    }  # fmt: skip


def transcript_page(transcript: Transcript, number: str | None) -> dict[str, Any]:
    """Return the context of a correction page: some pieces, what must still be heard, and the next of it."""
    pages = Paginator(transcript.segments.live().select_related("chunk"), ON_A_PAGE)
    page, used = pages.get_page(number), used_speakers(transcript)
    waiting, gaps = transcript.segments.unheard(), transcript.segments.gaps()
    is_open = transcript.status == Transcript.Status.CHECKING
    table = words_for(transcript.recording.meeting.body).spelling if is_open else SpellingTable({})
    spellings = proposed(transcript, table)
    return {
        "transcript": transcript, "recording": transcript.recording, "meeting": transcript.recording.meeting,
        "page": page, "rows": _rows(transcript, list(page.object_list), table), "waiting": waiting.count(),
        "gaps": gaps.count(), "first_gap": page_of(gaps.first()),
        "following": page_of(waiting.first()), "used": used, "total": pages.count,
        "speakers": speakers_for(transcript.recording.meeting, used),
        "unknown": [each for each in used if not is_understood(each)],
        "gone": transcript.segments.filter(state=TranscriptSegment.State.DELETED),
        "spellings": spellings, "places": sum(each.places for each in spellings),
        "is_open": is_open, "label": _label(transcript),
    }  # fmt: skip


def _rows(transcript: Transcript, found: list[TranscriptSegment], table: SpellingTable) -> list[SegmentRow]:
    earlier = transcript.segments.live().exclude(speaker="")
    first = earlier.filter(position__lt=found[0].position).last() if found else None
    rows, speaking = [], first.speaker if first else ""
    for segment in found:
        speaking = segment.speaker or speaking
        place = clock(segment.start_ms) if segment.start_ms is not None else ""
        rows.append(
            SegmentRow(
                segment, place, speaking, sound_of(segment), SegmentForm.of(segment), table.proposals(segment.text)
            )
        )
    return rows


def page_of(segment: TranscriptSegment | None) -> str:
    """Return the address of the correction page at a piece."""
    if segment is None:
        return ""
    before = TranscriptSegment.objects.live().filter(transcript=segment.transcript_id, position__lt=segment.position)
    page = before.count() // ON_A_PAGE + 1
    of = segment.transcript
    where = [of.recording.meeting.code, of.recording.number, of.number]
    return reverse("board:recording-transcript", args=where, query={"page": page}, fragment=f"segment-{segment.number}")
