"""Engines that hear recordings: chosen by a setting, checked by hashes and strict rules, and never silently missing."""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from todoke.file_validation.bounded_read import Cancelled
from todoke.meetings.chosen_transcriber import chosen_transcriber, require_transcriber, transcription
from todoke.meetings.speech.engines.audio_chunks import LONGEST, PAUSE, cut_at
from todoke.meetings.speech.engines.command_engine import CommandTranscriber, read_segments
from todoke.meetings.speech.engines.rehearsed_speech import LABEL, prepare
from todoke.meetings.speech.engines.spoken_segments import (
    PROMPT_LETTERS,
    SpokenSegment,
    SpokenWord,
    doubts,
    prompt_of,
)
from todoke.meetings.speech.flags import FlagKind
from todoke.runtime.refusals import Refused, Unreadable

WORD = {"start": 0.0, "end": 0.5, "text": "予算", "probability": 0.9}
PIECE = {"start": 0.0, "end": 1.5, "text": "予算です。", "probability": 0.8, "words": [WORD]}
ANSWER = {"name": "mine", "version": "2", "model_sha256": "a" * 64, "segments": [PIECE]}


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "recording.wav"
    path.write_bytes(b"RIFF....WAVE")
    return path


def program(tmp_path: Path, body: str) -> str:
    """A command that runs a little program of Python."""
    path = tmp_path / "engine.py"
    path.write_text(body)
    return f"{sys.executable} {path}"


def answering(tmp_path: Path, answer: Any) -> str:
    return program(tmp_path, f"print({json.dumps(answer)!r})")


def heard(command: str, recording: Path) -> list[SpokenSegment]:
    return list(CommandTranscriber(command).segments(recording, terms=["桐ペイ"], progress=lambda seconds: None))


# What a page says


def test_without_a_setting_nothing_hears_and_the_page_says_what_to_do(settings: Settings) -> None:
    settings.TRANSCRIBER = "none"
    assert chosen_transcriber().name == ""
    assert "文字起こしのファイルを取り込む" in chosen_transcriber().said


