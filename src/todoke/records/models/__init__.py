"""Records 公文書: what is kept, for how long, who holds it back, and how it is disposed of or disclosed."""

from todoke.records.models.classification import Classification, ClassificationDraft, ClassificationTable
from todoke.records.models.disclosure import Ground, Passage
from todoke.records.models.disposal import Disposal, DisposalItem
from todoke.records.models.file import Document, Extension, Hold, RecordFile

__all__ = [
    "Classification",
    "ClassificationDraft",
    "ClassificationTable",
    "Disposal",
    "DisposalItem",
    "Document",
    "Extension",
    "Ground",
    "Hold",
    "Passage",
    "RecordFile",
]
