"""URL converters: a business day is written 2026-11-22."""

from datetime import date

from todoke.runtime.parameters import YEARS


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        found = date.fromisoformat(value)
        if found.year not in YEARS:
            raise ValueError(value)
        return found

    def to_url(self, value: date | str) -> str:
        return str(value)
