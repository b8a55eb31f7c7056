"""Offline submissions 預り: what residents typed while nothing could be written, kept in a file until it is replayed.

Each line is one submission: its number from a series of its own, the time, a keyed digest, and the encrypted content.
The
line is synced before its number is shown. The file is deleted when everything in it was replayed.
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
from todoke.runtime.refusals import Refused

LARGEST = 200_000


class TooLarge(Refused):
    """長すぎる: the text exceeds the limit of an offline submission."""

    def __init__(self) -> None:
        super().__init__("文章が長すぎるため、お預かりできません。短く分けて、もう一度お試しください。")


@dataclass(frozen=True)
class OfflineSubmission:
    """預り票: the fields of one page as typed, and whether the application shall be sent."""

    number: str
    at: datetime
    token: str
    page: str
    fields: dict[str, list[str]]
    send: bool


def _key() -> bytes:
    return hashlib.sha256(b"todoke deposits" + settings.SECRET_KEY.encode()).digest()


def file_path() -> Path:
    """Return the path of the file on this machine."""
    return Path(settings.VAR) / "deposits" / "waiting.jsonl"


def format_number(serial: int) -> str:
    """Return a number: 預, the mark of the machine, a serial, and a check letter."""
    return f"預{settings.DEPOSIT_MARK}-{serial:06d}-{check_letter(f'{serial:06d}')}"


@contextmanager
def _locked_file(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _lines(file: IO[bytes]) -> list[bytes]:
    """Return the complete lines; a partial last line was never acknowledged and is dropped."""
    lines = file.readlines()
    if lines and not lines[-1].endswith(b"\n"):
        lines.pop()
        file.truncate(sum(map(len, lines)))
    return lines


def _next_serial(lines: list[bytes]) -> int:
    """Return the next serial; the count of replayed submissions is kept beside the file, so numbers never repeat."""
    before = file_path().with_name("taken")
    return (int(before.read_text()) if before.exists() else 0) + len(lines) + 1


def store(*, at: datetime, token: str, page: str, fields: dict[str, list[str]], send: bool) -> str:
    """Append a submission, synced before this returns, and return its number; the same content returns the same number.

    Raises TooLarge, and OSError when the disk is full.
    """
    content = json.dumps({"token": token, "page": page, "fields": fields, "send": send}, ensure_ascii=False).encode()
    if len(content) > LARGEST:
        raise TooLarge
    digest = hmac.new(_key(), content, hashlib.sha256).hexdigest()
    with _locked_file(file_path()) as file:
        lines = _lines(file)
        if known := next((line for line in lines if digest.encode() in line), None):
            return str(json.loads(known)["number"])
        number = format_number(_next_serial(lines))
        nonce = os.urandom(12)
        sealed = base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, content, number.encode())).decode()
        slip = {"number": number, "at": at.isoformat(), "digest": digest, "sealed": sealed}
        file.write(json.dumps(slip, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return number


def pending() -> list[OfflineSubmission]:
    """Return all submissions in the file, oldest first, without a partial last line."""
    if not file_path().exists():
        return []
    return [_decrypted(line) for line in file_path().read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def _decrypted(line: bytes) -> OfflineSubmission:
    kept = json.loads(line)
    sealed = base64.b64decode(kept["sealed"])
    content = json.loads(AESGCM(_key()).decrypt(sealed[:12], sealed[12:], kept["number"].encode()))
    return OfflineSubmission(number=kept["number"], at=datetime.fromisoformat(kept["at"]), **content)


def clear(taken: list[OfflineSubmission]) -> bool:
    """Delete the file if it holds nothing but these submissions; return whether it did. Numbers continue."""
    numbers = {slip.number for slip in taken}
    with _locked_file(file_path()) as file:
        lines = _lines(file)
        if any(json.loads(line)["number"] not in numbers for line in lines):
            return False
        count = file_path().with_name("taken")
        half = count.with_suffix(".half")
        half.write_text(str(_next_serial(lines) - 1))
        half.replace(count)
        file.truncate(0)
        os.fsync(file.fileno())
    return True
