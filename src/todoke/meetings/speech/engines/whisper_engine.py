"""Whisper engine Whisperの文字起こし: faster-whisper on the processor, only where the extra ``speech`` is installed.

Everything is computed on this machine; nothing is sent anywhere. Voice activity comes first, since without it a machine
writes sentences where nobody spoke. ``whisper_transcription`` runs in the bounded process, where recordings are
decoded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from todoke.file_validation.progress_report import report_progress
from todoke.meetings.speech.engines.audio_chunks import LONGEST, PAUSE, RATE, cut_at
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord, Transcription, prompt_of
from todoke.meetings.speech.engines.whisper_weights import INSTALL, MODEL_SHA256, check
from todoke.runtime.refusals import Refused, Unreadable

NEEDED = ("faster_whisper", "ctranslate2", "av", "onnxruntime", "tokenizers")
THREADS = 2
MOST_BROKEN = 1_000
"""Frames that cannot be decoded, after which a recording counts as broken."""
NOT_INSTALLED = f"文字起こしの部品が入っていません。{INSTALL}"
NO_AUDIO = "このファイルに音声が見つかりません。録音のファイル(WAV、MP3、M4A など)を選んでください。"
BROKEN = "録音が壊れているようで、最後まで聞けませんでした。元の録音から保存し直してください。"
Samples = npt.NDArray[np.int16]
VOICE = {"min_silence_duration_ms": 1000 * PAUSE // RATE}


def is_installed() -> bool:
    """Whether every part of the extra is there."""
    return all(find_spec(name) is not None for name in NEEDED)


class WhisperTranscriber:
    """Whisper base, int8, with faster-whisper. Raises Refused without the extra or with other weights."""

    name = "faster-whisper"

    def __init__(self, folder: Path) -> None:
        if not is_installed():
            raise Refused(NOT_INSTALLED)
        check(folder)
        self.version, self.model_sha256 = version("faster-whisper"), MODEL_SHA256
        self._model: Any = import_module("faster_whisper").WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True
        )

    def segments(
        self, audio: Path, *, terms: Sequence[str], progress: Callable[[float], None]
    ) -> Iterator[SpokenSegment]:
        """Yield what was said, chunk by chunk. Raises Unreadable for what holds no audio."""
        prompt, passed = prompt_of(terms) or None, 0.0
        for chunk in self._chunks(audio):
            for segment in self._heard(chunk, passed, prompt):
                yield segment
                progress(segment.end)
            passed += len(chunk) / RATE
            progress(passed)

    def _chunks(self, audio: Path) -> Iterator[Samples]:
        """Yield a recording in pieces of at most two minutes, cut at pauses."""
        held: Samples = np.zeros(0, np.int16)
        for samples in joined(decoded(audio)):
            held = np.concatenate((held, samples))
            while len(held) >= LONGEST:
                cut = cut_at(spoken_spans(held[:LONGEST]), LONGEST)
                yield held[:cut]
                held = held[cut:]
        if len(held):
            yield held

    def _heard(self, chunk: Samples, after: float, prompt: str | None) -> Iterator[SpokenSegment]:
        found, _ = self._model.transcribe(
            chunk.astype(np.float32) / 32_768, language="ja", beam_size=5, temperature=0,
            condition_on_previous_text=False, word_timestamps=True, initial_prompt=prompt,
            vad_filter=True, vad_parameters=VOICE,
        )  # fmt: skip
        for each in found:
            words = tuple(
                SpokenWord(_place(w.start, after), _place(w.end, after), w.word, round(float(w.probability), 4))
                for w in each.words or ()
            )
            if text := each.text.strip():
                sure = round(min(1.0, math.exp(each.avg_logprob)), 4)
                yield SpokenSegment(_place(each.start, after), _place(each.end, after), text, sure, words)


def _place(seconds: float, after: float) -> float:
    """Return a place in the whole recording of one in a chunk."""
    return round(float(seconds) + after, 2)


def spoken_spans(samples: Samples) -> list[tuple[int, int]]:
    """Return the spans of speech in samples."""
    voice = import_module("faster_whisper.vad")
    found = voice.get_speech_timestamps(samples.astype(np.float32) / 32_768, voice.VadOptions(**VOICE, speech_pad_ms=0))
    return [(span["start"], span["end"]) for span in found]


def decoded(audio: Path) -> Iterator[Samples]:
    """Yield a recording as 16-bit samples of one channel. Raises Unreadable for what holds no audio or is broken."""
    av: Any = import_module("av")
    try:
        with av.open(str(audio), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise Unreadable(NO_AUDIO)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in _frames(av, container):
                for made in resampler.resample(frame):
                    yield made.to_ndarray()[0]
    except (av.error.FFmpegError, ValueError) as error:
        raise Unreadable(NO_AUDIO) from error


def _frames(av: Any, container: Any) -> Iterator[Any]:
    """Yield the frames of a recording and None at its end; skips what is broken. Raises Unreadable for too much."""
    frames, broken = container.decode(audio=0), 0
    while True:
        try:
            frame = next(frames)
        except StopIteration:
            break
        except av.error.InvalidDataError:
            broken += 1
            if broken > MOST_BROKEN:
                raise Unreadable(BROKEN) from None
            continue
        frame.pts = None
        yield frame
    yield None


def joined(pieces: Iterator[Samples]) -> Iterator[Samples]:
    """Yield small pieces as larger ones of at least half a minute, but for the last."""
    held: list[Samples] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= 30 * RATE:
            yield np.concatenate(held)
            held, length = [], 0
    if held:
        yield np.concatenate(held)


def audio_seconds(audio: Path) -> float | None:
    """Return how long a recording says that it is; None where it does not. Raises Unreadable for no audio."""
    av: Any = import_module("av")
    try:
        with av.open(str(audio), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise Unreadable(NO_AUDIO)
            return container.duration / 1_000_000 if container.duration else None
    except (av.error.FFmpegError, ValueError) as error:
        raise Unreadable(NO_AUDIO) from error


def whisper_transcription(folder: str, audio: str, terms: tuple[str, ...]) -> Transcription:
    """Return what was said in a recording, and tell the progress in seconds. Raises Refused, Unreadable."""
    engine, heard = WhisperTranscriber(Path(folder)), 0.0
    told = audio_seconds(Path(audio))

    def progress(seconds: float) -> None:
        nonlocal heard
        heard = seconds
        report_progress(round(seconds), round(max(seconds, told or 0)))

    segments = tuple(engine.segments(Path(audio), terms=terms, progress=progress))
    if not heard:
        raise Unreadable(NO_AUDIO)
    return Transcription(engine.name, engine.version, engine.model_sha256, round(heard, 2), segments)
