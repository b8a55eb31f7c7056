"""Command engine 外の部品: a program of the municipality that hears a recording and answers JSON, checked strictly.

The program gets the path of the recording as its last argument and ``{"terms": [...]}`` on its standard input, no key
and no setting of ours, and answers on its standard output::

    {"name": "…", "version": "…", "model_sha256": "64 hex digits or empty",
     "segments": [{"start": 0.0, "end": 1.2, "text": "…", "probability": 0.9, "words": [
        {"start": 0.0, "end": 0.4, "text": "…", "probability": 0.9}]}]}
"""

import json
import math
import os
import re
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from todoke.file_validation.bounded_read import CANCELLED, WATCHED_EVERY, Cancelled
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord
from todoke.runtime.refusals import Refused, Unreadable

SECONDS = 6 * 3_600
MEGABYTES = 64
MOST_SEGMENTS, MOST_WORDS = 20_000, 2_000
LONGEST_TEXT, LONGEST_NAME, LONGEST_SECONDS = 2_000, 80, 7 * 86_400
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SHA256 = re.compile(r"(?:[0-9a-f]{64})?")
ANSWER, SEGMENT = {"name", "version", "model_sha256", "segments"}, {"start", "end", "text", "probability", "words"}
WORD = SEGMENT - {"words"}

NOT_STARTED = "TODOKE_TRANSCRIBER のプログラムを始められません({problem})。場所と、実行できるかを確かめてください。"
FAILED = "文字起こしのプログラムが、終了コード {code} で終わりました。何も取り込んでいません。"
TOO_LONG = "文字起こしのプログラムが{minutes:.0f}分で終わらないので、打ち切りました。何も取り込んでいません。"
TOO_LARGE = f"文字起こしのプログラムの答えが{MEGABYTES}MBを超えました。何も取り込んでいません。"
WRONG = "文字起こしのプログラムの答えが決まりに合いません({place})。何も取り込んでいません。"


