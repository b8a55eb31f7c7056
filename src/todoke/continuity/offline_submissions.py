"""Deposits 預り: what residents typed while nothing could be written, kept in a file and taken in once afterwards.

One line is one deposit: its number from a range of its own, the hour, a keyed digest, and the sealed content. The line
is on the disk before its number is shown. Personal data stands in it only encrypted, and the file is removed when
everything in it was taken in.
"""

import base64
import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from todoke.cases.receipt_numbers import check_letter

LARGEST = 200_000


class TooLarge(Exception):
    """More text than a deposit takes (長すぎる)."""


@dataclass(frozen=True)
class Slip:
    """預り票: one page of an application as it was typed, and whether it shall be sent."""

    number: str
    at: datetime
    token: str
    page: str
    fields: dict[str, list[str]]
    send: bool


def _key() -> bytes:
    return hashlib.sha256(b"todoke deposits" + settings.SECRET_KEY.encode()).digest()


def place() -> Path:
    return Path(settings.VAR) / "deposits" / "waiting.jsonl"


def written(serial: int) -> str:
    """Write a deposit number: 預, the machine's mark, a serial, and a check letter."""
    return f"預{settings.DEPOSIT_MARK}-{serial:06d}-{check_letter(f'{serial:06d}')}"


@contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _lines(file: IO[bytes]) -> list[bytes]:
    """Return the whole lines; a half one at the end, as a full disk leaves it, was told to nobody and is cut off."""
    lines = file.readlines()
    if lines and not lines[-1].endswith(b"\n"):
        lines.pop()
        file.truncate(sum(map(len, lines)))
    return lines


def _next_serial(lines: list[bytes]) -> int:
    """Numbers go on for ever: the count of every deposit that was ever taken in lies beside the file."""
    before = place().with_name("taken")
    return (int(before.read_text()) if before.exists() else 0) + len(lines) + 1


def deposit(*, at: datetime, token: str, page: str, fields: dict[str, list[str]], send: bool) -> str:
    """Keep what was typed, on disk before this returns, and return its number; the same again gets the same number.

    Raises TooLarge, OSError when the disk is full.
    """
    content = json.dumps({"token": token, "page": page, "fields": fields, "send": send}, ensure_ascii=False).encode()
    if len(content) > LARGEST:
        raise TooLarge
    digest = hmac.new(_key(), content, hashlib.sha256).hexdigest()
    with _held(place()) as file:
        lines = _lines(file)
        if known := next((line for line in lines if digest.encode() in line), None):
            return str(json.loads(known)["number"])
        number = written(_next_serial(lines))
        nonce = os.urandom(12)
        sealed = base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, content, number.encode())).decode()
        slip = {"number": number, "at": at.isoformat(), "digest": digest, "sealed": sealed}
        file.write(json.dumps(slip, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return number


def waiting() -> list[Slip]:
    """Return every deposit in the file, oldest first; a half line at the end was never acknowledged."""
    if not place().exists():
        return []
    return [_opened(line) for line in place().read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def _opened(line: bytes) -> Slip:
    kept = json.loads(line)
    sealed = base64.b64decode(kept["sealed"])
    content = json.loads(AESGCM(_key()).decrypt(sealed[:12], sealed[12:], kept["number"].encode()))
    return Slip(number=kept["number"], at=datetime.fromisoformat(kept["at"]), **content)


def clear(taken: list[Slip]) -> bool:
    """Remove the file when nothing came in meanwhile and all of it was taken in; numbers go on after it."""
    numbers = {slip.number for slip in taken}
    with _held(place()) as file:
        lines = _lines(file)
        if any(json.loads(line)["number"] not in numbers for line in lines):
            return False
        count = place().with_name("taken")
        half = count.with_suffix(".half")
        half.write_text(str(_next_serial(lines) - 1))
        half.replace(count)
        file.truncate(0)
        os.fsync(file.fileno())
    return True
