"""Masking 墨消し: what is withheld never enters the copy that is given out, so nothing can be uncovered."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.design.pdf import typeset
from todoke.japanese.calendar import in_era
from todoke.records.models import Document, Ground, RecordFile

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Piece:
    """部分: either text that is disclosed, or the ground on which a passage is withheld; never both."""

    text: str = ""
    ground: str = ""


def pieces_of(document: Document) -> list[Piece]:
    """Cut a document into disclosed text and withheld passages; overlapping passages become one."""
    if document.withheld_for:
        return [Piece(ground=Ground(document.withheld_for).label)]
    pieces, at = [], 0
    for passage in document.passages.order_by("start", "end"):
        if passage.end <= at:
            continue
        if passage.start > at:
            pieces.append(Piece(text=document.text[at : passage.start]))
        if passage.start >= at:
            pieces.append(Piece(ground=Ground(passage.ground).label))
        at = passage.end
    if at < len(document.text):
        pieces.append(Piece(text=document.text[at:]))
    return pieces


def copy_of(file: RecordFile) -> dict[str, Any]:
    """Return the disclosed copy as data. The title is left out: it may name a person."""
    documents = [
        {"name": f"文書{document.order} {document.name}", "pieces": [asdict(piece) for piece in pieces_of(document)]}
        for document in file.documents.prefetch_related("passages")
    ]
    return {
        "municipality": settings.MUNICIPALITY,
        "number": file.number,
        "kind": file.kind,
        "closed_on": in_era(file.closed_on),
        "documents": documents,
        "synthetic": "デモ(架空の区の文書です)" if settings.DEMO else "",
    }


def print_copy(file: RecordFile) -> bytes:
    """Return the disclosed copy as PDF/UA-1, black where something is withheld, with the ground beside it."""
    return typeset(HERE / "disclosure.typ", copy_of(file))
