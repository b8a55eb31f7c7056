"""Design filters 意匠: template filters for dates and amounts."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.design.page_forms import write_day, write_yen
from todoke.japanese.calendar import business_date, format_era_date
from todoke.japanese.due_dates import DueState, due_state

register = template.Library()
TONES = {
    DueState.UNDATED: " tag--warning", DueState.OVERDUE: " tag--error", DueState.DONE: " tag--success",
    DueState.DONE_LATE: " tag--warning",
}  # fmt: skip


def _day(value: date | datetime) -> date:
    return business_date(value) if isinstance(value, datetime) else value


@register.filter
def page_date(value: date | datetime | None) -> str:
    """Return a date as 2026年11月22日(日), in English on English pages; empty for None."""
    return write_day(_day(value)) if value else ""


@register.filter
def era_date(value: date | datetime | None) -> str:
    """Return a date as 令和8年11月22日; empty for None."""
    return format_era_date(_day(value)) if value else ""


@register.filter
def hours(minutes: int) -> str:
    """Format minutes as hours with one place: 1,234.5."""
    return f"{minutes / 60:,.1f}"


@register.filter
def yen(value: int | None) -> str:
    """Return an amount as 1,234円, in English on English pages; empty for None."""
    return "" if value is None else write_yen(value)


@register.simple_tag
def due_tag(due: date | None, done_on: date | None = None, words: str = "") -> SafeString:
    """Return the state of a due date as a tag, today; ``words`` stand for 済み (完了, 到達)."""
    state = due_state(due, done_on)
    said = state.value.replace("済み", words) if words else state.value
    return format_html('<span class="tag{}">{}</span>', SafeString(TONES.get(state, "")), said)
