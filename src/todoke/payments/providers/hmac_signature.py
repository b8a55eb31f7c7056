"""HMAC signatures 署名 of webhook events: HMAC-SHA256 over time and raw body, refused when older than five minutes."""

import hashlib
import hmac
import time
from collections.abc import Mapping

from todoke.payments.providers.interface import InvalidSignature
from todoke.runtime import parameters

HEADER = "X-Psp-Signature"
TOLERANCE = 300


def sign(body: bytes, secret: str, *, at: int | None = None) -> str:
    """Return the header value for a body: ``t=<seconds>,v1=<hex>``."""
    moment = int(time.time()) if at is None else at
    seal = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={seal}"


def verify(body: bytes, headers: Mapping[str, str], secret: str) -> None:
    """Check that the raw body carries a fresh signature made with our secret. Raises InvalidSignature."""
    given = headers.get(HEADER, "")
    parts = dict(part.split("=", 1) for part in given.split(",") if "=" in part)
    moment = parameters.whole_number(parts.get("t", ""), digits=12)
    if moment is None or abs(time.time() - moment) > TOLERANCE:
        raise InvalidSignature("通知の時刻が正しくありません。")
    if not hmac.compare_digest(sign(body, secret, at=moment), f"t={moment},v1={parts.get('v1', '')}"):
        raise InvalidSignature("通知の署名が正しくありません。")
