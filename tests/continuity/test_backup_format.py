"""A backup opens with nothing but the rules that docs/reference/backup-format.md writes down."""

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from tests.cast import continuity
from todoke.continuity import backup

pytestmark = pytest.mark.django_db(transaction=True)
CHUNK, TAG = 1_048_576, 16


def stream_key(key: bytes, salt: bytes) -> bytes:
    """RFC 5869 with SHA-256, one block of output."""
    extracted = hmac.new(salt, key, hashlib.sha256).digest()
    return hmac.new(extracted, b"todoke backup stream\x01", hashlib.sha256).digest()


def chunks(sealed: bytes, key: bytes) -> Iterator[bytes]:
    assert sealed[:4] == b"TDK1"
    cipher, body = AESGCM(stream_key(key, sealed[4:20])), sealed[20:]
    size = CHUNK + TAG
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    for number, part in enumerate(parts):
        mark = b"last" if number == len(parts) - 1 else b"more"
        yield cipher.decrypt(number.to_bytes(12, "big"), part, mark)


def content(folder: Path, item: dict[str, Any], key: bytes) -> bytes:
    name = hmac.new(key, item["sha256"].encode(), hashlib.sha256).hexdigest()
    sealed = (folder / "objects" / name[:2] / name).read_bytes()
    assert len(sealed) == 20 + item["size"] + 16 * max(1, -(-item["size"] // CHUNK))
    found = b"".join(chunks(sealed, key))
    assert (hashlib.sha256(found).hexdigest(), len(found)) == (item["sha256"], item["size"])
    return found


def test_a_program_of_somebody_else_opens_our_backup(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("elsewhere")
    case = continuity.applied()
    stamp = backup.create(continuity.repository(place)).stamp
    folder, key = place / "vault", bytes.fromhex((place / "key").read_text())
    manifest = json.loads(b"".join(chunks((folder / "backups" / f"{stamp}.todoke").read_bytes(), key)))
    assert (manifest["format"], manifest["vendor"]) == (1, connection.vendor)
    assert content(folder, manifest["files"][0], key) == continuity.PAPER
    papers = {item["name"]: content(folder, item, key).decode() for item in manifest["papers"]}
    assert papers["secret-key"] == settings.SECRET_KEY
    dump = content(folder, manifest["database"], key)
    if connection.vendor == "postgresql":
        assert dump[:5] == b"PGDMP"
        return
    (place / "copy.sqlite3").write_bytes(dump)
    with closing(sqlite3.connect(place / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT number FROM cases_case").fetchall() == [(case.number,)]
