"""What a camera writes into a photo is left out; which side is up stays."""

import struct
import zlib

import pytest

from todoke.file_validation.photo_metadata import without_metadata
from todoke.runtime.refusals import Unreadable

PLACE = b"35.6092N,139.7302E"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, side: int) -> bytes:
    sign = b"MM" if order == ">" else b"II"
    tiff = sign + struct.pack(f"{order}HI", 42, 8) + struct.pack(f"{order}H", 2)
    tiff += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, side, 0) + struct.pack(f"{order}HHII", 0x010E, 2, len(PLACE), 38)
    return segment(0xE1, b"Exif\0\0" + tiff + struct.pack(f"{order}I", 0) + PLACE)


def jpeg(*before: bytes, behind: bytes = b"") -> bytes:
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"".join(before) + segment(0xDB, b"\0" * 65) + scan + b"\xff\xd9" + behind


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_jpeg_keeps_its_picture_and_its_upright_side(order: str) -> None:
    jfif, comment = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), segment(0xFE, PLACE)
    made = without_metadata(jpeg(jfif, exif(order, 6), segment(0xE1, b"http://ns.adobe.com/xap/" + PLACE), comment,
                                 segment(0xED, PLACE), behind=b"second picture " + PLACE))  # fmt: skip
    assert PLACE not in made
    assert made.endswith(b"\x56\xff\xd9")
    assert jfif in made
    assert made.count(b"Exif\0\0") == 1
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in made
    assert without_metadata(made) == made


def test_a_photo_that_stands_upright_needs_no_note() -> None:
    assert b"Exif" not in without_metadata(jpeg(exif(">", 1)))


def test_a_png_keeps_only_what_draws() -> None:
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", b"\0" * 13), chunk(b"eXIf", PLACE), chunk(b"tEXt", PLACE),
             chunk(b"IDAT", b"picture"), chunk(b"IEND", b"")]  # fmt: skip
    made = without_metadata(b"".join(parts) + PLACE)
    assert made == b"".join((parts[0], parts[1], parts[4], parts[5]))


@pytest.mark.parametrize("broken", [b"GIF89a", jpeg()[:-4], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"])
def test_another_file_or_half_a_photo_is_refused(broken: bytes) -> None:
    with pytest.raises(Unreadable, match="写真"):
        without_metadata(broken)
