"""Opinion burst 意見の集中: an hour in which many like opinions, or far more than usual, came in; it blocks nobody."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from todoke.voices.similarity import folded

ALIKE, TIMES_USUAL = 20, 5
"""More near-identical texts than this, or more arrivals than so many times the median hour."""


@dataclass(frozen=True)
class FoundBurst:
    """集中: how many arrivals an hour had, and how many of them say nearly the same."""

    arrivals: int
    alike: int


def find_burst(texts: Sequence[str], hours_before: Sequence[int]) -> FoundBurst | None:
    """Return what is unusual about the texts of one hour, None where nothing is.

    ``hours_before`` are the arrivals of the earlier hours in which any came. Fewer than 21 arrivals are never a burst.
    """
    if len(texts) <= ALIKE:
        return None
    alike = max(Counter(folded(texts)).values())
    usual = statistics.median(hours_before) if hours_before else 0
    is_many = bool(usual) and len(texts) > TIMES_USUAL * usual
    return FoundBurst(len(texts), alike) if alike > ALIKE or is_many else None
