"""Manifest 目録: what a parcel holds, where it stands in its line, and the hash of each file. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from todoke.file_validation.json_text import read_json
from todoke.runtime.installation_key import is_signed
from todoke.runtime.refusals import Unreadable

FORMAT = "todoke-handover-1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
APPLICATIONS, STATES, RECORDS = "records/applications.ndjson", "records/states.ndjson", "application/x-ndjson"
MOST_BYTES, MOST_FILES = 64 * 1024 * 1024, 200_000
NOT_OURS = "届けが作った引渡しの便ではありません。相手から受け取った便のファイルを選んでください。"
WRONG_SHAPE = "目録の書き方が違います。相手の届けの版を、運用者に確かめてください。"


@dataclass(frozen=True)
class ParcelFile:
    """便の中のファイル: name, size in bytes, SHA-256 and type; the product that sanitised it (無害化), or ""."""

    name: str
    size: int
    sha256: str
    media_type: str
    sanitised_by: str = ""

    @property
    def is_paper(self) -> bool:
        """Whether somebody attached it, rather than the program having written it."""
        return self.media_type != RECORDS


@dataclass(frozen=True)
class Manifest:
    """目録: ``previous`` is the SHA-256 of the manifest before it in the line, "" for the first."""

    line: str
    sequence: int
    previous: str
    made_at: str
    key: str
    counts: Mapping[str, int]
    files: tuple[ParcelFile, ...]

    @property
    def records(self) -> int:
        """How many applications and states it hands over."""
        return self.counts.get("applications", 0) + self.counts.get("states", 0)

    @property
    def unsanitised(self) -> list[str]:
        """The names of attached files that no product has sanitised."""
        return [each.name for each in self.files if each.is_paper and not each.sanitised_by]

    def as_bytes(self) -> bytes:
        """Return it as it is signed: sorted JSON in UTF-8."""
        told = {"format": FORMAT, **asdict(self)}
        return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def digest_of(content: bytes) -> str:
    """Return the SHA-256 in lower hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_signed_manifest(content: bytes, signature: str, *, key: str) -> Manifest:
    """Return the manifest that the owner of a public key signed. Raises Unreadable for anything else."""
    if not is_signed(content, signature, key):
        raise Unreadable(
            "便の署名を、この経路の相手のものと確かめられません。何も取り込んでいません。"
            "相手の鍵が替わっていないかを電話で確かめ、もう一度受け取ってください。"
        )
    found = read_manifest(content)
    if found.key != key:
        raise Unreadable(WRONG_SHAPE)
    return found


def read_manifest(content: bytes) -> Manifest:
    """Parse a manifest without asking who signed it. Raises Unreadable."""
    try:
        told = read_json(content)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(NOT_OURS) from problem
    if not isinstance(told, dict) or told.pop("format", "") != FORMAT:
        raise Unreadable(NOT_OURS)
    try:
        files = tuple(ParcelFile(**each) for each in told.pop("files"))
        found = Manifest(files=files, **told)
    except (TypeError, KeyError) as problem:
        raise Unreadable(WRONG_SHAPE) from problem
    if not _has_its_types(found):
        raise Unreadable(WRONG_SHAPE)
    return found


def _has_its_types(found: Manifest) -> bool:
    texts = (found.line, found.previous, found.made_at, found.key)
    files = ((each.name, each.sha256, each.media_type, each.sanitised_by) for each in found.files)
    numbers: list[Any] = [found.sequence, *(each.size for each in found.files)]
    return (
        all(isinstance(text, str) for text in (*texts, *(part for each in files for part in each)))
        and isinstance(found.counts, dict)
        and all(type(number) is int and number >= 0 for number in (*numbers, *found.counts.values()))
        and len({each.name for each in found.files}) == len(found.files) <= MOST_FILES
    )
