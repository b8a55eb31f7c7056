"""What becomes of hostile and broken recordings: each ends in a sentence or in its sounds, within limits.

    ./todoke bench hostile_audio

The files are made here with the extra ``speech`` and cut in the bounded process, as the first job of a transcript does.
No file that a recording names is opened: those named here exist and hold speech, and the address would be answered.
Ends with code 1 where an outcome is another one than is written here.
"""

import platform
import resource
import struct
import tempfile
import threading
import time
from collections.abc import Callable
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from todoke.file_validation.bounded_read import read_watched
from todoke.meetings.chosen_transcriber import CUT_LIMITS
from todoke.meetings.speech.audio_kinds import EMPTY, NOT_AUDIO
from todoke.meetings.speech.engines.audio_decoder import BROKEN, NO_AUDIO
from todoke.meetings.speech.engines.whisper_engine import cut_recording, is_installed
from todoke.runtime.refusals import Refused

RATE, SECONDS = 16_000, 20
TONE = (9_000 * np.sin(np.arange(RATE * SECONDS) * 2 * np.pi * 440 / RATE)).astype(np.int16)
SILENCE = bytes([3 << 3 | 1])
TAG = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)
UNUSUAL = "の形式"
asked: list[str] = []
"""Paths that somebody asked the server of this benchmark for."""


def wav(samples: npt.NDArray[Any], *, channels: int = 1, hertz: int = RATE, claim: int | None = None) -> bytes:
    """Return a WAV file that says what it is told."""
    data, width = samples.tobytes(), samples.itemsize
    kind, block = 3 if samples.dtype.kind == "f" else 1, channels * width
    form = struct.pack("<HHIIHH", kind, channels, hertz, (hertz or RATE) * block, block, width * 8)
    length = len(data) if claim is None else claim
    return b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + form + b"data" + struct.pack("<I", length) + data


