"""Routes 確認の道: whether a field is accepted, checked by one person or entered by two; and what is a sample."""

import hashlib
import hmac
from enum import StrEnum

from todoke.scans.recognition.field_types import NEVER_AUTO, FieldType, Policy

SAMPLE_PERCENT = 5


class Route(StrEnum):
    """確認の道: what happens to a field after it was read; a sample is checked like the others."""

    AUTO = "auto"
    SAMPLE = "sample"
    CHECK = "check"
    DOUBLE = "double"


ROUTE_LABELS: dict[Route, str] = {
    Route.AUTO: "そのまま",
    Route.SAMPLE: "抜取り",
    Route.CHECK: "確かめる",
    Route.DOUBLE: "二人で入力",
}


def route_of(
    kind: FieldType, policy: Policy, *, confidence: float | None, gate: float | None, is_valid: bool, drawn: bool
) -> Route:
    """Return the route of a field by its reading.

    ``confidence`` is that of the weakest character, None where nothing was read; ``gate`` is the lowest confidence that
    the figures of checked fields allow, None where they allow none.
    """
    if policy is Policy.DOUBLE:
        return Route.DOUBLE
    passes = confidence is not None and gate is not None and confidence >= gate
    if policy is not Policy.AUTO or kind in NEVER_AUTO or not is_valid or not passes:
        return Route.CHECK
    return Route.SAMPLE if drawn else Route.AUTO


def is_drawn(secret: bytes, sheet: str, field: str) -> bool:
    """Whether a field of a sheet belongs to the 5 % that are checked all the same: by HMAC, which nobody foresees."""
    digest = hmac.new(secret, f"{sheet}\0{field}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:4]) % 100 < SAMPLE_PERCENT
