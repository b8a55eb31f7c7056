"""Template tags: links to add or correct a register row, for those who may edit."""

from django import template
from django.db.models import Model
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.board import register_forms

register = template.Library()


@register.filter
def row_key(row: Model) -> str:
    """Return the public key of a register row."""
    return register_forms.row_key(row)


@register.simple_tag(takes_context=True)
def correction(context: Context, noun: str, key: str, row: Model, label: str = "直す") -> SafeString:
    """Return the link that corrects a row of a register; empty unless the page says ``can_edit``."""
    if not context.get("can_edit"):
        return SafeString("")
    url = reverse("board:sheet-correction", args=[noun, key, register_forms.row_key(row)])
    return format_html('<a class="no-print" href="{}">{}</a>', url, label)


@register.simple_tag(takes_context=True)
def addition(context: Context, noun: str, key: str, label: str) -> SafeString:
    """Return a paragraph with the link that adds a row, or "" unless the context has ``can_edit``."""
    if not context.get("can_edit"):
        return SafeString("")
    url = reverse("board:sheet-new", args=[noun, key])
    return format_html('<p class="no-print"><a href="{}">{}</a></p>', url, label)
