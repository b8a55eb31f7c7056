"""Field 欄: one field of a form with its label, help, errors and control, always in the same order."""

from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext


def field_html(field: BoundField) -> SafeString:
    """Return the HTML of a field: a checkbox stands inside its label, several inputs stand in a fieldset."""
    kind, errors, name = field.widget_type, field.errors, escape(field.auto_id)
    parts = [f'<div class="field field--{escape(kind)}{" field--error" if errors else ""}">']
    if field.use_fieldset:
        described = field.aria_describedby
        parts.append(f'<fieldset aria-describedby="{escape(described)}">' if described else "<fieldset>")
        parts.append(f'<legend class="field__label">{_label(field)}</legend>')
    elif kind != "checkbox":
        parts.append(f'<label class="field__label" for="{escape(field.id_for_label)}">{_label(field)}</label>')
    if field.help_text:
        parts.append(f'<p class="field__help" id="{name}_helptext">{conditional_escape(field.help_text)}</p>')
    if errors:
        lines = "".join(f'<p class="field__error">{conditional_escape(str(error))}</p>' for error in errors)
        parts.append(f'<div id="{name}_error">{lines}</div>')
    if kind == "checkbox":
        words = f"<span>{conditional_escape(field.label)}</span>"
        parts.append(f'<label for="{escape(field.id_for_label)}">{field}{words}</label>')
    else:
        parts.append(str(field))
    parts.append("</fieldset></div>" if field.use_fieldset else "</div>")
    return mark_safe("\n".join(parts))  # noqa: S308 - every value above is escaped


def _label(field: BoundField) -> str:
    """Return the label of a field, and beside it that it may stay empty or when it may not."""
    label = conditional_escape(field.label)
    if field.field.required:
        return label
    when: Any = getattr(field.field, "required_when", "") or gettext("任意")
    return f'{label} <span class="field__optional">{conditional_escape(when)}</span>'
