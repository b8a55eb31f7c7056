"""Forms 様式: drafts, immutable versions, reviews and publication schedules, and the submissions of applicants."""

from todoke.formbuilder.models.answer import Answer
from todoke.formbuilder.models.draft_revision import DraftRevision
from todoke.formbuilder.models.form import FormDraft, FormVersion
from todoke.formbuilder.models.form_review import FormReview
from todoke.formbuilder.models.migration_notice import MigrationNotice
from todoke.formbuilder.models.paper_readings import PaperReading
from todoke.formbuilder.models.publication_schedule import PublicationSchedule
from todoke.formbuilder.models.submission import Submission
from todoke.formbuilder.models.upload import Upload
from todoke.formbuilder.submission_errors import AlreadySubmitted, SubmissionIncomplete

__all__ = [
    "AlreadySubmitted",
    "Answer",
    "DraftRevision",
    "FormDraft",
    "FormReview",
    "FormVersion",
    "MigrationNotice",
    "PaperReading",
    "PublicationSchedule",
    "Submission",
    "SubmissionIncomplete",
    "Upload",
]
