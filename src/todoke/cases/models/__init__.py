"""Cases 案件: applications travelling from receipt to decision."""

from todoke.cases.models.case import Case, IssuedNumber
from todoke.cases.models.correction import CorrectionItem, CorrectionRequest
from todoke.cases.models.draft import Draft
from todoke.cases.models.history import ClockRow, Note, Passage
from todoke.cases.models.letter import Letter, StopFlag
from todoke.cases.models.ruling import Ruling

__all__ = [
    "Case",
    "ClockRow",
    "CorrectionItem",
    "CorrectionRequest",
    "Draft",
    "IssuedNumber",
    "Letter",
    "Note",
    "Passage",
    "Ruling",
    "StopFlag",
]
