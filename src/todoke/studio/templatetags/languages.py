"""訳の進み for the head of a form."""

from django import template

from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.document.translations import Progress, progress

register = template.Library()


@register.filter
def translation_progress(document: Document) -> list[Progress]:
    """Return the languages of a form with the number of texts that have no translation."""
    return progress(document)
