"""Snapshots 記録: the rates as of a day, stored for comparison."""

from datetime import date

from django.db import transaction

from todoke.insights.models import RateRecord
from todoke.insights.rates import rates


@transaction.atomic
def record_rates(on: date) -> None:
    """Store the rates of a day (割合の記録); the same day is replaced."""
    for rate in rates(on):
        RateRecord.objects.update_or_create(
            key=rate.definition.key, on=on, defaults={"numerator": rate.numerator, "denominator": rate.denominator}
        )
