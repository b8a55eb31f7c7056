"""Forms 様式: drafts, immutable versions, reviews and publication schedules, and the submissions of applicants."""

from todoke.formbuilder.models.answer import Answer
from todoke.formbuilder.models.form import FormDraft, FormVersion
from todoke.formbuilder.models.form_review import FormReview
from todoke.formbuilder.models.migration_notice import MigrationNotice
from todoke.formbuilder.models.publication_schedule import PublicationSchedule
from todoke.formbuilder.models.submission import AlreadySubmitted, Submission, SubmissionIncomplete
from todoke.formbuilder.models.upload import Upload

__all__ = [
    "AlreadySubmitted",
    "Answer",
    "FormDraft",
    "FormReview",
    "FormVersion",
    "MigrationNotice",
    "PublicationSchedule",
    "Submission",
    "SubmissionIncomplete",
    "Upload",
]