class CommandTranscriber:
    """外の部品: name, version and model are those of the last answer. ``watch`` returns False to stop the program.

    Raises Refused for an empty command.
    """

    def __init__(
        self, command: str, *, seconds: float = SECONDS, watch: Callable[[int, int], bool] = lambda done, whole: True
    ) -> None:
        try:
            self._argv = shlex.split(command)
        except ValueError as error:
            raise Refused(NOT_STARTED.format(problem=error)) from error
        if not self._argv:
            raise Refused(NOT_STARTED.format(problem="何も書かれていません"))
        self.name, self.version, self.model_sha256 = Path(self._argv[0]).name[:LONGEST_NAME], "", ""
        self._seconds, self._watch = seconds, watch

    def segments(
        self, audio: Path, *, terms: Sequence[str], progress: Callable[[float], None]
    ) -> Iterator[SpokenSegment]:
        """Yield what the program heard. Raises Refused when it cannot be started, Cancelled, Unreadable otherwise."""
        answer = _object(self._said(audio, terms), ANSWER, "全体")
        name, version = _text(answer["name"], "name", LONGEST_NAME), _text(answer["version"], "version", LONGEST_NAME)
        model = _text(answer["model_sha256"], "model_sha256", 64)
        if not name or not SHA256.fullmatch(model):
            raise Unreadable(WRONG.format(place="name, model_sha256"))
        self.name, self.version, self.model_sha256 = name, version, model
        for each in read_segments(answer["segments"]):
            yield each
            progress(each.end)

    def _said(self, audio: Path, terms: Sequence[str]) -> Any:
        with TemporaryFile() as out, TemporaryFile() as told:
            told.write(json.dumps({"terms": list(terms)}).encode())
            told.seek(0)
            try:
                child = subprocess.Popen(  # noqa: S603 - the program that the municipality named in its settings
                    [*self._argv, str(audio.resolve())], stdin=told, stdout=out, stderr=subprocess.DEVNULL,
                    env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise Refused(NOT_STARTED.format(problem=error.strerror)) from error
            self._wait(child, out)
            out.seek(0)
            try:
                return json.loads(out.read().decode(), parse_constant=_no_constant)
            except (ValueError, RecursionError) as error:
                raise Unreadable(WRONG.format(place="JSON ではありません")) from error

    def _wait(self, child: subprocess.Popen[bytes], out: IO[bytes]) -> None:
        """Wait for the program; whatever it started ends with it. Raises Unreadable, Cancelled."""
        left = self._seconds
        try:
            while True:
                try:
                    code = child.wait(timeout=min(WATCHED_EVERY, max(left, 0.01)))
                    break
                except subprocess.TimeoutExpired:
                    left -= WATCHED_EVERY
                if not self._watch(0, 0):
                    raise Cancelled(CANCELLED)
                if os.fstat(out.fileno()).st_size > MEGABYTES << 20:
                    raise Unreadable(TOO_LARGE)
                if left <= 0:
                    raise Unreadable(TOO_LONG.format(minutes=self._seconds / 60))
        finally:
            _end(child)
        if code:
            raise Unreadable(FAILED.format(code=code))
        if os.fstat(out.fileno()).st_size > MEGABYTES << 20:
            raise Unreadable(TOO_LARGE)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def read_segments(found: Any) -> list[SpokenSegment]:
    """Return the segments of an answer. Raises Unreadable with the place of the first one that breaks a rule."""
    made: list[SpokenSegment] = []
    for number, each in enumerate(_list(found, MOST_SEGMENTS, "segments"), 1):
        place = f"{number}番目の発言片"
        data = _object(each, SEGMENT, place)
        start, end = _span(data, place, made[-1].start if made else 0.0)
        words, before = [], start
        for at, word in enumerate(_list(data["words"], MOST_WORDS, f"{place}の語"), 1):
            held = _object(word, WORD, f"{place}の{at}番目の語")
            first, last = _span(held, f"{place}の{at}番目の語", before)
            if last > end:
                raise Unreadable(WRONG.format(place=f"{place}の{at}番目の語の時刻"))
            before = first
            words.append(SpokenWord(first, last, _text(held["text"], place, LONGEST_TEXT), _share(held, place)))
        text = _text(data["text"], place, LONGEST_TEXT).strip()
        if not text:
            raise Unreadable(WRONG.format(place=f"{place}の言葉"))
        made.append(SpokenSegment(start, end, text, _share(data, place), tuple(words)))
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _object(found: Any, keys: set[str], place: str) -> dict[str, Any]:
    if not isinstance(found, dict) or found.keys() != keys:
        raise Unreadable(WRONG.format(place=f"{place}の項目"))
    return found


def _list(found: Any, most: int, place: str) -> list[Any]:
    if not isinstance(found, list) or len(found) > most:
        raise Unreadable(WRONG.format(place=place))
    return found


def _text(found: Any, place: str, most: int) -> str:
    if not isinstance(found, str) or len(found) > most or CONTROL.search(found):
        raise Unreadable(WRONG.format(place=f"{place}の文字"))
    return found


def _number(found: Any, place: str) -> float:
    if not isinstance(found, int | float) or isinstance(found, bool) or not math.isfinite(found):
        raise Unreadable(WRONG.format(place=f"{place}の数"))
    return float(found)


def _share(data: dict[str, Any], place: str) -> float:
    found = _number(data["probability"], place)
    if not 0 <= found <= 1:
        raise Unreadable(WRONG.format(place=f"{place}の確からしさ"))
    return found


def _span(data: dict[str, Any], place: str, after: float) -> tuple[float, float]:
    start, end = _number(data["start"], place), _number(data["end"], place)
    if not after <= start <= end <= LONGEST_SECONDS:
        raise Unreadable(WRONG.format(place=f"{place}の時刻"))
    return start, end
