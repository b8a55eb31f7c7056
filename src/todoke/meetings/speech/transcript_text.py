"""Transcript text 文字起こしの取込み: WebVTT, SubRip and plain text as pieces of speech; no line is lost unseen."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from todoke.meetings.minutes.loader import decode
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, SpokenWord
from todoke.meetings.speech.time_codes import milliseconds
from todoke.runtime.refusals import Unreadable

MOST_BYTES = 5 * 1024 * 1024
MOST_PIECES = 10_000
LONGEST_TEXT = 2_000
LONGEST_SPEAKER = 40
SIGNS_OF_BINARY = ("\x00", "\ufffd")
TOO_LARGE = (
    f"文字起こしのファイルが大きすぎます({MOST_BYTES // 1024 // 1024}MBまで)。"
    "いくつかに分けて保存し、もう一度選んでください。"
)
NOT_TEXT = (
    "文字起こしの文章ではないファイルのようです。WebVTT(.vtt)、SubRip(.srt)、テキスト(.txt)のどれかを選んでください。"
)
NOTHING_IN_IT = "文字起こしの文章が見つかりません。ファイルの中身を確かめて、もう一度選んでください。"
TOO_MANY = f"発言が多すぎます({MOST_PIECES:,}件まで)。いくつかに分けて保存し、もう一度選んでください。"

ARROW = "-->"
CUE = re.compile(r"^\s{0,9}([0-9:.,]{4,16})\s{1,9}-->\s{1,9}([0-9:.,]{4,16})(?:\s|$)")
VOICE = re.compile(r"^<v(?:\.[^\s<>]{0,40})?\s{1,3}([^<>]{1,80})>")
TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,80}>|<[0-9:.]{4,16}>")
STAMP = re.compile(
    r"^\s{0,9}(?:[\[(\uff08\u3010]\s{0,3}([0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?)\s{0,3}[\])\uff09\u3011]"
    r"|([0-9]{1,3}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,3})?)(?=\s))\s{0,9}"
)
SPEAKER = re.compile(
    r"^[○◯\u3007●◎]?\s{0,3}([^\s:\uff1a。、「」?!\uff1f\uff010-9][^:\uff1a。、「」?!\uff1f\uff01]{0,39}?)\s{0,3}[:\uff1a]\s{0,9}(?=\S)"
)
LETTER = re.compile(r"\w")
BLOCKS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class SpokenPiece:
    """発言片の元: the words of one piece, its speaker where one is named, and its place where one is written.

    What an engine heard also has how sure it is, and its words with their times.
    """

    text: str
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    probability: float | None = None
    words: tuple[SpokenWord, ...] = ()

    @classmethod
    def of(cls, segment: SpokenSegment) -> "SpokenPiece":
        """Return what an engine heard as a piece."""
        start, end = round(segment.start * 1000), round(segment.end * 1000)
        return cls(segment.text, "", start, end, segment.probability, segment.words)


@dataclass(frozen=True)
class LeftOut:
    """取り込まない行: its number in the file, what stands there, and why it was not taken."""

    line: int
    text: str
    reason: str


@dataclass
class TranscriptText:
    """取り込む文字起こし: its notation, the pieces in their order, and each line that was not taken."""

    notation: str
    pieces: list[SpokenPiece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, line: int, text: str, reason: str) -> None:
        """Note a line that is not taken."""
        self.left_out.append(LeftOut(line, text[:100], reason))

    def take(self, line: int, text: str, speaker: str, start_ms: int | None, end_ms: int | None) -> None:
        """Take the words of one piece, or note why not."""
        if not LETTER.search(text):
            self.leave_out(line, text, "言葉がありません")
        elif len(text) > LONGEST_TEXT:
            self.leave_out(line, text, f"長すぎます({LONGEST_TEXT:,}字まで)")
        else:
            self.pieces.append(SpokenPiece(text, speaker, start_ms, end_ms))


def read_transcript(data: bytes) -> TranscriptText:
    """Return what a file of a transcript says. Raises Unreadable for a file that is none, with what to do."""
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    text = decode(data)
    if sum(text.count(sign) for sign in SIGNS_OF_BINARY) > len(text) // 50:
        raise Unreadable(NOT_TEXT)
    lines = text.replace("\x00", "").lstrip("\ufeff").encode(errors="replace").decode().splitlines()
    is_cued = any(line.startswith("WEBVTT") for line in lines[:1]) or any(CUE.match(line) for line in lines)
    found = _cues(lines) if is_cued else _plain(lines)
    if not found.pieces:
        raise Unreadable(NOTHING_IN_IT)
    if len(found.pieces) > MOST_PIECES:
        raise Unreadable(TOO_MANY)
    return found


def _named(text: str) -> tuple[str, str]:
    """Return the speaker before a colon, "" for none, and the words."""
    found = SPEAKER.match(text)
    return (found[1].strip(), text[found.end() :].strip()) if found else ("", text.strip())


def _blocks(lines: list[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the blocks between blank lines, each line with its number."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []


def _cues(lines: list[str]) -> TranscriptText:
    found = TranscriptText("WebVTT" if lines[0].strip().startswith("WEBVTT") else "SubRip")
    for block in _blocks(lines):
        first = block[0][1].strip()
        if first.startswith("WEBVTT") and block[0][0] == 1:
            block = block[1:]
        elif first.startswith(BLOCKS) and not any(CUE.match(line) for _, line in block):
            for number, line in block:
                found.leave_out(number, line, "注釈です")
            continue
        _cue(block, found)
    return found


def _cue(block: list[tuple[int, str]], found: TranscriptText) -> None:
    """Take the cues of a block; what stands before the first one is its identifier, or is listed."""
    places = [at for at, (_, line) in enumerate(block) if CUE.match(line)]
    for number, line in block[: places[0] if places else None]:
        is_identifier = bool(places) and number == block[places[0]][0] - 1
        if not is_identifier:
            found.leave_out(number, line, "時刻がありません")
    for at, following in zip(places, [*places[1:], len(block)][: len(places)], strict=True):
        _cue_text(block[at][1], block[at + 1 : following], block[at][0], found)


def _cue_text(timing: str, words: list[tuple[int, str]], number: int, found: TranscriptText) -> None:
    match = CUE.match(timing)
    start, end = (milliseconds(match[1]), milliseconds(match[2])) if match else (None, None)
    if start is None or end is None or end < start:
        for line, text in [(number, timing), *words]:
            found.leave_out(line, text, "時刻が正しくありません")
        return
    spoken: list[tuple[int, str, str]] = []
    for line, text in words:
        voice = VOICE.match(text.strip())
        speaker, plain = (html.unescape(voice[1]).strip(), text.strip()[voice.end() :]) if voice else ("", text)
        plain = html.unescape(TAG.sub("", plain)).strip()
        if not voice:
            speaker, plain = _named(plain)
        if spoken and not speaker:
            spoken[-1] = (spoken[-1][0], spoken[-1][1], _joined(spoken[-1][2], plain))
        else:
            spoken.append((line, speaker[:LONGEST_SPEAKER], plain))
    for line, speaker, plain in spoken or [(number, "", "")]:
        found.take(line, plain, speaker, start, end)


def _joined(first: str, second: str) -> str:
    """Return two lines as one, with a blank between Latin letters only."""
    is_latin = first[-1:].isascii() and second[:1].isascii() and first and second
    return f"{first} {second}" if is_latin else first + second


def _plain(lines: list[str]) -> TranscriptText:
    found = TranscriptText("テキスト")
    for number, line in [(n, line) for n, line in enumerate(lines, 1) if line.strip()]:
        stamp = STAMP.match(line)
        start = milliseconds(stamp[1] or stamp[2]) if stamp else None
        speaker, text = _named(line[stamp.end() :] if stamp and start is not None else line)
        found.take(number, text, speaker, start, None)
    ends = [*(piece.start_ms for piece in found.pieces[1:]), None][: len(found.pieces)]
    found.pieces = [
        SpokenPiece(piece.text, piece.speaker, piece.start_ms, end if _follows(piece.start_ms, end) else None)
        for piece, end in zip(found.pieces, ends, strict=True)
    ]
    return found


def _follows(start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and end >= start
