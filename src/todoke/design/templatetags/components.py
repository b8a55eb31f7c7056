"""Components 部品: template tags and filters for the parts of pages; the gallery shows every one of them."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.template.base import render_value_in_context
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.design.navigation import faces, lines, rails
from todoke.design.table_labels import label_cells

register = template.Library()
LINE_BREAK = re.compile(r"(?<!\s)\s*\n\s*")


@register.filter
def html_language(code: str) -> str:
    """Return the language code for HTML: ``ja`` for easy Japanese (``ja-easy``)."""
    return "ja" if code == "ja-easy" else code


@register.simple_tag
def language_buttons() -> SafeString:
    """Render a button for each language of the residents' pages, that of the page marked."""
    return _language_buttons(get_language(), tuple(settings.LANGUAGES))


@cache
def _language_buttons(current: str | None, languages: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join(
        "\n",
        '<li><button name="language" value="{}" lang="{}"{}>{}</button></li>',
        (
            (code, html_language(code), SafeString(' aria-current="true"' if code == current else ""), name)
            for code, name in languages
        ),
    )


@register.filter
def first_control(field: BoundField) -> str:
    """Return the id of the first control of a field, the target of its link in the error summary."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple | MultiWidget):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.inclusion_tag("design/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Render the errors of a form with links to their fields; only once for a form, above it or in it."""
    said = vars(form).get("summarised", False)
    vars(form)["summarised"] = True
    return {"form": None if said else form}


@register.simple_block_tag
def table_region(content: SafeString, label: str, tall: bool = False) -> SafeString:
    """Wrap a table in a region that scrolls, also by keyboard; ``tall`` keeps its head visible.

    On a phone, where a card table hides its head, each cell says the heading of its column.
    """
    content = SafeString(label_cells(content))
    css = "table-region table-region--tall" if tall else "table-region"
    return format_html(
        '<div class="{}" role="region" aria-label="{}" tabindex="0">{}</div>',
        css,
        _("%(label)s(表)") % {"label": label},
        content,
    )


@register.simple_block_tag
def joined_lines(content: SafeString) -> SafeString:
    """Return the content without its line breaks, so that Japanese text may be broken in a template.

    A browser shows a line break as a blank, which Japanese does not have between words. Values have to be of one line.
    """
    return SafeString(LINE_BREAK.sub("", content.strip()))


@register.simple_tag
def table_head(*labels: str) -> SafeString:
    """Return the head of a table from labels, a class after a colon as in 金額:number; leave out what is empty."""
    cells = format_html_join("", '<th scope="col"{}>{}</th>', (_heading(label) for label in labels if label))
    return format_html("<thead><tr>{}</tr></thead>", cells)


def _heading(label: str) -> tuple[SafeString, str]:
    words, _colon, css = str(label).partition(":")
    return format_html(' class="{}"', css) if css else SafeString(""), words


@register.simple_tag(takes_context=True)
def summary_entry(context: Context, label: str, value: Any) -> SafeString:
    """Return a label and its value, one line of a summary list, as ``{{ value }}`` would be written."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, SafeString(render_value_in_context(value, context)))


@register.simple_block_tag
def summary_block(content: SafeString, label: str) -> SafeString:
    """Return a label and what is written about it, one line of a summary list."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.inclusion_tag("design/folded_form.html")
def folded_form(
    summary: str, form: BaseForm, button: str, view: str, *args: Any, wide: bool = False, danger: bool = False
) -> dict[str, Any]:
    """Show a form under its summary, sent to ``view`` with ``args``; not printed."""
    action = reverse(view, args=args)
    return {"summary": summary, "form": form, "button": button, "action": action, "wide": wide, "danger": danger}


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """Render a notice with an optional title; ``kind`` is info, warning, error or success."""
    head = format_html('<p class="notice__title">{}</p>', title) if title else ""
    return format_html('<div class="notice notice--{}">{}{}</div>', kind, head, content)


@register.simple_block_tag
def empty_state(content: SafeString, title: str) -> SafeString:
    """Render the message of an empty list with its first step."""
    return format_html('<div class="empty-state"><p class="empty-state__title">{}</p>{}</div>', title, content)


@register.simple_block_tag
def page_head(content: SafeString, title: str, lead: str = "") -> SafeString:
    """Render the head of a page: title, lead sentence, and buttons."""
    acts = format_html('<div class="page-head__acts">{}</div>', content) if content.strip() else ""
    below = format_html('<p class="lead">{}</p>', lead) if lead else ""
    return format_html(
        '<div class="page-head"><div class="page-head__row"><h1>{}</h1>{}</div>{}</div>', title, acts, below
    )


@register.simple_tag
def breadcrumbs(*trail: str) -> SafeString:
    """Render breadcrumbs from pairs of label and address; a last label without address is the current page."""
    steps = [(trail[i], trail[i + 1] if i + 1 < len(trail) else "") for i in range(0, len(trail), 2)]
    items = format_html_join(
        "",
        "{}",
        (
            (format_html('<li><a href="{}">{}</a></li>', url, label),)
            if url
            else (format_html('<li aria-current="page"><span>{}</span></li>', label),)
            for label, url in steps
        ),
    )
    return format_html('<nav class="breadcrumbs" aria-label="{}"><ol>{}</ol></nav>', _("現在の位置"), items)


@register.simple_tag
def steps(names: Sequence[str], current: int) -> SafeString:
    """Render the steps of a process; ``current`` counts from 1."""
    items = format_html_join(
        "",
        "<li{}><span>{}{}</span></li>",
        (
            (
                SafeString(' aria-current="step"' if n == current else ' data-state="done"' if n < current else ""),
                name,
                format_html('<span class="visually-hidden">{}</span>', _("(済み)") if n < current else _("(これから)"))
                if n != current
                else "",
            )
            for n, name in enumerate(names, 1)
        ),
    )
    place = _("%(all)d段階のうち%(this)d段階目") % {"all": len(names), "this": current}
    return format_html('<ol class="steps" aria-label="{}">{}</ol>', place, items)


@register.simple_tag(takes_context=True)
def sort_head(context: Context, label: str, key: str, css: str = "") -> SafeString:
    """Render a column head that sorts, first ascending, then descending; other query parameters stay."""
    query = context["request"].GET.copy()
    chosen = query.get("sort", "")
    state = "ascending" if chosen == key else "descending" if chosen == f"-{key}" else "none"
    query["sort"] = f"-{key}" if chosen == key else key
    query.pop("after", None)
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a href="?{}">{}</a></th>', css, state, query.urlencode(), label
    )


