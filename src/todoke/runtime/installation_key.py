"""Installation key 団体の鍵: an Ed25519 key with which an installation signs what other municipalities take in.

Whoever has the public key, given by hand, can verify a signature; only this installation can make one.
"""

import base64
import binascii
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


@cache
def _private(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(seed))


def public_key() -> str:
    """Return the public key of this installation: 32 bytes in base64."""
    return base64.b64encode(_private(settings.INSTALLATION_KEY).public_key().public_bytes_raw()).decode()


def sign(content: bytes) -> str:
    """Return the signature of this installation over ``content``: 64 bytes in base64."""
    return base64.b64encode(_private(settings.INSTALLATION_KEY).sign(content)).decode()


def is_signed(content: bytes, signature: str, key: str) -> bool:
    """Tell whether ``signature`` was made over ``content`` by the owner of a public key."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def peer_of(key: str) -> str:
    """Return the municipality whose public key was taken in by hand (``TODOKE_PEERS``); "" for an unknown key."""
    return next((name for name, known in settings.PEERS.items() if known == key), "")
