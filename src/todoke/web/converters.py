"""URL converters: a business day is written 2026-11-22, a serial number (place, version, year) 7."""

from datetime import date

from django.urls import register_converter

from todoke.runtime.parameters import YEARS


class DayConverter:
    """A day of the calendar that people now alive reckon with."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        found = date.fromisoformat(value)
        if found.year not in YEARS:
            raise ValueError(value)
        return found

    def to_url(self, value: date | str) -> str:
        return str(value)


class SerialConverter:
    """A whole number from 1 with at most six digits, so that it fits every column and every count of rows."""

    regex = r"[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


register_converter(SerialConverter, "serial")
