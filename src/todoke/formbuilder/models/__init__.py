"""Forms 様式: drafts that are edited, versions that are frozen, and what people submitted with them."""

from todoke.formbuilder.models.answer import Answer
from todoke.formbuilder.models.carryover import Carryover
from todoke.formbuilder.models.form import FormDraft, FormVersion
from todoke.formbuilder.models.review import Review
from todoke.formbuilder.models.schedule import Schedule
from todoke.formbuilder.models.submission import AlreadySubmitted, Incomplete, Submission
from todoke.formbuilder.models.upload import Upload

__all__ = [
    "AlreadySubmitted",
    "Answer",
    "Carryover",
    "FormDraft",
    "FormVersion",
    "Incomplete",
    "Review",
    "Schedule",
    "Submission",
    "Upload",
]
