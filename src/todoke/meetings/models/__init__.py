"""Meetings 会議: meetings, minutes, decisions and commitments."""

from todoke.meetings.models.commitment import Commitment, CommitmentEvent
from todoke.meetings.models.meeting import AgendaItem, Attendance, Body, Meeting, MeetingDocument
from todoke.meetings.models.minutes import Decision, Minutes, Suggestion
from todoke.meetings.models.reader_version import ReaderVersion

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
    "Suggestion",
]
