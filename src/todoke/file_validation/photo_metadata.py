"""Photo metadata 写真の付加情報: place, time and camera are left out of a JPEG or PNG; only which side is up stays."""

import struct

from todoke.runtime.refusals import Unreadable

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
_SOI, _EOI, _SOS, _APP0, _APP1, _APP14, _APP15, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
_ORIENTATION = 0x0112
_BROKEN = "写真が途中で切れています。もう一度選んでください。"


def without_metadata(content: bytes) -> bytes:
    """Return a JPEG or PNG with its picture alone. Raises Unreadable for another or a broken file."""
    try:
        if content.startswith(_PNG):
            return _png(content)
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
    except (struct.error, IndexError, ValueError) as problem:
        raise Unreadable(_BROKEN) from problem
    raise Unreadable("写真は、JPEG か PNG にしてください。")


def _png(content: bytes) -> bytes:
    """Return the chunks that draw, up to the end of the picture."""
    found, at = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + size + 12]
        if len(chunk) < size + 12:
            raise ValueError(at)
        if kind in _PNG_KEPT:
            found.append(chunk)
        if kind == b"IEND":
            return b"".join(found)
        at += size + 12


def _jpeg(content: bytes) -> bytes:
    """Return the segments that draw, up to the first end of picture, with the orientation of the camera."""
    found, at = [b"\xff\xd8"], 2
    while True:
        if content[at] != 0xFF:
            raise ValueError(at)
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if marker == _EOI:
            return b"".join((*found, b"\xff\xd9"))
        size = struct.unpack_from(">H", content, at + 2)[0]
        end = at + 2 + size
        if marker == _SOS:
            end = _end_of_scan(content, end)
        segment = content[at:end]
        if marker == _APP1 and (side := _orientation(segment)) > 1:
            found.insert(1, _only_orientation(side))
        elif marker in {_APP0, _APP14} or not (_APP0 <= marker <= _APP15 or marker == _COM):
            found.append(segment)
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the compressed data of a scan end: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.index(b"\xff", at)
        following = content[at + 1]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 2 if following != 0xFF else 1


def _orientation(segment: bytes) -> int:
    """Return the orientation (1 to 8) that an Exif segment tells, or 0."""
    if segment[4:10] != b"Exif\0\0":
        return 0
    tiff = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for n in range(min(struct.unpack_from(f"{order}H", tiff, start)[0], 200)):
            tag, kind, count = struct.unpack_from(f"{order}HHI", tiff, start + 2 + 12 * n)
            if (tag, kind, count) == (_ORIENTATION, 3, 1):
                side: int = struct.unpack_from(f"{order}H", tiff, start + 10 + 12 * n)[0]
                return side if 1 <= side <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(side: int) -> bytes:
    """Return an Exif segment that tells the orientation and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, side, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body