@register.inclusion_tag("design/rail.html", takes_context=True)
def rail(context: Context, face: str) -> dict[str, Any]:
    """Render the navigation of a staff face."""
    return {"lines": lines(rails()[face], path=context["request"].path, roles=_roles(context)), "face": face}


@register.inclusion_tag("design/staff_masthead.html", takes_context=True)
def staff_masthead(context: Context, name: str) -> dict[str, Any]:
    """Render the head of a staff face: its name, the other faces, the user and their posts."""
    request = context["request"]
    return {
        "name": name,
        "lines": lines(faces(), path=request.path, roles=_roles(context)),
        "posts": [str(tenure.post) for tenure in getattr(request, "posts", [])],
        "user": request.user,
        "municipality": context.get("municipality", ""),
        "appearance": context.get("appearance"),
    }


def _roles(context: Context) -> frozenset[str]:
    return frozenset(tenure.post.role for tenure in getattr(context["request"], "posts", []))


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """Return the form without placeholders, which vanish on typing and look like answers before."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.simple_tag(takes_context=True)
def home_of_face(context: Context) -> str:
    """Return the address of the first page of the current face, for error pages."""
    request = context.get("request")
    first = request.path_info.split("/")[1] if request else ""
    return f"/{first}/" if first in rails() else "/"
