"""Offline submissions 預り: what residents typed while nothing could be written, kept in a file until it is replayed.

Each line is one submission: its number from a series of its own, the time, keyed digests of the content, the draft and
the client, and the encrypted content with who gave it. The line is synced before its number is shown. The file is
emptied when everything in it was replayed.
"""

import base64
import fcntl
import hashlib
import hmac
import json
import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from todoke.cases.receipt_numbers import check_letter
from todoke.runtime.refusals import Refused

LARGEST, FULL = 200_000, 100_000_000
WINDOW = timedelta(hours=1)
FROM_ONE_CLIENT, FOR_ONE_DRAFT = 120, 10


class TooLarge(Refused):
    """長すぎる: the text exceeds the limit of an offline submission."""

    def __init__(self) -> None:
        super().__init__("文章が長すぎるため、お預かりできません。短く分けて、もう一度お試しください。")


class TooManyDeposits(Refused):
    """回数の制限: one client, or one draft, deposited too often within an hour, or the file is full."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            "短い間に何度も預けられたため、いまは預かれません。これまでに預けた内容は残っています。"
            "1時間ほど待ってから、もう一度お試しください。"
        )


@dataclass(frozen=True)
class Depositor:
    """預けた人: the account signed in, or None, and what its session had shown, as in ``SessionAssurance``."""

    user: int | None = None
    level: int = 0
    level_at: str | None = None


@dataclass(frozen=True)
class OfflineSubmission:
    """預り票: the fields of one page as typed, and whether the application shall be sent."""

    number: str
    at: datetime
    token: str
    page: str
    fields: dict[str, list[str]]
    send: bool
    by: Depositor = Depositor()


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


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the complete lines, one at a time; a partial last line was never acknowledged and is cut off."""
    kept = 0
    for line in file:
        if not line.endswith(b"\n"):
            file.truncate(kept)
            return
        kept += len(line)
        yield line


def _next_serial(waiting: int) -> int:
    """Return the next serial; the count of replayed submissions is kept beside the file, so numbers never repeat."""
    before = file_path().with_name("taken")
    return (int(before.read_text()) if before.exists() else 0) + waiting + 1


@dataclass
class _Tally:
    """What one pass over the file found: lines, bytes, the number of the same content, and deposits within the hour."""

    lines: int = 0
    size: int = 0
    known: str = ""
    recent: Counter[str] = field(default_factory=Counter)


def _tally(file: IO[bytes], digest: str, marks: Iterable[str], at: datetime) -> _Tally:
    found = _Tally()
    for line in _lines(file):
        found.lines += 1
        found.size += len(line)
        if not found.known and digest.encode() in line:
            found.known = str(json.loads(line)["number"])
        for mark in marks:
            if mark.encode() in line and at - datetime.fromisoformat(json.loads(line)["at"]) < WINDOW:
                found.recent[mark] += 1
    return found


def _keyed(text: bytes) -> str:
    return hmac.new(_key(), text, hashlib.sha256).hexdigest()


def _encrypt(content: bytes, number: str) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, content, number.encode())).decode()


def _require_room(found: _Tally, client: str, draft: str) -> None:
    """Raises TooManyDeposits. Counted in the file itself, because no database takes a row now."""
    if found.size > FULL or found.recent[client] >= FROM_ONE_CLIENT or found.recent[draft] >= FOR_ONE_DRAFT:
        raise TooManyDeposits


def store(
    *, at: datetime, token: str, page: str, fields: dict[str, list[str]], send: bool, by: Depositor, client: str
) -> str:
    """Append a submission, synced before this returns, and return its number; the same content returns the same number.

    ``client`` is the address it came from; only its digest is kept. Raises TooLarge, TooManyDeposits, and OSError when
    the disk is full.
    """
    typed = {"token": token, "page": page, "fields": fields, "send": send, "by": asdict(by)}
    content = json.dumps(typed, ensure_ascii=False).encode()
    if len(content) > LARGEST:
        raise TooLarge
    digest = _keyed(json.dumps({**typed, "by": by.user}, ensure_ascii=False).encode())
    marks = {"client": _keyed(f"client {client}".encode()), "draft": _keyed(f"draft {token}".encode())}
    with _locked_file(file_path()) as file:
        found = _tally(file, digest, marks.values(), at)
        if found.known:
            return found.known
        _require_room(found, **marks)
        number = format_number(_next_serial(found.lines))
        slip = {"number": number, "at": at.isoformat(), "digest": digest, **marks, "sealed": _encrypt(content, number)}
        file.write(json.dumps(slip, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return number


def pending() -> Iterator[OfflineSubmission]:
    """Yield the submissions in the file, oldest first and one at a time, without a partial last line."""
    yield from map(_decrypted, _waiting_lines())


def count_pending() -> int:
    """Return how many submissions the file holds."""
    return sum(1 for _ in _waiting_lines())


def _waiting_lines() -> Iterator[bytes]:
    if file_path().exists():
        with file_path().open("rb") as file:
            yield from (line for line in file if line.endswith(b"\n"))


def _decrypted(line: bytes) -> OfflineSubmission:
    kept = json.loads(line)
    sealed = base64.b64decode(kept["sealed"])
    content = json.loads(AESGCM(_key()).decrypt(sealed[:12], sealed[12:], kept["number"].encode()))
    by = Depositor(**content.pop("by", {}))
    return OfflineSubmission(number=kept["number"], at=datetime.fromisoformat(kept["at"]), by=by, **content)


def clear(numbers: Container[str]) -> bool:
    """Empty the file if it holds nothing but the submissions of these numbers; return whether it did. Numbers go on."""
    with _locked_file(file_path()) as file:
        lines = 0
        for line in _lines(file):
            if json.loads(line)["number"] not in numbers:
                return False
            lines += 1
        count = file_path().with_name("taken")
        half = count.with_suffix(".half")
        half.write_text(str(_next_serial(lines) - 1))
        half.replace(count)
        file.truncate(0)
        os.fsync(file.fileno())
    return True