def test_a_rehearsal_says_that_nothing_is_recognised(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"
    assert chosen_transcriber().is_rehearsal
    assert chosen_transcriber().said == LABEL


def test_a_word_that_names_no_engine_is_refused(settings: Settings) -> None:
    settings.TRANSCRIBER = "whisper-9"
    with pytest.raises(Refused, match="whisper-9"):
        chosen_transcriber()


def test_whisper_without_its_extra_says_how_to_get_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TRANSCRIBER = "faster-whisper:"
    monkeypatch.setattr("todoke.meetings.chosen_transcriber.is_installed", lambda: False)
    with pytest.raises(Refused, match="extras speech"):
        require_transcriber()


# Rehearsal


@pytest.mark.django_db
def test_a_prepared_recording_is_heard_as_it_was_prepared(settings: Settings, recording: Path) -> None:
    settings.TRANSCRIBER = "rehearsal"
    said = SpokenSegment(0.0, 2.0, "令和7年4月1日に始めます。", 0.9, (SpokenWord(0.0, 1.0, "令和7年", 0.9),))
    prepare(hashlib.sha256(recording.read_bytes()).hexdigest(), [said])
    found = transcription(recording)
    assert (found.name, found.segments) == ("rehearsal", (said,))


@pytest.mark.django_db
def test_another_recording_says_the_label_alone(settings: Settings, tmp_path: Path) -> None:
    settings.TRANSCRIBER = "rehearsal"
    (tmp_path / "other.wav").write_bytes(b"RIFFother")
    assert [each.text for each in transcription(tmp_path / "other.wav").segments] == [LABEL]


# A program of the municipality


def test_a_program_is_told_the_recording_and_the_terms_and_no_key(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TODOKE_SERVICE_KEY", "hidden")
    body = (
        "import json, os, sys\n"
        f"answer = {ANSWER!r}\n"
        "terms = json.load(sys.stdin)['terms']\n"
        "keys = [name for name in os.environ if name.startswith('TODOKE')]\n"
        "answer['segments'][0]['text'] = f'{sys.argv[-1].endswith(\"recording.wav\")} {terms} {keys}'\n"
        "print(json.dumps(answer))\n"
    )
    assert heard(program(tmp_path, body), recording)[0].text == "True ['桐ペイ'] []"


def test_a_program_names_itself_and_its_model(tmp_path: Path, recording: Path, settings: Settings) -> None:
    settings.TRANSCRIBER = f"command:{answering(tmp_path, ANSWER)}"
    found = transcription(recording)
    assert (found.name, found.version, found.model_sha256) == ("mine", "2", "a" * 64)
    assert found.segments == tuple(read_segments([PIECE]))


WRONG: list[tuple[str, Any]] = [
    ("another key", {**ANSWER, "language": "ja"}),
    ("no segments", {key: value for key, value in ANSWER.items() if key != "segments"}),
    ("a model that is no hash", {**ANSWER, "model_sha256": "base"}),
    ("no name", {**ANSWER, "name": ""}),
    ("a list", [ANSWER]),
    ("a segment without words", {**ANSWER, "segments": [{k: v for k, v in PIECE.items() if k != "words"}]}),
    ("a time as text", {**ANSWER, "segments": [{**PIECE, "start": "0"}]}),
    ("a time as yes", {**ANSWER, "segments": [{**PIECE, "start": False}]}),
    ("an end before its start", {**ANSWER, "segments": [{**PIECE, "start": 2.0}]}),
    ("pieces out of order", {**ANSWER, "segments": [{**PIECE, "start": 1.0, "words": []}, PIECE]}),
    ("a time that is no number", {**ANSWER, "segments": [{**PIECE, "end": float("nan")}]}),
    ("a time without an end", {**ANSWER, "segments": [{**PIECE, "end": float("inf")}]}),
    ("a probability above one", {**ANSWER, "segments": [{**PIECE, "probability": 1.2}]}),
    ("nothing said", {**ANSWER, "segments": [{**PIECE, "text": " "}]}),
    ("a sign that no page can show", {**ANSWER, "segments": [{**PIECE, "text": "予\x00算"}]}),
    ("half of a letter", {**ANSWER, "segments": [{**PIECE, "text": "\ud800"}]}),
    ("a text without an end", {**ANSWER, "segments": [{**PIECE, "text": "予" * 2_001}]}),
    ("a word after its piece", {**ANSWER, "segments": [{**PIECE, "words": [{**WORD, "end": 9.0}]}]}),
]


@pytest.mark.parametrize("answer", [answer for _, answer in WRONG], ids=[name for name, _ in WRONG])
def test_an_answer_that_breaks_a_rule_is_refused_whole(tmp_path: Path, recording: Path, answer: Any) -> None:
    with pytest.raises(Unreadable, match="何も取り込んでいません"):
        heard(answering(tmp_path, answer), recording)


@pytest.mark.parametrize("body", ["print('heard')", "raise SystemExit(7)", "print('[' * 100000)"])
def test_a_program_that_fails_says_so_and_nothing_is_taken(tmp_path: Path, recording: Path, body: str) -> None:
    with pytest.raises(Unreadable, match="何も取り込んでいません"):
        heard(program(tmp_path, body), recording)


def test_a_program_that_does_not_exist_is_named(recording: Path) -> None:
    with pytest.raises(Refused, match="場所と、実行できるか"):
        heard("/nowhere/engine", recording)


@pytest.mark.parametrize("command", ["", "'open"])
def test_a_command_that_is_none_is_refused(command: str) -> None:
    with pytest.raises(Refused, match="TODOKE_TRANSCRIBER"):
        CommandTranscriber(command)


def test_a_program_without_an_end_is_ended_with_what_it_started(tmp_path: Path, recording: Path) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    body = (
        "import os, subprocess, sys, time\n"
        f"held = os.open({str(held)!r}, os.O_WRONLY)\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], pass_fds=[held])\n"
        "os.close(held)\n"
        "time.sleep(600)\n"
    )
    ends = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    engine = CommandTranscriber(program(tmp_path, body), seconds=2)
    with pytest.raises(Unreadable, match="打ち切りました"):
        list(engine.segments(recording, terms=[], progress=lambda seconds: None))
    os.set_blocking(ends, True)
    assert os.read(ends, 1) == b""
    os.close(ends)


def test_whoever_takes_a_transcript_back_need_not_wait_for_the_program(
    tmp_path: Path, recording: Path, settings: Settings
) -> None:
    settings.TRANSCRIBER = f"command:{program(tmp_path, 'import time; time.sleep(600)')}"
    with pytest.raises(Cancelled):
        transcription(recording, watch=lambda done, whole: False)


# What every engine is told, and what makes a person listen


def test_the_first_terms_are_told_until_the_engine_can_take_no_more() -> None:
    said = prompt_of(["桐ペイ", "桐ペイ", " 会計年度 任用職員 ", *[f"用語{number}" for number in range(99)]])
    assert said.startswith("桐ペイ、会計年度 任用職員、用語0、")
    assert len(said) <= PROMPT_LETTERS
    assert prompt_of([]) == ""


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("予算です。", SpokenWord(0, 1, "予算", 0.49), [FlagKind.UNCERTAIN_WORD]),
        ("予算です。", SpokenWord(0, 1, "です。", 0.1), []),
        ("予算です。", SpokenWord(0, 1, "予算", 0.5), []),
        ("はい" * 60, SpokenWord(0, 1, "はい", 0.9), [FlagKind.COMPRESSION]),
    ],
)
def test_a_doubtful_word_or_a_loop_must_be_heard(text: str, word: SpokenWord, found: list[FlagKind]) -> None:
    assert [flag.kind for flag in doubts(SpokenSegment(0, 1, text, 0.9, (word,)))] == found


SPANS: list[tuple[str, list[tuple[int, int]], Callable[[], int]]] = [
    ("silence", [], lambda: LONGEST),
    ("silence at the end", [(0, LONGEST - PAUSE)], lambda: LONGEST),
    ("the last pause", [(0, 1000), (1000 + PAUSE, 90_000), (90_000 + PAUSE, LONGEST)], lambda: 90_000 + PAUSE // 2),
    ("no pause that is long enough", [(0, 1000), (1999, LONGEST)], lambda: LONGEST),
]


@pytest.mark.parametrize(("spans", "place"), [row[1:] for row in SPANS], ids=[row[0] for row in SPANS])
def test_a_long_recording_is_cut_in_a_pause(spans: list[tuple[int, int]], place: Callable[[], int]) -> None:
    assert cut_at(spans, LONGEST) == place()
