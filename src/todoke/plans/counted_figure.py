"""Counted figures 自動で数えた値: numerator and denominator that the product itself counts for an indicator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from todoke.plans.models import Actual, Indicator


@dataclass(frozen=True)
class CountedFigure:
    """自動で数えた値: numerator and denominator on a day, and where they come from."""

    on: date
    numerator: int
    denominator: int
    source: str

    def facts(self) -> dict[str, Any]:
        """Return what ``Indicator.report`` takes."""
        return {
            "on": self.on, "numerator": Decimal(self.numerator), "denominator": Decimal(self.denominator),
            "denominator_on": self.on, "source": self.source,
            "missing_reason": "" if self.denominator else "数える対象がまだありません",
        }  # fmt: skip

    def actual_of(self, indicator: Indicator) -> Actual:
        """Return the figure as an actual of an indicator that is not stored."""
        facts = self.facts()
        return Actual(indicator=indicator, value=indicator.value_of(facts["numerator"], facts["denominator"]), **facts)
