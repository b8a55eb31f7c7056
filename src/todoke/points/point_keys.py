"""Point keys 封印の鍵: keyed hashes of what the points must compare and never store: numbers of people, codes, PINs.

The key is derived from the installation's own key, which is kept and backed up; a new ``SECRET_KEY`` changes nothing.
"""

import base64
import hashlib
import hmac
import re

from django.conf import settings

from todoke.japanese.identifiers import identifier_key
from todoke.runtime.refusals import Refused

RESIDENT_NUMBER = re.compile("[0-9A-Z]{4,15}")
CLAIM_LETTERS = 12
_LOOKALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""Base32 has none of these digits; who types one means the letter."""


def point_digest(use: str, text: str) -> bytes:
    """Return 32 bytes of HMAC-SHA256 over a text for one use."""
    key = hmac.new(settings.INSTALLATION_KEY.encode(), b"todoke.points", hashlib.sha256).digest()
    return hmac.new(key, f"{use}:{text}".encode(), hashlib.sha256).digest()


def person_key(number: str) -> str:
    """Return the key of a person by 宛名番号, 40 hex digits, the same however it was typed.

    Raises Refused for what can be no such number.
    """
    plain = identifier_key(number)
    if not RESIDENT_NUMBER.fullmatch(plain):
        raise Refused(
            "宛名番号は、英字と数字4〜15文字で入れてください。全角や、ハイフンの有り無しはどちらでもかまいません。"
        )
    return point_digest("person", plain).hex()[:40]


def claim_code(program: str, person: str) -> str:
    """Return the claim code printed in a letter: 12 letters in groups of four, the same each time it is printed."""
    letters = base64.b32encode(point_digest("claim", f"{program}:{person}")).decode()[:CLAIM_LETTERS]
    return "-".join(letters[place : place + 4] for place in range(0, CLAIM_LETTERS, 4))


def claim_code_hash(code: str) -> str:
    """Return what is stored of a claim code, the same however it was typed."""
    return point_digest("claim-code", identifier_key(code).translate(_LOOKALIKES)).hex()


def pin_hash(card: str, pin: str) -> str:
    """Return what is stored of the PIN of a card."""
    return point_digest("pin", f"{card}:{pin}").hex()


def payment_code_hash(code: str) -> str:
    """Return what is stored of a one-time payment code."""
    return point_digest("payment-code", code).hex()


def earlier_person_hash(number: str) -> str:
    """Return the hash under which a person was known before the points had a key of their own."""
    text = f"points:{identifier_key(number)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:40]
