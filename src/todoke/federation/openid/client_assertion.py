"""Client assertion 利用側の証明: how this installation proves itself to a provider (RFC 7523)."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
VALID = timedelta(seconds=60)


def new_private_key() -> str:
    """Return a new P-256 key as JSON, for one provider only."""
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)
    return json.dumps({**key.as_dict(private=True), "kid": key.thumbprint()})


def public_keys(private: str) -> dict[str, Any]:
    """Return the key set that a provider reads, with the public half alone."""
    key = json.loads(private)
    return {"keys": [{name: key[name] for name in ("kty", "crv", "x", "y", "kid", "use", "alg") if name in key}]}


def client_assertion(private: str, *, client_id: str, audience: str, now: datetime) -> Mapping[str, str]:
    """Return the two fields of a token request that prove the client once, within a minute, to one audience."""
    key = json.loads(private)
    claims = {
        "iss": client_id, "sub": client_id, "aud": audience, "jti": secrets.token_urlsafe(24),
        "iat": int(now.timestamp()), "exp": int((now + VALID).timestamp()),
    }  # fmt: skip
    header = {"alg": "ES256", "kid": key["kid"], "typ": "JWT"}
    signed = jwt.encode(header, claims, ECKey.import_key(key), algorithms=["ES256"])
    return {"client_assertion_type": TYPE, "client_assertion": signed}
