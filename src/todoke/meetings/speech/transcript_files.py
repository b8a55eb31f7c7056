"""Transcript files 文字起こしのファイル: a transcription as JSON, as WebVTT, and as lines for minutes. Pure."""

import html
from typing import Any

from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, Transcription, doubts

FORMAT = "todoke-transcript/1"


def as_json(found: Transcription, sha256: str, flags: list[list[str]]) -> dict[str, Any]:
    """Return a transcription as data; ``flags`` are those of each segment beside what its engine doubts."""
    return {
        "format": FORMAT,
        "audio": {"sha256": sha256, "seconds": found.seconds, "broken": found.broken},
        "engine": {"name": found.name, "version": found.version, "model_sha256": found.model_sha256},
        "segments": [_segment(each, more) for each, more in zip(found.segments, flags, strict=True)],
    }


def _segment(each: SpokenSegment, flags: list[str]) -> dict[str, Any]:
    words = [{"start": w.start, "end": w.end, "text": w.text, "probability": w.probability} for w in each.words]
    return {
        "start": each.start, "end": each.end, "text": each.text, "probability": each.probability,
        "flags": [*dict.fromkeys([*flags, *(flag.kind.value for flag in doubts(each))])], "words": words,
    }  # fmt: skip


def as_vtt(found: Transcription) -> str:
    """Return a transcription as WebVTT."""
    cues = [
        f"{number}\n{_clock(each.start)} --> {_clock(each.end)}\n{html.escape(_line(each.text), quote=False)}\n"
        for number, each in enumerate(found.segments, 1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def as_minutes(found: Transcription) -> str:
    """Return what was said as lines, one a piece; nobody is named, since no engine knows who spoke."""
    return "".join(f"{_line(each.text)}\n" for each in found.segments)


def _line(text: str) -> str:
    return " ".join(text.split())


def _clock(seconds: float) -> str:
    whole, part = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}.{part:03}"
