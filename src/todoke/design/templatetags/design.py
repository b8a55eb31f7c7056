"""Design filters 意匠: template filters for dates and amounts."""

from datetime import date, datetime

from django import template

from todoke.japanese.calendar import business_date, format_date, format_era_date

register = template.Library()


def _day(value: date | datetime) -> date:
    return business_date(value) if isinstance(value, datetime) else value


@register.filter
def page_date(value: date | datetime | None) -> str:
    """Return a date as 2026年11月22日(日); empty for None."""
    return format_date(_day(value)) if value else ""


@register.filter
def era_date(value: date | datetime | None) -> str:
    """Return a date as 令和8年11月22日; empty for None."""
    return format_era_date(_day(value)) if value else ""


@register.filter
def yen(value: int | None) -> str:
    """Return an amount as 1,234円; empty for None."""
    return "" if value is None else f"{value:,}円"
