"""様式のはじめの内容: what a new form begins with: nothing, a template, or a form of one's own."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from todoke.formbuilder.document import edits
from todoke.formbuilder.document.form_templates import all_templates, codes, definition
from todoke.formbuilder.models import FormDraft

OWN = "own:"
MOST = 100


def own_forms(words: str = "") -> QuerySet[FormDraft]:
    """Return forms of this office, the last edited first, by words of their title."""
    found = FormDraft.objects.defer("document").order_by("-edited_at")
    for word in words.split():
        found = found.filter(title__icontains=word)
    return found[:MOST]


def beginnings() -> Iterator[tuple[str, Any]]:
    """Yield what can be chosen: blank, one's own forms, templates."""
    yield "", "白紙から始める"
    if own := [(f"{OWN}{draft.code}", draft.title) for draft in own_forms()]:
        yield "これまでに作った様式", own
    yield "ひな形", [(template.code, template.title) for template in all_templates()]


def beginning(start: str, title: str) -> edits.Definition:
    """Return the definition that a new form begins with; blank for a start that is not known."""
    if start.startswith(OWN):
        own = FormDraft.objects.filter(code=start.removeprefix(OWN)).first()
        return dict(own.document) if own else edits.blank_definition(title)
    return definition(start) if start in codes() else edits.blank_definition(title)
