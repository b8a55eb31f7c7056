"""Whisper engine Whisperの文字起こし: faster-whisper on the processor, only where the extra ``speech`` is installed.

Everything is computed on this machine; nothing is sent anywhere. Voice activity comes first, since without it a machine
writes sentences where nobody spoke. ``whisper_transcription`` runs in the bounded process, where recordings are
decoded.
"""

from __future__ import annotations

import ctypes
import math
import wave
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from todoke.file_validation.progress_report import report_progress
from todoke.lazy_modules import np
from todoke.meetings.speech.engines.audio_chunks import (
    LONGEST,
    PAUSE_MS,
    RATE,
    AudioChunk,
    CutRecording,
    cut_at,
)
from todoke.meetings.speech.engines.audio_decoder import NO_AUDIO, Samples, audio_seconds, decoded
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord, Transcription, prompt_of
from todoke.meetings.speech.engines.whisper_weights import INSTALL, MODEL_SHA256, check
from todoke.runtime.refusals import Refused, Unreadable

NEEDED = ("faster_whisper", "ctranslate2", "av", "onnxruntime", "tokenizers")
THREADS = 2
TRIM_THRESHOLD, MMAP_THRESHOLD, MOST_ARENAS = -1, -3, -8
"""Options of mallopt(3)."""
MOST_SAMPLES = 12 * 3_600 * RATE
NOT_INSTALLED = f"文字起こしの部品が入っていません。{INSTALL}"
TOO_LONG = (
    f"録音が長すぎます({MOST_SAMPLES // RATE // 3_600}時間まで)。休憩などで分けて保存し、一つずつ選んでください。"
)
VOICE = {"min_silence_duration_ms": PAUSE_MS}


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
        _give_memory_back()
        self.version, self.model_sha256 = version("faster-whisper"), MODEL_SHA256
        self.broken: list[tuple[int, int]] = []
        self._model: Any = import_module("faster_whisper").WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True
        )

    def segments(
        self, audio: Path, *, terms: Sequence[str], progress: Callable[[float], None]
    ) -> Iterator[SpokenSegment]:
        """Yield what was said, chunk by chunk; ``broken`` gets the spans in samples that could not be decoded.

        Raises Unreadable for what holds no audio.
        """
        prompt = prompt_of(terms) or None
        for after, chunk, is_spoken in chunks_of(audio, self.broken):
            for segment in self._heard(chunk, prompt) if is_spoken else ():
                yield segment.later(after / RATE)
            progress((after + len(chunk)) / RATE)

    def _heard(self, chunk: Samples, prompt: str | None) -> Iterator[SpokenSegment]:
        found, _ = self._model.transcribe(
            chunk.astype(np.float32) / 32_768, language="ja", beam_size=5, temperature=0,
            condition_on_previous_text=False, word_timestamps=True, initial_prompt=prompt,
            vad_filter=True, vad_parameters=VOICE,
        )  # fmt: skip
        for each in found:
            words = tuple(
                SpokenWord(float(w.start), float(w.end), w.word, round(float(w.probability), 4))
                for w in each.words or ()
            )
            if text := each.text.strip():
                sure = round(min(1.0, math.exp(each.avg_logprob)), 4)
                yield SpokenSegment(float(each.start), float(each.end), text, sure, words)


def _give_memory_back() -> None:
    """Return freed memory to the system from 4 MB on, where the C library is glibc, which else keeps what was freed.

    Of a chunk of two minutes that is 55 MB of 450; below 4 MB it costs processor time. One arena for all threads spares
    another 25 MB.
    """
    if set_option := getattr(ctypes.CDLL(None), "mallopt", None):
        set_option(MOST_ARENAS, 1)
        set_option(MMAP_THRESHOLD, 4 << 20)
        set_option(TRIM_THRESHOLD, 16 << 20)


def chunks_of(audio: Path, broken: list[tuple[int, int]]) -> Iterator[tuple[int, Samples, bool]]:
    """Yield a recording in chunks of at most two minutes, cut at pauses: first sample, samples, if somebody speaks.

    Adds each span in samples that cannot be decoded to ``broken``. Raises Unreadable for what holds no audio, is
    broken, or is longer than half a day.
    """
    held: Samples = np.zeros(0, np.int16)
    passed = 0
    for samples in joined(decoded(audio, broken)):
        held = np.concatenate((held, samples))
        while len(held) > LONGEST:
            spans = spoken_spans(held[:LONGEST])
            cut = cut_at(spans, LONGEST)
            yield passed, held[:cut], any(start < cut for start, _ in spans)
            held, passed = held[cut:], passed + cut
        if passed > MOST_SAMPLES:
            raise Unreadable(TOO_LONG)
    if len(held):
        yield passed, held, bool(spoken_spans(held))


def cut_recording(audio: str, folder: str) -> CutRecording:
    """Write the pieces in which somebody speaks into a folder, as sounds of their own, and tell the progress.

    Raises Unreadable.
    """
    told, made, passed = audio_seconds(Path(audio)), list[AudioChunk](), 0
    broken: list[tuple[int, int]] = []
    for start, samples, is_spoken in chunks_of(Path(audio), broken):
        passed = start + len(samples)
        if is_spoken:
            name = f"{len(made) + 1}.wav"
            _write(Path(folder, name), samples)
            made.append(AudioChunk(start * 1000 // RATE, passed * 1000 // RATE, name))
        report_progress(passed // RATE, max(passed // RATE, round(told or 0)))
    if not passed:
        raise Unreadable(NO_AUDIO)
    lost = [AudioChunk(start * 1000 // RATE, end * 1000 // RATE, is_broken=True) for start, end in broken]
    return CutRecording(round(passed / RATE, 2), tuple(sorted([*made, *lost], key=lambda each: each.start_ms)))


def _write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def spoken_spans(samples: Samples) -> list[tuple[int, int]]:
    """Return the spans of speech in samples."""
    voice = import_module("faster_whisper.vad")
    found = voice.get_speech_timestamps(samples.astype(np.float32) / 32_768, voice.VadOptions(**VOICE, speech_pad_ms=0))
    return [(span["start"], span["end"]) for span in found]


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
    broken = tuple((round(start / RATE, 2), round(end / RATE, 2)) for start, end in engine.broken)
    return Transcription(engine.name, engine.version, engine.model_sha256, round(heard, 2), segments, broken)
