"""Audio kinds 音声の種類: what a recording is by its first bytes, and how long, without decoding it. Pure."""

import struct
from dataclasses import dataclass
from typing import IO, Any

from todoke.runtime.refusals import Unreadable

HEAD = 4096
KINDS = "WAV、MP3、M4A、OGG、FLAC、WebM"
NOT_AUDIO = (
    f"音声のファイルではないようです。{KINDS}のどれかを選んでください。"
    "録音した機器から、もう一度取り出すと直ることがあります。"
)
EMPTY = "このファイルには音が入っていません。録音した機器で再生できるか確かめて、もう一度選んでください。"
MOST_BOXES = 200


@dataclass(frozen=True)
class AudioKind:
    """音声の種類: media type, ending of the file, and seconds where the header says them."""

    media_type: str
    suffix: str
    seconds: float | None = None


def audio_kind(file: IO[bytes] | Any, size: int) -> AudioKind:
    """Return what a file is by its content, whatever its name. Raises Unreadable with what to do."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Unreadable(EMPTY)
    media_type, suffix = _kind(head)
    try:
        seconds = _seconds(media_type, file, head, size)
    except struct.error as error:
        raise Unreadable(EMPTY) from error
    file.seek(0)
    if seconds is not None and seconds <= 0:
        raise Unreadable(EMPTY)
    return AudioKind(media_type, suffix, seconds)


def _kind(head: bytes) -> tuple[str, str]:
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav", ".wav"
    if head[:3] == b"ID3" or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06):
        return "audio/mpeg", ".mp3"
    if head[4:8] == b"ftyp" and head[8:11] in {b"M4A", b"M4B", b"mp4", b"iso", b"das", b"3gp", b"MSN"}:
        return "audio/mp4", ".m4a"
    if head[:4] == b"OggS":
        return "audio/ogg", ".ogg"
    if head[:4] == b"fLaC":
        return "audio/flac", ".flac"
    if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:256]:
        return "audio/webm", ".webm"
    raise Unreadable(NOT_AUDIO)


def _seconds(media_type: str, file: IO[bytes] | Any, head: bytes, size: int) -> float | None:
    if media_type == "audio/wav":
        return _wav(file, size)
    if media_type == "audio/flac" and len(head) >= 26:
        packed = int.from_bytes(head[18:26], "big")
        rate, samples = packed >> 44, packed & 0xFFFFFFFFF
        return samples / rate if rate and samples else None
    return _mp4(file, size) if media_type == "audio/mp4" else None


def _wav(file: IO[bytes] | Any, size: int) -> float:
    """Return the seconds of a WAV file by its chunks; 0 where there is no sound in it."""
    at, rate = 12, 0
    for _ in range(MOST_BOXES):
        file.seek(at)
        chunk = file.read(24)
        if len(chunk) < 8:
            return 0
        name, length = struct.unpack("<4sI", chunk[:8])
        if name == b"fmt ":
            rate = struct.unpack("<I", chunk[16:20])[0]
        if name == b"data":
            return min(length, max(size - at - 8, 0)) / rate if rate else 0
        at += 8 + length + length % 2
    return 0


def _mp4(file: IO[bytes] | Any, size: int) -> float | None:
    """Return the seconds that the header of an MP4 file says, None where it says none."""
    at, end = 0, size
    for _ in range(MOST_BOXES):
        file.seek(at)
        box = file.read(48)
        if at + 8 > end or len(box) < 32:
            return None
        length, name = struct.unpack(">I4s", box[:8])
        start = 8
        if length == 1:
            length, start = struct.unpack(">Q", box[8:16])[0], 16
        if name == b"moov":
            at += start
            continue
        if name == b"mvhd":
            long = box[start] == 1
            scale, duration = struct.unpack(
                ">IQ" if long else ">II", box[start + (20 if long else 12) :][: 12 if long else 8]
            )
            return duration / scale if scale and duration else None
        if length < 8:
            return None
        at += length
    return None
