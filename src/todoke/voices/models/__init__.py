"""Models of the voices 声: public comments, ideas, staff proposals, and the links to what became of them."""

from todoke.voices.models.comment_group import CommentGroup, OfficialResponse, TextChange
from todoke.voices.models.comment_point import CommentPoint, SimilarOpinion
from todoke.voices.models.comment_receipt import CommentReceipt, Timeliness
from todoke.voices.models.comparison_run import ComparisonRun
from todoke.voices.models.consultation import Consultation, ConsultationChannel
from todoke.voices.models.consultation_extension import ConsultationExtension
from todoke.voices.models.consultation_rule import ConsultationRule
from todoke.voices.models.consultation_text import Clause, ConsultationText
from todoke.voices.models.public_comment import CommentMask, PublicComment, Sender

__all__ = [
    "Clause",
    "CommentGroup",
    "CommentMask",
    "CommentPoint",
    "CommentReceipt",
    "ComparisonRun",
    "Consultation",
    "ConsultationChannel",
    "ConsultationExtension",
    "ConsultationRule",
    "ConsultationText",
    "OfficialResponse",
    "PublicComment",
    "Sender",
    "SimilarOpinion",
    "TextChange",
    "Timeliness",
]
