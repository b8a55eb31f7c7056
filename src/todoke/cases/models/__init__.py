"""Cases 案件: applications travelling from receipt to decision."""

from todoke.cases.models.case import Case, IssuedNumber
from todoke.cases.models.correction import CorrectionItem, CorrectionRequest
from todoke.cases.models.decision_draft import Ruling
from todoke.cases.models.draft import Draft
from todoke.cases.models.held_mail import HeldMail
from todoke.cases.models.history import ClockRow, Note, Passage
from todoke.cases.models.letter import Letter, LetterBatch, StopFlag
from todoke.cases.models.message import Exchange, Opinion
from todoke.cases.models.reconfirmation import Reconfirmation, ReconfirmationRound
from todoke.cases.models.representation import Representation
from todoke.cases.models.reuse import Reuse

__all__ = [
    "Case",
    "ClockRow",
    "CorrectionItem",
    "CorrectionRequest",
    "Draft",
    "Exchange",
    "HeldMail",
    "IssuedNumber",
    "Letter",
    "LetterBatch",
    "Note",
    "Opinion",
    "Passage",
    "Reconfirmation",
    "ReconfirmationRound",
    "Representation",
    "Reuse",
    "Ruling",
    "StopFlag",
]
