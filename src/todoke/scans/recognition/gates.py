"""Gates 通してよい確からしさ: the lowest confidence whose errors stay below a limit, by what people found. Pure."""

from collections.abc import Sequence
from math import exp, lgamma, log

SURE = 0.95


def error_bound(errors: int, number: int, sure: float = SURE) -> float:
    """Return the one-sided upper Clopper-Pearson bound of an error rate; 1.0 where nothing was checked.

    Without an error, 299 checked fields bound the rate at 1 %.
    """
    if number == 0 or errors >= number:
        return 1.0
    low, high = errors / number, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(errors, number, middle) > 1 - sure else (low, middle)
    return high


def _at_most(errors: int, number: int, rate: float) -> float:
    """Return the probability of at most so many errors."""
    if rate <= 0 or rate >= 1:
        return float(rate <= 0)
    whole = lgamma(number + 1)
    return sum(
        exp(whole - lgamma(k + 1) - lgamma(number - k + 1) + k * log(rate) + (number - k) * log(1 - rate))
        for k in range(errors + 1)
    )


def lowest_gate(checked: Sequence[tuple[float, bool]], limit: float, sure: float = SURE) -> float | None:
    """Return the lowest confidence above which the bound of errors is within the limit; None where none is.

    ``checked`` are confidence and whether the reading was right, of fields that a person checked.
    """
    best, errors = None, 0
    ordered = sorted(checked, key=lambda row: -row[0])
    for place, (confidence, is_right) in enumerate(ordered, 1):
        errors += not is_right
        is_last = place == len(ordered) or ordered[place][0] < confidence
        if is_last and error_bound(errors, place, sure) <= limit:
            best = confidence
    return best
