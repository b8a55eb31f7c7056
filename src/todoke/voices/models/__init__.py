"""Models of the voices 声: public comments, ideas, staff proposals, and the links to what became of them."""

from todoke.voices.models.briefing import Briefing
from todoke.voices.models.challenge import Challenge, Respondent
from todoke.voices.models.comment_group import CommentGroup, OfficialResponse, TextChange
from todoke.voices.models.comment_point import CommentPoint, SimilarOpinion
from todoke.voices.models.comment_receipt import CommentReceipt, Timeliness
from todoke.voices.models.comparison_run import ComparisonRun
from todoke.voices.models.consultation import Consultation
from todoke.voices.models.consultation_burst import ConsultationBurst
from todoke.voices.models.consultation_channel import ConsultationChannel
from todoke.voices.models.consultation_extension import ConsultationExtension
from todoke.voices.models.consultation_follower import ConsultationFollower
from todoke.voices.models.consultation_rule import ConsultationRule
from todoke.voices.models.consultation_text import Clause, ConsultationText
from todoke.voices.models.idea import FeedbackStep, Idea, ModerationEvent, Reaction
from todoke.voices.models.proposal_authors import Authorship
from todoke.voices.models.proposal_call import ProposalCall, ProposalLot
from todoke.voices.models.proposal_review import AgendaLink, EffectMeasurement, ProposalVerdict, SectionStatement
from todoke.voices.models.public_comment import CommentMask, PublicComment, Sender
from todoke.voices.models.staff_proposal import StaffProposal
from todoke.voices.models.trace_link import TraceLink

__all__ = [
    "AgendaLink",
    "Authorship",
    "Briefing",
    "Challenge",
    "Clause",
    "CommentGroup",
    "CommentMask",
    "CommentPoint",
    "CommentReceipt",
    "ComparisonRun",
    "Consultation",
    "ConsultationBurst",
    "ConsultationChannel",
    "ConsultationExtension",
    "ConsultationFollower",
    "ConsultationRule",
    "ConsultationText",
    "EffectMeasurement",
    "FeedbackStep",
    "Idea",
    "ModerationEvent",
    "OfficialResponse",
    "ProposalCall",
    "ProposalLot",
    "ProposalVerdict",
    "PublicComment",
    "Reaction",
    "Respondent",
    "SectionStatement",
    "Sender",
    "SimilarOpinion",
    "StaffProposal",
    "TextChange",
    "Timeliness",
    "TraceLink",
]
