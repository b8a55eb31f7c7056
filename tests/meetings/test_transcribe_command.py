"""``./todoke transcribe``: what an engine heard as JSON, subtitles and lines; without audio or engine it says why."""

import hashlib
import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, Transcription
from todoke.meetings.speech.transcript_files import as_minutes, as_vtt

ANSWER = {
    "name": "mine", "version": "2", "model_sha256": "",
    "segments": [
        {"start": 0.0, "end": 2.5, "text": "予算は30台分の300万円です。", "probability": 0.9,
         "words": [{"start": 0.0, "end": 0.5, "text": "予算", "probability": 0.2}]},
        {"start": 2.5, "end": 4.0, "text": "よろしくお願いします。", "probability": 0.9, "words": []},
    ],
}  # fmt: skip


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "recording.wav"
    path.write_bytes(b"RIFF....WAVE")
    return path


@pytest.fixture
def engine(tmp_path: Path, settings: Settings) -> None:
    """A program that answers what it always answers."""
    path = tmp_path / "engine.py"
    path.write_text(f"print({json.dumps(ANSWER)!r})")
    settings.TRANSCRIBER = f"command:{sys.executable} {path}"


def said(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command("transcribe", *args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("engine")
def test_a_recording_becomes_json_with_its_engine_and_what_must_be_heard(recording: Path) -> None:
    found = json.loads(said(recording, json=True))
    assert found["format"] == "todoke-transcript/1"
    digest = hashlib.sha256(recording.read_bytes()).hexdigest()
    assert found["audio"] == {"sha256": digest, "seconds": None, "broken": []}
    assert found["engine"] == {"name": "mine", "version": "2", "model_sha256": ""}
    first, second = found["segments"]
    assert first.keys() == {"start", "end", "text", "probability", "flags", "words"}
    assert {"number", "money", "uncertain_word"} <= set(first["flags"])
    assert second["flags"] == []
    assert first["words"] == ANSWER["segments"][0]["words"]  # type: ignore[index]  # a literal of mixed values


@pytest.mark.usefixtures("engine")
def test_subtitles_and_lines_are_written_beside(recording: Path, tmp_path: Path) -> None:
    vtt, minutes = tmp_path / "m.vtt", tmp_path / "m.txt"
    shown = said(recording, vtt=vtt, minutes=minutes)
    assert "予算は30台分の300万円です。" in shown
    assert vtt.read_text().startswith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.500\n予算は30台分")
    assert minutes.read_text() == "予算は30台分の300万円です。\nよろしくお願いします。\n"


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("content", [None, b""])
def test_a_recording_that_is_missing_or_empty_ends_with_two(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "none.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=r"開けません|空です") as ended:
        said(path, json=True)
    assert ended.value.returncode == 2


def test_without_an_engine_the_command_ends_with_three_and_says_what_to_do(settings: Settings, recording: Path) -> None:
    settings.TRANSCRIBER = "none"
    with pytest.raises(CommandError, match="extras speech") as ended:
        said(recording, json=True)
    assert ended.value.returncode == 3


def test_a_program_that_cannot_start_is_no_engine(settings: Settings, recording: Path) -> None:
    settings.TRANSCRIBER = "command:/nowhere/engine"
    with pytest.raises(CommandError, match=r"/nowhere|始められません") as ended:
        said(recording, json=True)
    assert ended.value.returncode == 3


@pytest.mark.usefixtures("engine")
def test_terms_that_are_no_text_are_refused(recording: Path, tmp_path: Path) -> None:
    (tmp_path / "terms.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="用語の一覧"):
        said(recording, terms=tmp_path / "terms.txt")


@pytest.mark.usefixtures("engine")
def test_a_place_that_cannot_be_written_is_named(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="書けません"):
        said(recording, vtt=tmp_path / "missing" / "m.vtt")


def test_no_word_can_end_a_cue_or_a_line() -> None:
    found = Transcription("x", "1", "", 3725.5, (SpokenSegment(3600.25, 3725.5, "a --> b\n<c> & d", 1.0),))
    assert as_vtt(found).splitlines()[2:] == ["1", "01:00:00.250 --> 01:02:05.500", "a --&gt; b &lt;c&gt; &amp; d"]
    assert as_minutes(found) == "a --> b <c> & d\n"
