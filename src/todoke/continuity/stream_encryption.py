"""Stream encryption 封緘: AES-256-GCM in chunks, so that a wrong key, changed bytes or a missing end are detected.

A stream is ``TDK1``, 16 random bytes, then chunks of at most 1 MiB with 16-byte tags. Its key is derived (HKDF-SHA256)
from the backup key and the random bytes; the nonce counts the chunks, and the last chunk is marked in the authenticated
data, so that chunks can be neither exchanged nor left out.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"TDK1"
CHUNK = 1024 * 1024
TAG = 16
KEY_BYTES = 32


class CorruptStream(Exception):
    """A stream cannot be decrypted: another key, changed bytes, or a missing end (封緘の破れ)."""


def make_key(path: Path) -> bytes:
    """Write a new key into a private file, as hexadecimal text, and return it. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(path: Path) -> bytes:
    """Return the key in a file. Raises CorruptStream when it holds none, FileNotFoundError."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise CorruptStream(f"{path} は控えの鍵ではありません(64けたの16進数)。")
    return key


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"todoke backup stream").derive(key))


def _chunks(source: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield chunks with their mark: ``more``, or ``last`` for the one at the end (which may be empty)."""
    chunk = source.read(size)
    while True:
        following = source.read(size) if len(chunk) == size else b""
        yield chunk, b"more" if following else b"last"
        if not following:
            return
        chunk = following


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def encrypt(source: IO[bytes], target: IO[bytes], key: bytes) -> None:
    """Encrypt one stream into another."""
    salt = secrets.token_bytes(16)
    cipher = _cipher(key, salt)
    target.write(MAGIC + salt)
    for number, (chunk, mark) in enumerate(_chunks(source, CHUNK)):
        target.write(cipher.encrypt(_nonce(number), chunk, mark))


def decrypt(source: IO[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the content of a stream, each chunk after its tag was verified. Raises CorruptStream."""
    head = source.read(len(MAGIC) + 16)
    if head[: len(MAGIC)] != MAGIC or len(head) != len(MAGIC) + 16:
        raise CorruptStream("封緘したファイルではありません。")
    cipher = _cipher(key, head[len(MAGIC) :])
    for number, (chunk, mark) in enumerate(_chunks(source, CHUNK + TAG)):
        try:
            yield cipher.decrypt(_nonce(number), chunk, mark)
        except InvalidTag:
            raise CorruptStream("鍵が違うか、ファイルが変わっているか、途中で切れています。") from None


def content_size(encrypted: int) -> int:
    """Return how many bytes a stream of ``encrypted`` bytes holds; nothing is opened."""
    body = encrypted - len(MAGIC) - 16
    chunks = -(-body // (CHUNK + TAG))
    return body - chunks * TAG
