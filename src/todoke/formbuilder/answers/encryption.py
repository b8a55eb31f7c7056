"""Encryption 秘匿: encrypts My Numbers with Fernet and the keys of ``settings.FIELD_KEYS``."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from todoke.formbuilder.document.question_types import ENCRYPTED_PREFIX


class KeyMissing(Exception):
    """鍵がない: the text was encrypted with a key that this installation does not have."""


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Return a text encrypted with the newest key; an encrypted or empty one unchanged."""
    if text.startswith(ENCRYPTED_PREFIX) or not text:
        return text
    return ENCRYPTED_PREFIX + _keys(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Return the text in clear. Raises KeyMissing."""
    try:
        return _keys(tuple(settings.FIELD_KEYS)).decrypt(encrypted.removeprefix(ENCRYPTED_PREFIX).encode()).decode()
    except InvalidToken:
        raise KeyMissing("個人番号を読むための鍵がありません。TODOKE_FIELD_KEYS に以前の鍵も入れてください。") from None
