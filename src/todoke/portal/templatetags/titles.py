"""Template filters: titles 手続の名称 in the language of the page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from todoke.cases.models import Case, Draft
from todoke.design.page_forms import in_english
from todoke.formbuilder.document.phrases import phrase
from todoke.formbuilder.document.translations import words_in
from todoke.guidance.service_summary import ServiceSummary

register = template.Library()


@register.filter
def service_title(thing: Draft | Case | ServiceSummary) -> str:
    """Return the procedure's title, or its translation in the form, if any."""
    title = thing.release.offer.procedure.title
    language = get_language() or "ja"
    if language == "ja":
        return title
    version = thing.release.form_version if isinstance(thing, ServiceSummary) else thing.submission.version
    return words_in(version.parsed, language).get("title", title)


@register.filter
def in_words(text: str) -> str:
    """Return a text of the office in the language of the page where the phrase list has it, else as it is."""
    return phrase(text)


@register.filter
def in_page_language(said: object) -> str:
    """Return a sentence of a domain room in the language of the page where the catalogue has it."""
    return gettext(str(said))


@register.filter
def in_japanese(name: str) -> str:
    """Return a name that exists in Japanese only, marked as Japanese on a page of another language (WCAG 3.1.2)."""
    return format_html('<span lang="ja">{}</span>', name) if in_english() else name
