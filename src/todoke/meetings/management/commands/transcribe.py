"""``./todoke transcribe AUDIO --json``: write down what was said in a recording and print it."""

import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.meetings.chosen_transcriber import transcription
from todoke.meetings.speech.engines.spoken_segments import Transcription
from todoke.meetings.speech.flags import all_flags
from todoke.meetings.speech.time_codes import clock
from todoke.meetings.speech.transcript_files import as_json, as_minutes, as_vtt
from todoke.runtime.refusals import Refused, Unreadable

NO_AUDIO, NO_ENGINE = 2, 3
EMPTY = "このファイルは空です。録音した機器で再生できるか確かめて、もう一度選んでください。"
BROKEN_PART = "録音の{start}から{end}までは壊れていて、聞けませんでした。"
MOST_TERMS = 5_000
TO_DO = "使う部品は TODOKE_TRANSCRIBER で選びます(例: ./todoke extras speech のあとで faster-whisper:)。"


class Command(BaseCommand):
    help = "録音を文字に起こします。終了コードは、音声がないとき 2、文字起こしの部品がないとき 3 です。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("audio", type=Path, help="録音(WAV、MP3、M4A など)")
        parser.add_argument("--json", action="store_true", help="JSON で書き出します")
        parser.add_argument("--terms", type=Path, help="会議の用語(1行に1語、よく出る順)")
        parser.add_argument("--vtt", type=Path, help="字幕(WebVTT)を書くファイル")
        parser.add_argument("--minutes", type=Path, help="会議録の下書き(テキスト)を書くファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        audio, terms = options["audio"], _terms(options["terms"])
        sha256 = _digest(audio)
        try:
            found = transcription(audio, terms, self._progress)
        except Unreadable as refusal:
            raise CommandError(str(refusal), returncode=NO_AUDIO) from refusal
        except Refused as refusal:
            raise CommandError(f"{refusal}{TO_DO}", returncode=NO_ENGINE) from refusal
        for name, written in (("vtt", as_vtt), ("minutes", as_minutes)):
            if path := options[name]:
                _write(path, written(found))
        for start, end in found.broken:
            self.stderr.write(BROKEN_PART.format(start=clock(round(start * 1000)), end=clock(round(end * 1000))))
        self._say(found, sha256, terms, is_json=options["json"])

    def _progress(self, done: int, whole: int) -> bool:
        if done and self.stderr.isatty():
            self.stderr.write(f"\r{done // 60}分{done % 60}秒まで聞きました(全体 {whole // 60}分)", ending="")
        return True

    def _say(self, found: Transcription, sha256: str, terms: list[str], *, is_json: bool) -> None:
        if not is_json:
            for each in found.segments:
                self.stdout.write(f"{each.start:9.2f} {each.end:9.2f} {each.probability:.2f} {each.text}")
            return
        end = round(found.segments[-1].end * 1000) if found.segments else None
        texts = [each.text for each in found.segments]
        flags = all_flags(texts, last_end_ms=end, seconds=found.seconds, terms=terms)
        kinds = [[flag.kind.value for flag in each] for each in flags]
        self.stdout.write(json.dumps(as_json(found, sha256, kinds), ensure_ascii=False, indent=1))


def _digest(audio: Path) -> str:
    """Return the SHA-256 of a recording. Raises CommandError where there is none."""
    try:
        if not audio.stat().st_size:
            raise CommandError(EMPTY, returncode=NO_AUDIO)
        with audio.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CommandError(f"{audio} を開けません({error.strerror})。", returncode=NO_AUDIO) from error


def _terms(path: Path | None) -> list[str]:
    """Return the terms of a file. Raises CommandError for one that is not text."""
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} を用語の一覧(UTF-8 のテキスト)として読めません。") from error
    return [line.strip() for line in lines if line.strip()][:MOST_TERMS]


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises CommandError."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise CommandError(f"{path} に書けません({error.strerror})。") from error
