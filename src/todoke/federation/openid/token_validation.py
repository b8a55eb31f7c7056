"""Token validation トークンの検証: every check that an ID token or a logout token of a provider has to pass.

Pure: the clock, the keys and what was asked come in. Sources: OpenID Connect Core 1.0 §3.1.3.7, Back-Channel Logout
1.0 §2.6, RFC 8725. Signatures are those of joserfc; nothing is decided by what the token says of itself.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from todoke.federation.openid.provider_keys import ALGORITHMS, ProviderKeys
from todoke.federation.openid.token_refusals import NotAccepted
from todoke.file_validation.json_text import read_json

LONGEST = 8192
SKEW = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
LOGOUT_OLDEST = timedelta(minutes=2)
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
FOREIGN_KEYS = ("jku", "jwk", "x5u", "x5c", "crit")
"""Header members by which a token would bring or point to a key of its own, or ask for rules that we do not know."""


@dataclass(frozen=True)
class Expectation:
    """期待: what a token must say; ``auth_after`` where the person had to show themselves anew."""

    issuer: str
    client_id: str
    algorithms: frozenset[str]
    now: datetime
    nonce_hash: str = ""
    access_token: str = ""
    auth_after: datetime | None = None


@dataclass(frozen=True)
class ValidToken:
    """検証したトークン: its claims; ``mark`` is what makes it recognisable a second time, until ``expires_at``."""

    subject: str
    claims: Mapping[str, Any]
    mark: str
    expires_at: datetime


def hash_of(text: str) -> str:
    """Return the SHA-256 by which states, nonces and tokens are kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def validate_id_token(token: str, keys: ProviderKeys, wanted: Expectation) -> ValidToken:
    """Return the claims of an ID token that passes every check. Raises NotAccepted, KeyUnknown."""
    header, claims = _verified(token, keys, wanted.algorithms)
    _require_origin(claims, wanted)
    _require_audience(claims, wanted.client_id)
    expires_at = _require_times(claims, wanted.now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(hash_of(nonce), wanted.nonce_hash):
        raise NotAccepted("nonceが一致しません")
    subject = _subject(claims.get("sub"))
    _require_access_token_hash(claims.get("at_hash"), header["alg"], wanted.access_token)
    if wanted.auth_after is not None:
        shown = _instant(claims, "auth_time")
        if shown < wanted.auth_after - SKEW or shown > wanted.now + SKEW:
            raise NotAccepted("auth_timeが古い")
    return ValidToken(subject, claims, _mark(claims, token), expires_at)


def validate_logout_token(token: str, keys: ProviderKeys, wanted: Expectation) -> ValidToken:
    """Return the claims of a logout token that passes every check. Raises NotAccepted, KeyUnknown."""
    _, claims = _verified(token, keys, wanted.algorithms)
    _require_origin(claims, wanted)
    _require_audience(claims, wanted.client_id)
    issued = _instant(claims, "iat")
    if not wanted.now - LOGOUT_OLDEST <= issued <= wanted.now + SKEW:
        raise NotAccepted("ログアウトのトークンが古い")
    if "exp" in claims and _instant(claims, "exp") <= wanted.now - SKEW:
        raise NotAccepted("ログアウトのトークンの期限切れ")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise NotAccepted("eventsがありません")
    if "nonce" in claims:
        raise NotAccepted("ログアウトのトークンにnonceがあります")
    if not _text(claims.get("jti")):
        raise NotAccepted("jtiがありません")
    if "sub" in claims:
        _subject(claims["sub"])
    elif not _text(claims.get("sid")):
        raise NotAccepted("subもsidもありません")
    return ValidToken(_text(claims.get("sub")), claims, _mark(claims, token), issued + LOGOUT_OLDEST + SKEW)


def _verified(token: str, keys: ProviderKeys, allowed: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    if len(token) > LONGEST or token.count(".") != 2 or not token.isascii():
        raise NotAccepted("トークンの形が違います")
    header = _header(token.split(".", 1)[0])
    algorithm = header.get("alg")
    if algorithm not in allowed or algorithm not in ALGORITHMS:
        raise NotAccepted("署名の方式が認められていません")
    if any(name in header for name in FOREIGN_KEYS):
        raise NotAccepted("トークンが鍵を持ち込んでいます")
    key = keys.key_for(header)
    try:
        found = jws.deserialize_compact(token, key, algorithms=[algorithm])
        claims = read_json(found.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        raise NotAccepted("署名が違います") from None
    if not isinstance(claims, dict):
        raise NotAccepted("トークンの内容を読めません")
    return header, claims


def _header(part: str) -> dict[str, Any]:
    try:
        found = json.loads(base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise NotAccepted("トークンの形が違います") from None
    if not isinstance(found, dict):
        raise NotAccepted("トークンの形が違います")
    return found


def _require_origin(claims: Mapping[str, Any], wanted: Expectation) -> None:
    if claims.get("iss") != wanted.issuer:
        raise NotAccepted("発行者が違います")


def _require_audience(claims: Mapping[str, Any], client_id: str) -> None:
    given = claims.get("aud")
    audiences = [given] if isinstance(given, str) else given
    if not isinstance(audiences, list) or client_id not in audiences:
        raise NotAccepted("ほかのサービスあてのトークンです")
    if "azp" in claims and claims["azp"] != client_id:
        raise NotAccepted("azpが違います")
    if any(one != client_id for one in audiences):
        raise NotAccepted("知らないあて先があります")


def _require_times(claims: Mapping[str, Any], now: datetime) -> datetime:
    expires, issued = _instant(claims, "exp"), _instant(claims, "iat")
    if expires <= now - SKEW:
        raise NotAccepted("トークンの期限切れ")
    if not now - OLDEST <= issued <= now + SKEW:
        raise NotAccepted("トークンの発行日時が合いません")
    if "nbf" in claims and _instant(claims, "nbf") > now + SKEW:
        raise NotAccepted("まだ使えないトークンです")
    return expires + SKEW


def _instant(claims: Mapping[str, Any], name: str) -> datetime:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAccepted(f"{name}がありません")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        raise NotAccepted(f"{name}を読めません") from None


def _subject(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 255 or not value.isascii() or not value.isprintable():
        raise NotAccepted("subがありません")
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) and 0 < len(value) <= 255 else ""


def _require_access_token_hash(given: Any, algorithm: str, access_token: str) -> None:
    if given is None:
        return
    digest = hashlib.new(f"sha{ALGORITHMS[algorithm].bits}", access_token.encode()).digest()
    right = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    if not isinstance(given, str) or not access_token or not hmac.compare_digest(given.encode(), right.encode()):
        raise NotAccepted("at_hashが違います")


def _mark(claims: Mapping[str, Any], token: str) -> str:
    """Return the hash of the token's id, or of the token without one."""
    return hash_of(_text(claims.get("jti")) or token)
