"""Percentages 割合: a share in percent, rounded half up."""

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int, whole: int, digits: int = 1) -> Decimal | None:
    """Return a part of a whole in percent, or None when the whole is 0 (分母が0)."""
    if whole == 0:
        return None
    step = Decimal(1).scaleb(-digits)
    return (Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP)
