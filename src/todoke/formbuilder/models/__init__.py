"""Forms 様式: drafts that are edited, versions that are frozen, and what people submitted with them."""

from todoke.formbuilder.models.answer import Answer
from todoke.formbuilder.models.carryover import Carryover
from todoke.formbuilder.models.form import FormDraft, FormVersion, Overtaken
from todoke.formbuilder.models.review import Moved, NotAnother, NotReviewed, Review
from todoke.formbuilder.models.schedule import Schedule
from todoke.formbuilder.models.submission import Closed, Incomplete, Submission
from todoke.formbuilder.models.upload import Upload

__all__ = [
    "Answer",
    "Carryover",
    "Closed",
    "FormDraft",
    "FormVersion",
    "Incomplete",
    "Moved",
    "NotAnother",
    "NotReviewed",
    "Overtaken",
    "Review",
    "Schedule",
    "Submission",
    "Upload",
]
