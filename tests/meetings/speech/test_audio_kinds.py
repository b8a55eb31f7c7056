"""A recording is known by its content: its kind, and its length where the header says it."""

import io
import struct

import pytest

from tests.cast.recordings import wav
from todoke.meetings.speech.audio_kinds import audio_kind
from todoke.meetings.speech.engines.audio_decoder import FORMATS
from todoke.runtime.refusals import Unreadable


def kind(content: bytes) -> tuple[str, float | None]:
    found = audio_kind(io.BytesIO(content), len(content))
    return found.suffix, found.seconds


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def m4a(seconds: int) -> bytes:
    header = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", bytes(64)) + box(b"moov", header)


def flac(seconds: int) -> bytes:
    packed = (8_000 << 44) | (seconds * 8_000)
    return b"fLaC" + bytes(14) + packed.to_bytes(8, "big") + bytes(40)


SOUNDS = [
    wav(2), m4a(90), flac(7), b"ID3\4" + bytes(60), b"OggS" + bytes(60),
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(60),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "suffix", "seconds"),
    [
        (wav(2), ".wav", 2.0), (m4a(90), ".m4a", 90.0), (flac(7), ".flac", 7.0), (b"ID3\4" + bytes(60), ".mp3", None),
        (b"\xff\xfb\x90\x64" + bytes(60), ".mp3", None), (b"OggS" + bytes(60), ".ogg", None),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(60), ".webm", None),
    ],
)  # fmt: skip
def test_every_kind_that_devices_make_is_known(content: bytes, suffix: str, seconds: float | None) -> None:
    assert kind(content) == (suffix, seconds)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.4", b"RIFF\0\0\0\0WEBP", b"\xff\xd8\xff\xe0JFIF", wav(0), wav(2)[:30],
     b"#EXTM3U\n#EXTINF:9,\n/etc/hostname\n", b"ffconcat version 1.0\nfile /etc/hostname\n", b"[playlist]\nFile1=a.wav",
     b"PK\3\4" + bytes(60), b"\x1aE\xdf\xa3matroska", box(b"ftyp", b"heic\0\0\0\0")],
)  # fmt: skip
def test_what_is_no_sound_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(Unreadable, match="選んでください"):
        kind(content)


def test_every_kind_is_opened_as_that_one_format_and_no_format_that_names_other_files_is() -> None:
    kinds = {audio_kind(io.BytesIO(each), len(each)).media_type for each in SOUNDS}
    assert kinds == FORMATS.keys()
    assert not {"hls", "concat", "dash", "sdp", "rtsp", "image2"} & set(FORMATS.values())


def test_a_header_that_claims_more_than_there_is_and_one_without_a_rate_are_measured_by_what_is_there() -> None:
    claims = wav(2)[:40] + b"\xff\xff\xff\xff" + wav(2)[44:]
    assert kind(claims) == (".wav", 2.0)
    with pytest.raises(Unreadable, match="音が入っていません"):
        kind(wav(2)[:24] + bytes(8) + wav(2)[32:])


def test_a_broken_header_tells_no_length_and_does_not_hang() -> None:
    endless = box(b"ftyp", b"M4A \0\0\0\0") + struct.pack(">I4s", 8, b"free") * 5_000
    assert kind(endless + bytes(64)) == (".m4a", None)
    assert kind(box(b"ftyp", b"M4A \0\0\0\0") + bytes(64)) == (".m4a", None)
