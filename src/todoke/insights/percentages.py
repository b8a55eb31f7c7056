"""Shares 割合: one part of a whole in per cent, rounded half up as offices print it; no whole, no share."""

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int, whole: int, digits: int = 1) -> Decimal | None:
    """Return a part of a whole in per cent, or None when there is nothing to share (分母が0)."""
    if whole == 0:
        return None
    step = Decimal(1).scaleb(-digits)
    return (Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP)
