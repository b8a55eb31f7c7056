"""Redaction 墨消し: makes the disclosed copy of a file, without the withheld text."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import format_era_date
from todoke.records.models import Document, Ground, RecordFile
from todoke.records.personal_items import PersonalItem, personal_items

HERE = Path(__file__).parent


@dataclass(frozen=True)
class RedactedPiece:
    """部分: either disclosed text or the ground of a withheld passage."""

    text: str = ""
    ground: str = ""


def redacted_pieces(document: Document) -> list[RedactedPiece]:
    """Return a document as disclosed text and withheld passages; overlapping passages are merged."""
    if document.withheld_for:
        return [RedactedPiece(ground=Ground(document.withheld_for).label)]
    pieces, at = [], 0
    for passage in document.passages.order_by("start", "end"):
        if passage.end <= at:
            continue
        if passage.start > at:
            pieces.append(RedactedPiece(text=document.text[at : passage.start]))
        if passage.start >= at:
            pieces.append(RedactedPiece(ground=Ground(passage.ground).label))
        at = passage.end
    if at < len(document.text):
        pieces.append(RedactedPiece(text=document.text[at:]))
    return pieces


def disclosed_items(document: Document) -> list[PersonalItem]:
    """Return what a document still tells of persons where it is disclosed."""
    if document.withheld_for:
        return []
    shown = [piece.text for piece in redacted_pieces(document)]
    return [item for item in personal_items(document.text) if any(item.words in text for text in shown)]


def disclosed_copy(file: RecordFile) -> dict[str, Any]:
    """Return the disclosed copy as data, without the title, which may name a person."""
    documents = [
        {
            "name": f"文書{document.order} {document.name}",
            "pieces": [asdict(piece) for piece in redacted_pieces(document)],
        }
        for document in file.documents.prefetch_related("passages")
    ]
    return {
        "municipality": municipality().name,
        "number": file.number,
        "kind": file.kind,
        "closed_on": format_era_date(file.closed_on),
        "documents": documents,
        "synthetic": "デモ(架空の区の文書です)" if settings.DEMO else "",
    }


def disclosed_copy_pdf(file: RecordFile) -> bytes:
    """Return the disclosed copy as PDF/UA-1, with black bars and the ground for each withheld passage."""
    return render_office_pdf(HERE / "disclosure.typ", disclosed_copy(file))
