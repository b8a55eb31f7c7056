"""Parcel file 便のファイル: an uncompressed ZIP of manifest, signature, records as NDJSON and attached papers.

Papers lie under generated names. What is read is checked whole before one record is used: signature, names, sizes,
hashes, letters and counts. A wrong byte is named by file, line and letter, and never replaced.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.file_validation.json_text import read_json
from todoke.integrations.handover.manifest import (
    APPLICATIONS,
    MANIFEST,
    MOST_BYTES,
    NOT_OURS,
    RECORDS,
    SIGNATURE,
    STATES,
    Manifest,
    ParcelFile,
    digest_of,
    read_signed_manifest,
)
from todoke.runtime.installation_key import public_key, sign
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.encodings import wrong_byte

BLOCK = 1 << 20
LARGEST = 2 * 1024 * 1024 * 1024
LONGEST_LINE = 4_000_000
EARLIEST = (1980, 1, 1, 0, 0, 0)
LIMITS = ReadLimits(seconds=600, too_long="便を{seconds}秒で読み終わりませんでした。何も取り込んでいません。")
CHANGED = "「{name}」が、作られたときと違います。何も取り込んでいません。もう一度受け取ってください。"
KINDS = {"applications": APPLICATIONS, "states": STATES}


class ParcelWriter:
    """便の書き手: records are appended to files of a folder, papers to the archive; ``finish`` seals it."""

    def __init__(self, archive: zipfile.ZipFile, folder: Path, *, sanitised_by: str = "") -> None:
        self.archive, self.folder, self.sanitised_by = archive, folder, sanitised_by
        self.files = list[ParcelFile]()
        self.counts = dict.fromkeys((*KINDS, "papers"), 0)

    def add_record(self, kind: str, record: Any) -> None:
        """Append a record, one line of JSON."""
        with (self.folder / kind).open("ab") as file:
            file.write(json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        self.counts[kind] += 1

    def add_paper(self, content: bytes, suffix: str, media_type: str) -> str:
        """Put in an attached paper, and return its name in the parcel."""
        self.counts["papers"] += 1
        name = f"papers/{self.counts['papers']:06d}{suffix}"
        self._put(name, content)
        self.files.append(ParcelFile(name, len(content), digest_of(content), media_type, self.sanitised_by))
        return name

    def finish(self, *, line: str, sequence: int, previous: str, made_at: str) -> Manifest:
        """Put in the records, the manifest and its signature, and return the manifest."""
        for kind, name in KINDS.items():
            content = (self.folder / kind).read_bytes() if self.counts[kind] else b""
            self._put(name, content)
            self.files.append(ParcelFile(name, len(content), digest_of(content), RECORDS))
        made = Manifest(line, sequence, previous, made_at, public_key(), dict(self.counts), tuple(self.files))
        self._put(MANIFEST, made.as_bytes())
        self._put(SIGNATURE, sign(made.as_bytes()).encode())
        return made

    def _put(self, name: str, content: bytes) -> None:
        self.archive.writestr(zipfile.ZipInfo(name, EARLIEST), content)


@contextmanager
def written(path: Path, folder: Path, *, sanitised_by: str = "") -> Iterator[ParcelWriter]:
    """Open a parcel for writing at a path; ``folder`` takes the records meanwhile."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        yield ParcelWriter(archive, folder, sanitised_by=sanitised_by)


def manifest_of(path: Path, key: str) -> Manifest:
    """Return the manifest of a parcel that the owner of a key signed, read in a child process. Raises Unreadable."""
    return read_within(LIMITS, peek_parcel, path, key)


def unpacked(path: Path, key: str, folder: Path) -> Manifest:
    """Check a parcel whole and unpack it into a folder, in a child process. Raises Unreadable, and nothing is used."""
    return read_within(LIMITS, unpack_parcel, path, key, folder)


