"""File limits 添付の範囲: which kinds of files a question takes, and how large they may be."""

from collections.abc import Mapping

from todoke.file_validation.content_types import MAX_BYTES, SUFFIXES
from todoke.file_validation.office_documents import EXCEL, WORD
from todoke.formbuilder.document.structure import Question

PHOTO, PDF, WORD_FILE, EXCEL_FILE = "photo", "pdf", "word", "excel"
FILE_LABELS: Mapping[str, str] = {
    PHOTO: "写真(JPEG・PNG・HEIC・WebP)", PDF: "PDF", WORD_FILE: "Word(マクロのないもの)",
    EXCEL_FILE: "Excel(マクロのないもの)",
}  # fmt: skip
USUAL = (PHOTO, PDF)
"""What a question takes that names no kinds; Word and Excel only where it names them."""
_KIND_OF = {"application/pdf": PDF, WORD: WORD_FILE, EXCEL: EXCEL_FILE}
MAX_MEGABYTES = MAX_BYTES // 1024 // 1024


def largest_file(question: Question) -> int:
    """Return the bytes that one file of a question may have."""
    return (question.megabytes or MAX_MEGABYTES) * 1024 * 1024


def accepted_types(question: Question) -> list[str]:
    """Return the media types of the files that a question takes."""
    kinds = question.accepts or USUAL
    return [media for media in SUFFIXES if _KIND_OF.get(media, PHOTO) in kinds]


def accept_attribute(question: Question) -> str:
    """Return the ``accept`` attribute of the file input of a question."""
    types = accepted_types(question)
    return ",".join((*types, *(suffix for media in types for suffix in SUFFIXES[media])))
