"""Provider keys 認証元の鍵: the public keys of a provider, and which of them a token's header names.

Pure. Symmetric and private keys of a document are left aside, so that no public key is ever taken for a secret.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey, import_key

from todoke.federation.openid.token_refusals import KeyUnknown, NotAccepted

MOST = 20
SHORTEST_RSA = 2048


class Algorithm(NamedTuple):
    """署名の方式: the type of its keys (and their curve), and the bits of its hash."""

    key_type: str
    curve: str
    bits: int


ALGORITHMS = {
    "ES256": Algorithm("EC", "P-256", 256), "ES384": Algorithm("EC", "P-384", 384),
    "RS256": Algorithm("RSA", "", 256), "RS384": Algorithm("RSA", "", 384), "RS512": Algorithm("RSA", "", 512),
    "PS256": Algorithm("RSA", "", 256), "PS384": Algorithm("RSA", "", 384), "PS512": Algorithm("RSA", "", 512),
}  # fmt: skip
"""What a provider may be registered with: signatures with a public key only."""


class ProviderKeys:
    """認証元の鍵: the usable signature keys of a JSON Web Key Set."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        listed = document.get("keys")
        self._keys = [key for key in (listed if isinstance(listed, list) else [])[:MOST] if _is_public(key)]

    def key_for(self, header: Mapping[str, Any]) -> Key:
        """Return the key that a header names and that fits its algorithm. Raises KeyUnknown, NotAccepted."""
        kid, algorithm = header.get("kid"), str(header["alg"])
        if kid is None and len(self._keys) > 1:
            raise NotAccepted("鍵の名がなく、鍵が二つ以上あります")
        found = [key for key in self._keys if kid is None or key.get("kid") == kid]
        fitting = [key for key in found if _fits(key, algorithm)]
        if found and not fitting:
            raise NotAccepted("鍵が署名の方式に合いません")
        if len(fitting) != 1:
            raise KeyUnknown("知らない鍵です")
        return _imported(fitting[0])


def _is_public(key: Any) -> bool:
    return isinstance(key, dict) and key.get("kty") in {"EC", "RSA"} and "d" not in key


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    wanted = ALGORITHMS[algorithm]
    return (
        key["kty"] == wanted.key_type
        and (not wanted.curve or key.get("crv") == wanted.curve)
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    )


def _imported(key: Mapping[str, Any]) -> Key:
    try:
        made = import_key({name: value for name, value in key.items() if isinstance(value, str)})
        weak = isinstance(made, RSAKey) and made.public_key.key_size < SHORTEST_RSA
    except (JoseError, ValueError, TypeError):
        raise NotAccepted("認証元の鍵を読めません") from None
    if weak or not isinstance(made, RSAKey | ECKey):
        raise NotAccepted("認証元の鍵が短すぎます")
    return made
