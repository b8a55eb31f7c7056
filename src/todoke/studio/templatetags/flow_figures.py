"""Template filter: minutes in days of eight hours and hours 待ち時間の書き方."""

from django.template import Library

from todoke.flows.durations import duration_text

register = Library()


@register.filter
def counted_in(value: float | None, unit: str) -> str:
    """Return a value with its unit, minutes in days and hours; nothing as nothing."""
    if value is None:
        return ""
    return duration_text(value) if unit == "分" else f"{value:,g}{unit}"
