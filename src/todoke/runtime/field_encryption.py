"""Field encryption 暗号化: texts that the database keeps encrypted (Fernet) with ``settings.FIELD_KEYS``."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PREFIX = "fernet:"
LOST_KEY = "読むための鍵がありません。TODOKE_FIELD_KEYS に以前の鍵も入れてください。"


class KeyLost(Exception):
    """鍵がない: the text was encrypted with a key that this installation does not have."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt_text(text: str) -> str:
    """Return a text encrypted with the newest key; an encrypted one unchanged."""
    if text.startswith(PREFIX):
        return text
    return PREFIX + _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """Return bytes encrypted with the newest key."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(content)


def decrypt_bytes(encrypted: bytes) -> bytes:
    """Return the bytes in clear. Raises KeyLost."""
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(encrypted)
    except InvalidToken:
        raise KeyLost(LOST_KEY) from None


def decrypt_text(encrypted: str) -> str:
    """Return the text in clear; one that was never encrypted unchanged. Raises KeyLost."""
    if not encrypted.startswith(PREFIX):
        return encrypted
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(encrypted.removeprefix(PREFIX)).decode()
    except InvalidToken:
        raise KeyLost(LOST_KEY) from None
