"""Audio decoder 録音の復号: samples of an untrusted recording, decoded only in the bounded process.

Its content decides which one format is opened, so that a playlist never is, and no file or address that it names; only
decoders of recorders and telephones are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from todoke.lazy_modules import np
from todoke.meetings.speech.audio_kinds import audio_kind
from todoke.meetings.speech.engines.audio_chunks import RATE
from todoke.runtime.refusals import Unreadable

if TYPE_CHECKING:
    import numpy.typing as npt

FORMATS = {
    "audio/wav": "wav", "audio/mpeg": "mp3", "audio/mp4": "mov", "audio/ogg": "ogg", "audio/flac": "flac",
    "audio/webm": "matroska",
}  # fmt: skip
DECODERS = (
    "pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw", "pcm_mulaw", "adpcm_ms",
    "adpcm_ima_wav", "mp1float", "mp2float", "mp3float", "aac", "alac", "flac", "opus", "vorbis",
)  # fmt: skip
LEAST_HERTZ, MOST_HERTZ, MOST_CHANNELS = 4_000, 384_000, 8
MOST_BROKEN_SECONDS = 60
APART = 2 * RATE
"""Broken spans in samples with less between them are shown as one."""
NO_AUDIO = "このファイルに音声が見つかりません。録音のファイル(WAV、MP3、M4A など)を選んでください。"
BROKEN = (
    "録音が壊れているようで、聞けませんでした。録音した機器で再生できるか確かめ、元の録音から保存し直してください。"
)
UNUSUAL = (
    "この録音の形式({decoder}、{channels}チャンネル、{hertz:,}ヘルツ)は聞けません。再生のソフトで、"
    "2チャンネルまでの WAV か M4A に保存し直して、もう一度選んでください。"
)
Samples: TypeAlias = "npt.NDArray[np.int16]"


@contextmanager
def opened(audio: Path) -> Iterator[tuple[Any, Any]]:
    """Yield the container and the sound of a recording. Raises Unreadable for what is no sound or cannot be decoded."""
    av: Any = import_module("av")
    with audio.open("rb") as file:
        kind = audio_kind(file, audio.stat().st_size)
        options = {"protocol_whitelist": "", "codec_whitelist": ",".join(DECODERS)}
        try:
            with av.open(file, format=FORMATS[kind.media_type], metadata_errors="ignore", options=options) as container:
                if not container.streams.audio:
                    raise Unreadable(NO_AUDIO)
                yield container, _usual(container.streams.audio[0])
        except MemoryError:
            raise
        except (av.error.FFmpegError, ValueError) as error:
            raise Unreadable(BROKEN) from error


def _usual(stream: Any) -> Any:
    """Return a sound whose decoder, channels and rate are those of a recording. Raises Unreadable."""
    decoder, channels, hertz = stream.codec_context.name, stream.channels, stream.rate or 0
    if not (decoder in DECODERS and 0 < channels <= MOST_CHANNELS and LEAST_HERTZ <= hertz <= MOST_HERTZ):
        raise Unreadable(UNUSUAL.format(decoder=decoder, channels=channels, hertz=hertz))
    return stream


def audio_seconds(audio: Path) -> float | None:
    """Return how long a recording says that it is; None where it does not. Raises Unreadable."""
    with opened(audio) as (container, _):
        return container.duration / 1_000_000 if container.duration else None


def decoded(audio: Path, broken: list[tuple[int, int]]) -> Iterator[Samples]:
    """Yield a recording as 16-bit samples of one channel; what is broken in it is silence of the same length.

    Adds each broken span in samples to ``broken``. Raises Unreadable for what is no sound, or where more than a minute
    of it is broken.
    """
    av: Any = import_module("av")
    with opened(audio) as (container, stream):
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        at = lost = 0
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                length = max(0, round((packet.duration or 0) * packet.time_base * RATE))
                lost += length
                if lost > MOST_BROKEN_SECONDS * RATE:
                    raise Unreadable(BROKEN) from None
                _add(broken, at, at + length)
                at += length
                yield np.zeros(length, np.int16)
                continue
            for samples in _resampled(resampler, frames):
                at += len(samples)
                yield samples
        yield from _resampled(resampler, [None])


def _resampled(resampler: Any, frames: list[Any]) -> Iterator[Samples]:
    for frame in frames:
        if frame is not None:
            frame.pts = None
        for made in resampler.resample(frame):
            yield made.to_ndarray()[0]


def _add(broken: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a span in samples, as one with the last where less than two seconds lie between."""
    if broken and start - broken[-1][1] < APART:
        broken[-1] = (broken[-1][0], end)
    else:
        broken.append((start, end))