def records_of(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the records of an unpacked parcel."""
    with (folder / KINDS[kind]).open("rb") as file:
        for line in file:
            yield json.loads(line)


def peek_parcel(path: Path, key: str) -> Manifest:
    """Read the manifest alone. Raises Unreadable."""
    with _opened(path) as archive:
        return _manifest(archive, key)


def unpack_parcel(path: Path, key: str, folder: Path) -> Manifest:
    """Verify every file and write it below ``folder``. Raises Unreadable."""
    with _opened(path) as archive:
        found = _manifest(archive, key)
        _check_names(archive, found)
        for each in found.files:
            target = folder / each.name
            target.parent.mkdir(parents=True, exist_ok=True)
            _unpack(archive, each, target)
    for kind, name in KINDS.items():
        with (folder / name).open("rb") as lines:
            _check_records(lines, name, found.counts.get(kind, 0))
    return found


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise Unreadable(f"便のファイルが壊れています。何も取り込んでいません。{NOT_OURS}") from problem


def _manifest(archive: zipfile.ZipFile, key: str) -> Manifest:
    names = [entry.filename for entry in archive.infolist()]
    for name in (MANIFEST, SIGNATURE):
        if names.count(name) != 1 or archive.getinfo(name).file_size > MOST_BYTES:
            raise Unreadable(NOT_OURS)
    signature = _content(archive, SIGNATURE).decode("ascii", "backslashreplace")
    return read_signed_manifest(_content(archive, MANIFEST), signature, key=key)


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as file:
            return file.read(MOST_BYTES + 1)
    except zipfile.BadZipFile as problem:
        raise Unreadable(CHANGED.format(name=name)) from problem


def _check_names(archive: zipfile.ZipFile, found: Manifest) -> None:
    """Check that the archive holds what the manifest names, once each, uncompressed, and nothing else."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    wanted = {each.name for each in found.files} | {MANIFEST, SIGNATURE}
    lacking, extra = sorted(wanted - entries.keys()), sorted(entries.keys() - wanted)
    if lacking:
        raise Unreadable(f"目録にある「{lacking[0]}」が、便の中にありません。何も取り込んでいません。")
    if extra or len(archive.infolist()) != len(wanted):
        raise Unreadable(
            f"目録にない「{extra[0] if extra else MANIFEST}」が、便の中にあります。何も取り込んでいません。"
        )
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries.values()):
        raise Unreadable("便の中のファイルが圧縮されています。作られたままの便を受け取ってください。")
    if sum(each.size for each in found.files) > LARGEST:
        raise Unreadable("便が大きすぎます(2GBまで)。相手に、分けて作り直すように頼んでください。")
    if any(".." in each.name or each.name.startswith("/") or "\\" in each.name for each in found.files):
        raise Unreadable(NOT_OURS)


def _unpack(archive: zipfile.ZipFile, each: ParcelFile, target: Path) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(each.name) as file, target.open("wb") as copy:
            while block := file.read(BLOCK):
                size += len(block)
                digest.update(block)
                if size > each.size:
                    break
                copy.write(block)
    except zipfile.BadZipFile as problem:
        raise Unreadable(CHANGED.format(name=each.name)) from problem
    if size != each.size or digest.hexdigest() != each.sha256:
        raise Unreadable(CHANGED.format(name=each.name))


def _check_records(lines: IO[bytes], name: str, count: int) -> None:
    """Check letters, JSON and number of the records of a file. Raises Unreadable naming the first wrong place."""
    if wrong := wrong_byte(lines, "utf-8"):
        raise Unreadable(f"「{name}」の{wrong}を、文字として読めません。置きかえずに、読むのをやめました。")
    lines.seek(0)
    found = 0
    for found, line in enumerate(lines, 1):
        try:
            record = read_json(line) if len(line) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            raise Unreadable(f"「{name}」の{found:,}行目を、記録として読めません。何も取り込んでいません。")
    if found != count:
        raise Unreadable(f"「{name}」は、目録では{count:,}件ですが、{found:,}件あります。何も取り込んでいません。")
