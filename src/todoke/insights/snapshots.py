"""Recording 記録: the rates of a day are kept, so that a board can say what moved."""

from datetime import date

from django.db import transaction

from todoke.insights.models import RateRecord
from todoke.insights.rates import rates


@transaction.atomic
def record_rates(on: date) -> None:
    """Keep the four rates of a day; recording the day again replaces what was kept (割合の記録)."""
    for rate in rates(on):
        RateRecord.objects.update_or_create(
            key=rate.definition.key, on=on, defaults={"numerator": rate.numerator, "denominator": rate.denominator}
        )
