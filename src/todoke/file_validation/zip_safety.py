"""Archives 圧縮ファイル: an Excel workbook is a zip; look at it without unpacking before a parser may see it."""

import re
import zipfile
import zlib
from pathlib import Path

from todoke.runtime.refusals import Unreadable

MOST_ENTRIES = 500
MOST_UNPACKED = 600 * 1024 * 1024
MOST_RATIO = 150
RATIO_COUNTS_FROM = 8 * 1024 * 1024
MOST_ROWS = 120_000
_STEP = 1 << 20
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d+)"')
_FAR_CELL = re.compile(rb'\br="(?:[A-Z]{3,}|[D-Z][A-Z]|C[W-Z])\d')


class HostileArchive(Unreadable):
    """開けない圧縮ファイル: what is wrong with it, in words."""


def inspect(path: Path) -> None:
    """Refuse an archive that would unpack to too much, or whose sheet pretends to be vast. Raises HostileArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise HostileArchive(f"中のファイルが多すぎます({len(entries):,}個)。")
            if not any(entry.filename.startswith("xl/") for entry in entries):
                raise HostileArchive("Excel のファイルではない圧縮ファイルです。")
            _refuse_sizes(sum(entry.file_size for entry in entries), path.stat().st_size)
            room = MOST_UNPACKED
            for entry in entries:
                room -= _walk(archive, entry, room)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as problem:
        raise HostileArchive("圧縮ファイルが壊れているか、暗号化されています。") from problem


def _refuse_sizes(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED:
        raise HostileArchive(f"広げると大きすぎます({unpacked:,} バイト)。")
    if unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO:
        raise HostileArchive(f"圧縮率が異常です(広げると{unpacked // max(packed, 1):,}倍)。")


def _walk(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Unpack one entry into nothing, counting; the size that an entry declares may be a lie."""
    sheet = entry.filename.startswith("xl/worksheets/")
    size, rest = 0, b""
    with archive.open(entry) as file:
        while block := file.read(_STEP):
            size += len(block)
            if size > room:
                raise HostileArchive("広げると大きすぎます。")
            _refuse_sizes(size, entry.compress_size)
            if sheet:
                _refuse_vastness(rest + block)
                rest = block[-300:]
    return size


def _refuse_vastness(block: bytes) -> None:
    if _FAR_CELL.search(block):
        raise HostileArchive("列が多すぎます(100列まで)。")
    rows = _ROW.findall(block)
    if rows and int(rows[-1]) > MOST_ROWS:
        raise HostileArchive(f"行が多すぎます({int(rows[-1]):,}行。{MOST_ROWS:,}行まで)。")
