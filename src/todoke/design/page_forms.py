"""Page forms 表記: dates and amounts as the language of the page writes them."""

from datetime import date

from django.utils.translation import get_language

from todoke.design.page_languages import speaks_japanese
from todoke.japanese.calendar import format_date


def in_english() -> bool:
    """Return whether the page writes as English does: every language but Japanese."""
    return not speaks_japanese(get_language())


def write_day(day: date) -> str:
    """Return 2026年11月22日(日), or Sunday 22 November 2026 on an English page."""
    return f"{day:%A} {day.day} {day:%B %Y}" if in_english() else format_date(day)


def write_yen(amount: int) -> str:
    """Return 1,234円, or 1,234 yen on an English page."""
    return f"{amount:,} yen" if in_english() else f"{amount:,}円"
