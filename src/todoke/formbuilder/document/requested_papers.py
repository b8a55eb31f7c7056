"""Requested papers あとから求めた書類: the page of papers that the office asked an applicant for after submission."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from todoke.formbuilder.document.structure import Document, FormPage, Group, Question, QuestionKind

PAGE, PREFIX = "requested_papers", "requested_paper_"


def with_requested_papers(document: Document, papers: Sequence[Mapping[str, str]]) -> Document:
    """Return the document with a last page of the papers, each an ``id`` and a ``label``, that were asked for."""
    if not papers:
        return document
    questions = tuple(
        Question(paper["id"], QuestionKind.FILE, paper["label"], sensitive=True)
        for paper in papers
        if paper["id"] not in document.by_id
    )
    page = FormPage(PAGE, _("あとから求められた書類"), (Group("requested_papers_group", "", questions),))
    return replace(document, pages=(*document.pages, page))
