"""Choice marks □の印: which □ of a field are marked, by the share of ink within each. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

OFF, ON = 0.02, 0.06
"""Shares of ink up to which a □ is empty, and from which it is marked; between, a person decides. To be calibrated."""


@dataclass(frozen=True)
class MarkedChoice:
    """印: the values that are marked, joined by line ends, and how sure: 1 where every □ is clear, else 0."""

    text: str
    confidence: float


def marked_choice(shares: Sequence[tuple[str, float]], *, several: bool) -> MarkedChoice:
    """Return what is marked among values with the share of ink in their □.

    Not sure where a share lies between, where two are on and only one may be, and where none is on and one must be.
    """
    on = [value for value, share in shares if share >= ON]
    is_clear = all(share <= OFF or share >= ON for _, share in shares)
    is_possible = several or len(on) <= 1
    return MarkedChoice("\n".join(on), 1.0 if is_clear and is_possible else 0.0)
