"""Quantiles 分位点: of Student's t and of the normal distribution, without a statistics package."""

from math import exp, inf, lgamma, log, log1p
from statistics import NormalDist

STEPS = 200
SMALL = 1e-300


def normal_quantile(probability: float) -> float:
    """Return z with P(Z ≤ z) = probability."""
    return NormalDist().inv_cdf(probability)


def t_quantile(probability: float, freedom: float) -> float:
    """Return t with P(T ≤ t) = probability, for a positive number of degrees of freedom and probability ≥ 0.5."""
    if probability <= 0.5:
        return 0.0 if probability == 0.5 else -t_quantile(1 - probability, freedom)
    low, high = 0.0, 1.0
    while t_distribution(high, freedom) < probability and high < inf:
        high *= 2
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if t_distribution(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def t_distribution(value: float, freedom: float) -> float:
    """Return P(T ≤ value) of Student's t for value ≥ 0."""
    return 1 - incomplete_beta(freedom / 2, 0.5, freedom / (freedom + value * value)) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function by its continued fraction (Lentz)."""
    if x in (0.0, 1.0):
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    fraction = d
    for step in range(1, STEPS):
        for term in (
            step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction


def _away(value: float) -> float:
    return value if abs(value) > SMALL else SMALL
