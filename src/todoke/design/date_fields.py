"""Date fields 日付の欄: days and moments as people choose or type them, within the years that people reckon with."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from todoke.runtime.parameters import YEARS


def validate_year(value: date) -> None:
    """Check the year of a day or moment, so that a day before or after it exists. Raises ValidationError."""
    if value.year not in YEARS:
        raise ValidationError(f"{YEARS[0]}年から{YEARS[-1]}年までの日付を入力してください。")


class DateField(forms.DateField):
    """日付: a date chosen in a calendar or typed."""

    default_validators = [validate_year]
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DateTimeField(forms.DateTimeField):
    """日時: a moment chosen in a calendar or typed."""

    default_validators = [validate_year]
