"""Case models 案件: the case, its drafts, corrections, letters, messages and history."""

from todoke.cases.models.answer_export import AnswerExport, AnswerExportRow, AnswerLayout
from todoke.cases.models.case import Case, IssuedNumber
from todoke.cases.models.case_event import CaseEvent, ClockRow, Note
from todoke.cases.models.case_message import CaseMessage, Opinion
from todoke.cases.models.correction import CorrectionItem, CorrectionRequest
from todoke.cases.models.decision_draft import DecisionDraft
from todoke.cases.models.draft import Draft
from todoke.cases.models.draft_reminder import DraftReminder
from todoke.cases.models.held_mail import HeldMail
from todoke.cases.models.intake_count import IntakeCount
from todoke.cases.models.letter import Letter
from todoke.cases.models.letter_batch import LetterBatch
from todoke.cases.models.reconfirmation import Reconfirmation, ReconfirmationRound
from todoke.cases.models.representation import Representation
from todoke.cases.models.reuse import ReusedAnswer
from todoke.cases.models.scanned_application import ScannedApplication
from todoke.cases.models.stop_flag import StopFlag

__all__ = [
    "AnswerExport",
    "AnswerExportRow",
    "AnswerLayout",
    "Case",
    "CaseEvent",
    "CaseMessage",
    "ClockRow",
    "CorrectionItem",
    "CorrectionRequest",
    "DecisionDraft",
    "Draft",
    "DraftReminder",
    "HeldMail",
    "IntakeCount",
    "IssuedNumber",
    "Letter",
    "LetterBatch",
    "Note",
    "Opinion",
    "Reconfirmation",
    "ReconfirmationRound",
    "Representation",
    "ReusedAnswer",
    "ScannedApplication",
    "StopFlag",
]
