"""Meetings 会議: meetings, minutes, decisions and commitments."""

from todoke.meetings.models.commitment import Commitment, CommitmentEvent
from todoke.meetings.models.meeting import AgendaItem, Attendance, Body, Meeting
from todoke.meetings.models.meeting_document import MeetingDocument
from todoke.meetings.models.minutes import Decision, Minutes, Suggestion
from todoke.meetings.models.reader_version import ReaderVersion
from todoke.meetings.models.recordings import Recording
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_chunk import TranscriptChunk
from todoke.meetings.models.transcript_segment import SegmentChange, TranscriptSegment
from todoke.meetings.models.vocabulary_term import VocabularyTerm

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "Commitment",
    "CommitmentEvent",
    "Decision",
    "Meeting",
    "MeetingDocument",
    "Minutes",
    "ReaderVersion",
    "Recording",
    "SegmentChange",
    "Suggestion",
    "Transcript",
    "TranscriptChunk",
    "TranscriptSegment",
    "VocabularyTerm",
]
