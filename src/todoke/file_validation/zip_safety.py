"""Zip safety 圧縮ファイル: checks an Excel workbook for zip bombs before a parser opens it."""

import re
import zipfile
import zlib
from pathlib import Path

from todoke.runtime.refusals import Unreadable

MAX_ENTRIES = 500
MAX_UNPACKED_BYTES = 600 * 1024 * 1024
MAX_RATIO = 150
RATIO_CHECKED_FROM_BYTES = 8 * 1024 * 1024
MAX_ROWS = 120_000
_STEP = 1 << 20
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d+)"')
_FAR_CELL = re.compile(rb'\br="(?:[A-Z]{3,}|[D-Z][A-Z]|C[W-Z])\d')


class UnsafeArchive(Unreadable):
    """開けない圧縮ファイル: the message says what is wrong with it."""


def check_zip(path: Path) -> None:
    """Check number, size, ratio and sheet dimensions of an archive. Raises UnsafeArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise UnsafeArchive(f"中のファイルが多すぎます({len(entries):,}個)。")
            if not any(entry.filename.startswith("xl/") for entry in entries):
                raise UnsafeArchive("Excel のファイルではない圧縮ファイルです。")
            _check_sizes(sum(entry.file_size for entry in entries), path.stat().st_size)
            room = MAX_UNPACKED_BYTES
            for entry in entries:
                room -= _check_entry(archive, entry, room)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as problem:
        raise UnsafeArchive("圧縮ファイルが壊れているか、暗号化されています。") from problem


def _check_sizes(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnsafeArchive(f"広げると大きすぎます({unpacked:,} バイト)。")
    if unpacked > RATIO_CHECKED_FROM_BYTES and unpacked > packed * MAX_RATIO:
        raise UnsafeArchive(f"圧縮率が異常です(広げると{unpacked // max(packed, 1):,}倍)。")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Decompress one entry without storing it and return its real size, which may differ from the declared one."""
    sheet = entry.filename.startswith("xl/worksheets/")
    size, rest = 0, b""
    with archive.open(entry) as file:
        while block := file.read(_STEP):
            size += len(block)
            if size > room:
                raise UnsafeArchive("広げると大きすぎます。")
            _check_sizes(size, entry.compress_size)
            if sheet:
                _check_dimensions(rest + block)
                rest = block[-300:]
    return size


def _check_dimensions(block: bytes) -> None:
    if _FAR_CELL.search(block):
        raise UnsafeArchive("列が多すぎます(100列まで)。")
    rows = _ROW.findall(block)
    if rows and int(rows[-1]) > MAX_ROWS:
        raise UnsafeArchive(f"行が多すぎます({int(rows[-1]):,}行。{MAX_ROWS:,}行まで)。")
