"""Input HTML 部分の欄: one labelled input of an answer that has several parts."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import get_default_renderer
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext


def part_html(part: str, label: str, widget: Mapping[str, Any]) -> SafeString:
    """Return the label and the input of one part; ``widget`` is the context of its widget."""
    written = get_default_renderer().render(widget["template_name"], {"widget": widget})
    return format_html(
        '<div class="parts__part parts__part--{}">\n<label class="parts__label" for="{}">{}</label>\n{}</div>',
        part,
        widget["attrs"].get("id", ""),
        gettext(label),
        written,
    )
