"""Sealing 秘匿: a My Number is kept encrypted; without the key of the house nobody reads it."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from todoke.formbuilder.document.question_types import SEAL


class KeyLost(Exception):
    """鍵がない: the text was sealed with a key that this installation does not have."""


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Return a text encrypted with the newest key; a sealed one as it is."""
    if text.startswith(SEAL) or not text:
        return text
    return SEAL + _keys(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text that was sealed. Raises KeyLost."""
    try:
        return _keys(tuple(settings.FIELD_KEYS)).decrypt(sealed.removeprefix(SEAL).encode()).decode()
    except InvalidToken:
        raise KeyLost("個人番号を読むための鍵がありません。TODOKE_FIELD_KEYS に以前の鍵も入れてください。") from None
