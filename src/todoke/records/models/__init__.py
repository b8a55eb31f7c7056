"""Records 公文書: classification tables, record files, retention holds, disposals and disclosure."""

from todoke.records.models.classification import Classification, ClassificationDraft, ClassificationTable
from todoke.records.models.disclosure import Ground, WithheldPassage
from todoke.records.models.disposal import Disposal, DisposalItem
from todoke.records.models.file import Document, Extension, RecordFile, RetentionHold

__all__ = [
    "Classification",
    "ClassificationDraft",
    "ClassificationTable",
    "Disposal",
    "DisposalItem",
    "Document",
    "Extension",
    "Ground",
    "RecordFile",
    "RetentionHold",
    "WithheldPassage",
]
