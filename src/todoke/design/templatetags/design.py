"""Tags that every template may use: dates as the office writes them, and the components."""

from datetime import date, datetime

from django import template

from todoke.japanese.calendar import business_date, in_era, on_page

register = template.Library()


def _day(value: date | datetime) -> date:
    return business_date(value) if isinstance(value, datetime) else value


@register.filter
def page_date(value: date | datetime | None) -> str:
    """2026年11月22日(日)"""
    return on_page(_day(value)) if value else ""


@register.filter
def era_date(value: date | datetime | None) -> str:
    """令和8年11月22日"""
    return in_era(_day(value)) if value else ""


@register.filter
def yen(value: int | None) -> str:
    """1,234円"""
    return "" if value is None else f"{value:,}円"
