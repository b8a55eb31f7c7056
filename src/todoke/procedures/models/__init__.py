"""手続の模型: the inventory and what belongs to it."""

from todoke.procedures.models.code import Code, CodeSpelling, install_code_tables
from todoke.procedures.models.history import FieldChange
from todoke.procedures.models.imports import ImportChange, ImportDefect, ImportRun
from todoke.procedures.models.judgement import Judgement
from todoke.procedures.models.municipal import LegalBasis, PaperForm, Volume
from todoke.procedures.models.procedure import CodedValue, Procedure, ProcedureQuerySet, next_serial, number_of
from todoke.procedures.models.release import FeeExemption, FeeLine, LetterText, Offer, Release
from todoke.procedures.models.resemblance import Resemblance
from todoke.procedures.models.reviews import Review, Ruling
from todoke.procedures.models.roadmap import Capacity, Precondition, Roadmap, RoadmapItem, Stage
from todoke.procedures.models.rounds import MergedCell, Round, RoundRow, RoundSheet, Workbook
from todoke.procedures.models.scenario import Scenario

__all__ = [
    "Capacity",
    "Code",
    "CodeSpelling",
    "CodedValue",
    "FeeExemption",
    "FeeLine",
    "FieldChange",
    "ImportChange",
    "ImportDefect",
    "ImportRun",
    "Judgement",
    "LegalBasis",
    "LetterText",
    "MergedCell",
    "Offer",
    "PaperForm",
    "Precondition",
    "Procedure",
    "ProcedureQuerySet",
    "Release",
    "Resemblance",
    "Review",
    "Roadmap",
    "RoadmapItem",
    "Round",
    "RoundRow",
    "RoundSheet",
    "Ruling",
    "Scenario",
    "Stage",
    "Volume",
    "Workbook",
    "install_code_tables",
    "next_serial",
    "number_of",
]
