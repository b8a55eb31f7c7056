"""Template tag: progress of translations 訳の進み."""

from django import template

from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.document.translations import Progress, progress

register = template.Library()


@register.filter
def translation_progress(document: Document) -> list[Progress]:
    """Return the languages of a form and the number of texts without translation."""
    return progress(document)