def encoded(path: Path, codec: str) -> bytes:
    """Return the tone in another format, and leave it at its path."""
    av: Any = import_module("av")
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=RATE)
        frame = av.AudioFrame.from_ndarray(TONE.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for each in [*resampler.resample(frame), None]:
            container.mux(stream.encode(each))
    return path.read_bytes()


def video(path: Path) -> bytes:
    """Return an MP4 file without sound."""
    av: Any = import_module("av")
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for level in range(0, 250, 25):
            picture = np.full((64, 64, 3), level, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path.read_bytes()


def long_silence(path: Path, hours: int) -> bytes:
    """Return hours of silence: packets of one byte, each two empty frames of 60 ms."""
    av: Any = import_module("av")
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        for number in range(hours * 3_600 * 1000 // 120):
            packet = av.Packet(SILENCE)
            packet.stream, packet.time_base = stream, Fraction(1, 48_000)
            packet.pts = packet.dts = number * 5_760
            packet.duration = 5_760
            container.mux(packet)
    return path.read_bytes()


def damaged(content: bytes) -> bytes:
    """Return an MP3 file of which every fortieth block of 200 bytes is noise."""
    noise = np.random.default_rng(0)
    made = bytearray(content)
    for at in range(4_000, len(made) - 200, 8_000):
        made[at : at + 200] = noise.bytes(200)
    return bytes(made)


def hostile(folder: Path, port: int) -> dict[str, tuple[Callable[[], bytes], str]]:
    """Return files by name: how each is made, and what its outcome must hold."""
    (folder / "named.wav").write_bytes(wav(TONE))
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:30\n#EXTINF:20,\n{}\n#EXT-X-ENDLIST\n"
    address = playlist.format(f"http://127.0.0.1:{port}/named.wav").encode()
    concat = f"ffconcat version 1.0\nfile {folder}/named.wav\n".encode()
    heard = f"{SECONDS}"
    return {
        "empty": (lambda: b"", EMPTY),
        "text named .mp3": ("これは音ではありません。".encode, NOT_AUDIO),
        "truncated WAV": (lambda: wav(TONE)[: 44 + RATE * SECONDS], f"{SECONDS / 2}"),
        "WAV that claims 4 GB": (lambda: wav(TONE, claim=0xFFFFFFFF), heard),
        "WAV of NaN": (lambda: wav(np.full(RATE * SECONDS, np.nan, np.float32)), heard),
        "WAV of infinity": (lambda: wav(np.full(RATE * SECONDS, np.inf, np.float32)), heard),
        "WAV of 0 Hz": (lambda: wav(TONE, hertz=0), BROKEN),
        "WAV of 1 Hz": (lambda: wav(TONE, hertz=1), UNUSUAL),
        "WAV of 2 GHz": (lambda: wav(TONE, hertz=0x7FFFFFFF), UNUSUAL),
        "WAV of 4 channels": (lambda: wav(np.repeat(TONE, 4), channels=4), heard),
        "WAV of 64 channels": (lambda: wav(np.repeat(TONE, 64), channels=64), UNUSUAL),
        "MP3": (lambda: encoded(folder / "a.mp3", "libmp3lame"), heard),
        "M4A": (lambda: encoded(folder / "a.m4a", "aac"), heard),
        "OGG": (lambda: encoded(folder / "a.ogg", "libopus"), heard),
        "FLAC": (lambda: encoded(folder / "a.flac", "flac"), heard),
        "WebM": (lambda: encoded(folder / "a.webm", "libopus"), heard),
        "truncated M4A": (lambda: (folder / "a.m4a").read_bytes()[:20_000], BROKEN),
        "damaged MP3": (lambda: damaged((folder / "a.mp3").read_bytes()), f"{SECONDS - 1}."),
        "MP4 without sound": (lambda: video(folder / "v.mp4"), NO_AUDIO),
        "playlist": (lambda: playlist.format("named.wav").encode(), NOT_AUDIO),
        "playlist of an address": (lambda: address, NOT_AUDIO),
        "playlist behind a tag of MP3": (lambda: TAG + address, BROKEN),
        "list of files": (lambda: concat, NOT_AUDIO),
        "list of files behind a tag of MP3": (lambda: TAG + concat, BROKEN),
        "10 hours of silence": (lambda: long_silence(folder / "s.ogg", 10), "35999"),
    }


def outcome(path: Path, folder: Path) -> str:
    """Return what the first job of a transcript finds in a file, or the sentence that a person reads."""
    try:
        found = read_watched(CUT_LIMITS, lambda done, whole: True, cut_recording, str(path), str(folder))
    except Refused as refusal:
        return str(refusal)
    return f"{found.seconds} s, {len(found.chunks)} chunks"


class Canary(BaseHTTPRequestHandler):
    """Notes whoever asks it for a file."""

    def do_GET(self) -> None:
        asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


def main() -> None:
    if not is_installed():
        raise SystemExit("not run: hostile_audio, the extra is not installed (./todoke extras speech)")
    print(f"Python {platform.python_version()}, {platform.machine()}, av {import_module('av').__version__}")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (what, (make, expected)) in enumerate(hostile(folder, server.server_port).items()):
            path = folder / f"hostile-{number}"
            path.write_bytes(make())
            began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            started = time.monotonic()
            said = outcome(path, folder)
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            if expected not in said:
                wrong.append(what)
            print(
                f"{what}, {path.stat().st_size:,} bytes: {said} "
                f"[{used.ru_utime - began:.1f} CPU-s, {time.monotonic() - started:.1f} s, "
                f"largest process until now {used.ru_maxrss // 1024} MB]{' WRONG' if what in wrong else ''}",
                flush=True,
            )
    print(f"addresses asked: {len(asked)}; outcomes other than expected: {len(wrong)}")
    raise SystemExit(bool(wrong or asked))


if __name__ == "__main__":
    main()
