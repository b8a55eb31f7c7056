"""利用調整の模型: schemes with rule versions, rounds with seats and children, runs, placements and letters."""

from todoke.admissions.models.directive import Directive
from todoke.admissions.models.household import ApplicantChild, Household, Preference
from todoke.admissions.models.mapped_question import MappedQuestion, TakenApplication
from todoke.admissions.models.placement_letter import (
    CorrectedPlacement,
    PlacementCorrection,
    PlacementLetter,
    ReplayDifference,
)
from todoke.admissions.models.placement_run import Placement, PlacementRun
from todoke.admissions.models.rule_version import RuleDraft, RuleVersion
from todoke.admissions.models.scheme import Scheme
from todoke.admissions.models.score_line import ChildScore, ScoreLine, ScoringFact
from todoke.admissions.models.seat_pool import ChildcareFacility, SeatPool, SeatPoolClass, SeatReport
from todoke.admissions.models.selection_round import SelectionRound
from todoke.admissions.models.submitted_paper import (
    HandRecount,
    LeftOutApplication,
    OpenPointSignature,
    SubmittedPaper,
)

__all__ = [
    "ApplicantChild",
    "ChildScore",
    "ChildcareFacility",
    "CorrectedPlacement",
    "Directive",
    "HandRecount",
    "Household",
    "LeftOutApplication",
    "MappedQuestion",
    "OpenPointSignature",
    "Placement",
    "PlacementCorrection",
    "PlacementLetter",
    "PlacementRun",
    "Preference",
    "ReplayDifference",
    "RuleDraft",
    "RuleVersion",
    "Scheme",
    "ScoreLine",
    "ScoringFact",
    "SeatPool",
    "SeatPoolClass",
    "SeatReport",
    "SelectionRound",
    "SubmittedPaper",
    "TakenApplication",
]
