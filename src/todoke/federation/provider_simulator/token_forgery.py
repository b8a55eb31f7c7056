"""Token forgery 偽のトークン: the tokens of the named faults, as a broken or an evil provider would send them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

Claims = dict[str, Any]
SigningKey = ECKey | RSAKey

_CHANGED: dict[str, Callable[[Claims], Claims]] = {
    "wrong-iss": lambda claims: {"iss": f"{claims['iss']}-other"},
    "wrong-aud": lambda claims: {"aud": "another-client"},
    "two-aud-no-azp": lambda claims: {"aud": [claims["aud"], "another-client"]},
    "expired": lambda claims: {"iat": claims["iat"] - 500, "exp": claims["iat"] - 200},
    "future": lambda claims: {"iat": claims["iat"] + 600, "exp": claims["iat"] + 900},
    "wrong-nonce": lambda claims: {"nonce": "another"},
    "wrong-at-hash": lambda claims: {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "weak-acr": lambda claims: {"acr": "urn:weak:password"},
    "stale-auth-time": lambda claims: {"auth_time": claims["auth_time"] - 7200},
}
_MISSING = {"no-sub": "sub", "no-iat": "iat", "no-nonce": "nonce"}


def forged_claims(claims: Claims, faults: set[str]) -> Claims:
    """Return the claims as the faults that are switched on change them."""
    for fault in faults:
        if fault in _CHANGED:
            claims = {**claims, **_CHANGED[fault](claims)}
        claims = {name: value for name, value in claims.items() if name != _MISSING.get(fault)}
    return claims


def signed(header: Mapping[str, Any], claims: Mapping[str, Any], key: SigningKey) -> str:
    """Return a token, signed."""
    return jws.serialize_compact(dict(header), json.dumps(claims), key, algorithms=[header["alg"]])


def signed_with_faults(header: Claims, claims: Claims, faults: set[str], keys: Sequence[SigningKey]) -> str:
    """Return a token with the first of two keys, or as the faults that are switched on sign it."""
    if "alg-none" in faults:
        return f"{_part({**header, 'alg': 'none'})}.{_part(claims)}."
    if "hs256-with-public-key" in faults:
        head = f"{_part({**header, 'alg': 'HS256'})}.{_part(claims)}"
        public = keys[0].as_pem(private=False)
        return f"{head}.{_encoded(hmac.new(public, head.encode(), hashlib.sha256).digest())}"
    if "unknown-kid" in faults:
        return signed({**header, "kid": "nobody"}, claims, keys[1])
    if "rotated-key" in faults:
        return signed({**header, "kid": keys[1].kid}, claims, keys[1])
    if "kid-absent-two-keys" in faults:
        return signed({name: value for name, value in header.items() if name != "kid"}, claims, keys[0])
    token = signed(header, claims, keys[0])
    if "bad-signature" in faults:
        body, signature = token.rsplit(".", 1)
        return f"{body}.{'B' if signature[0] != 'B' else 'C'}{signature[1:]}"
    return token


def _part(content: Mapping[str, Any]) -> str:
    return _encoded(json.dumps(content).encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
