"""Template filters: times in the form residents read."""

from datetime import datetime

from django import template

from todoke.design.page_forms import write_day
from todoke.japanese.calendar import JAPAN, today

register = template.Library()


@register.filter
def clock(instant: datetime | None) -> str:
    """Format an instant as 14:05."""
    return f"{instant.astimezone(JAPAN):%H:%M}" if instant else ""


@register.filter
def moment(instant: datetime | None) -> str:
    """Format an instant as 14:05 if it is today, else as 2026年11月22日(日) 14:05."""
    if instant is None:
        return ""
    local = instant.astimezone(JAPAN)
    return f"{local:%H:%M}" if local.date() == today() else f"{write_day(local.date())} {local:%H:%M}"
