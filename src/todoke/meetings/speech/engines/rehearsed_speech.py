"""Rehearsed speech 試演の文字起こし: prepared pieces of invented recordings, for demo and tests; nothing is heard.

The pieces of a recording lie in the storage under its SHA-256. One without says the label alone.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from todoke.meetings.speech.engines.audio_chunks import CutRecording, packed
from todoke.meetings.speech.engines.command_engine import read_segments
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, Transcription

LABEL = "試演の文字起こし(実際の認識ではありません)"
FOLDER = "rehearsed-speech"


def prepare(sha256: str, segments: Sequence[SpokenSegment]) -> None:
    """Keep what is heard in a recording with this SHA-256."""
    default_storage.delete(_path(sha256))
    default_storage.save(_path(sha256), ContentFile(json.dumps([asdict(each) for each in segments]).encode()))


def _path(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}.json"


class RehearsedTranscriber:
    """試演の部品: says what was prepared, and says so."""

    name, version, model_sha256 = "rehearsal", "1", ""

    def segments(
        self, audio: Path, *, terms: Sequence[str], progress: Callable[[float], None]
    ) -> Iterator[SpokenSegment]:
        """Yield the prepared pieces."""
        with audio.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        for each in prepared(digest):
            yield each
            progress(each.end)


def prepared(sha256: str) -> list[SpokenSegment]:
    """Return what was prepared for a recording; the label alone where nothing was."""
    if not default_storage.exists(_path(sha256)):
        return [SpokenSegment(0.0, 1.0, LABEL, 0.0)]
    with default_storage.open(_path(sha256)) as kept:
        return read_segments(json.load(kept))


def rehearsed_cut(sha256: str) -> CutRecording:
    """Return the chunks of what was prepared for a recording."""
    spans = [(round(each.start * 1000), round(each.end * 1000)) for each in prepared(sha256)]
    return CutRecording(None, tuple(packed(spans)))


def rehearsed_between(sha256: str, start_ms: int, end_ms: int) -> Transcription:
    """Return what was prepared for a chunk of a recording, with places in the whole of it."""
    found = tuple(
        each for each in prepared(sha256) if start_ms <= round(each.start * 1000) <= round(each.end * 1000) <= end_ms
    )
    of = RehearsedTranscriber
    return Transcription(of.name, of.version, of.model_sha256, None, found)
