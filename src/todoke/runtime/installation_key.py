"""Installation key 団体の鍵: an Ed25519 key with which an installation signs what other municipalities take in.

Whoever has the public key, given by hand, can verify a signature; only this installation can make one.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from todoke.runtime.refusals import Unreadable

MAX_CHARACTERS = 1_000_000


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


def reading_digits(key: str) -> str:
    """Return what two people compare by telephone: 24 digits in groups of four, made from the hash of a public key."""
    number = str(int.from_bytes(hashlib.sha256(key.encode()).digest()) % 10**24).zfill(24)
    return " ".join(number[place : place + 4] for place in range(0, 24, 4))


def peer_of(key: str) -> str:
    """Return the municipality whose public key was taken in by hand (``TODOKE_PEERS``); "" for an unknown key."""
    return next((name for name, known in settings.PEERS.items() if known == key), "")


@dataclass(frozen=True)
class SignedDocument:
    """署名付きの文書: the content, and the municipality that is known to have signed it ("" for nobody known)."""

    body: dict[str, Any]
    signed_by: str


def _canonical(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def write_signed(body: dict[str, Any]) -> str:
    """Return the text of an object with key and signature."""
    whole = {**body, "key": public_key()}
    return _canonical({**whole, "signature": sign(_canonical(whole).encode())})


def read_signed(text: str, *, wanted: str) -> SignedDocument:
    """Parse a document of one format and verify its signature. Raises Unreadable for anything else.

    A signature by a key that was not taken in by hand (``TODOKE_PEERS``), or over other content, is of nobody.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"文書が大きすぎます({len(text):,}文字)。{MAX_CHARACTERS:,}文字以内にしてください。")
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("JSON として読めません。アドレスを確かめてください。") from problem
    if not isinstance(body, dict) or body.get("format") != wanted:
        raise Unreadable("届けが書き出した文書ではありません。アドレスを確かめてください。")
    signature, key = str(body.pop("signature", "")), str(body.get("key", ""))
    known = is_signed(_canonical(body).encode(), signature, key)
    return SignedDocument(body, peer_of(key) if known else "")
