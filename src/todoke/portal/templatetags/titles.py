"""Template filters: titles 手続の名称 in the language of the page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from todoke.cases.models import Draft
from todoke.guidance.service_summary import ServiceSummary

register = template.Library()


@register.filter
def service_title(thing: Draft | ServiceSummary) -> str:
    """Return the procedure's title, or its translation in the form, if any."""
    if isinstance(thing, Draft):
        release, document = thing.release, thing.submission.document
    else:
        release, document = thing.release, thing.document
    translated = get_language() in document.translations
    return document.title if translated else release.offer.procedure.title


@register.filter
def in_japanese(name: str) -> str:
    """Return a name that exists in Japanese only, marked as Japanese on a page of another language (WCAG 3.1.2)."""
    return format_html('<span lang="ja">{}</span>', name) if (get_language() or "ja").startswith("en") else name
