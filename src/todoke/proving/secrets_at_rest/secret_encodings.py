"""Encodings 書き方: a secret as bytes in every form in which a store or a log may hold it."""

import base64
import re
from collections.abc import Iterator
from functools import cache

_EDGES = ((0, 0, 0), (1, 2, 1), (2, 3, 2))
"""Bytes put before a text to shift it in base64, letters lost at its beginning, and the shift itself."""
_WORD = rb"[0-9A-Za-z.]"


@cache
def encoded(secret: str) -> dict[str, bytes]:
    """Return a secret by the name of its encoding."""
    raw = secret.encode()
    forms = {
        "そのまま": raw, "UTF-16LE": secret.encode("utf-16-le"), "UTF-16BE": secret.encode("utf-16-be"),
        "16進": raw.hex().encode(), "16進(大文字)": raw.hex().upper().encode(),
        "パーセント": "".join(f"%{byte:02X}" for byte in raw).encode(),
        "パーセント(小文字)": "".join(f"%{byte:02x}" for byte in raw).encode(),
    }  # fmt: skip
    return forms | dict(_in_base64(raw))


def _in_base64(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what stays the same of a text in base64 wherever it stands in the encoded bytes."""
    for before, lost, shift in _EDGES:
        whole = base64.b64encode(b"\0" * before + raw)
        end = len(whole.rstrip(b"=")) - (1 if (before + len(raw)) % 3 else 0)
        for name, text in (
            ("base64", whole[lost:end]),
            ("base64url", base64.urlsafe_b64encode(base64.b64decode(whole))[lost:end]),
        ):
            yield f"{name}+{shift}", text


def found_in(data: bytes, secret: str) -> list[str]:
    """Return the names of the encodings in which a secret stands in the data.

    Digits alone are looked for as a number of their own, since any six digits stand in a long hash.
    """
    names = [name for name, text in encoded(secret).items() if text in data]
    if "そのまま" in names and len(secret) < 8 and not _stands_alone(data, secret):
        names.remove("そのまま")
    return names


def _stands_alone(data: bytes, secret: str) -> bool:
    return re.search(rb"(?<!" + _WORD + rb")" + re.escape(secret.encode()) + rb"(?!" + _WORD + rb")", data) is not None
