"""Spoken segments 発言片: what an engine heard, with times and probabilities, and the port that every engine has."""

import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from todoke.meetings.speech.flags import Flag, FlagKind

PROMPT_LETTERS = 200
LEAST_PROBABILITY = 0.5
MOST_COMPRESSION = 2.4


@dataclass(frozen=True)
class SpokenWord:
    """聞いた語: a word with its times in seconds and how sure the engine is."""

    start: float
    end: float
    text: str
    probability: float


@dataclass(frozen=True)
class SpokenSegment:
    """聞いた発言片: a piece of speech with its times in seconds, how sure the engine is, and its words."""

    start: float
    end: float
    text: str
    probability: float
    words: tuple[SpokenWord, ...] = ()

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "SpokenSegment":
        """Return a segment of what ``dataclasses.asdict`` made of it."""
        return cls(**{**data, "words": tuple(SpokenWord(**word) for word in data["words"])})

    def later(self, seconds: float) -> "SpokenSegment":
        """Return the segment so many seconds later."""
        words = tuple(replace(w, start=_place(w.start, seconds), end=_place(w.end, seconds)) for w in self.words)
        return replace(self, start=_place(self.start, seconds), end=_place(self.end, seconds), words=words)


def _place(start: float, after: float) -> float:
    return round(start + after, 2)


@dataclass(frozen=True)
class Transcription:
    """文字起こしの結果: which engine heard what in a recording; ``seconds`` is None where nobody told its length.

    ``broken`` are spans in seconds that could not be decoded.
    """

    name: str
    version: str
    model_sha256: str
    seconds: float | None
    segments: tuple[SpokenSegment, ...]
    broken: tuple[tuple[float, float], ...] = ()


class Transcriber(Protocol):
    """文字起こしの部品: the name, version and model of an engine, and what it hears in a recording."""

    name: str
    version: str
    model_sha256: str

    def segments(
        self, audio: Path, *, terms: Sequence[str], progress: Callable[[float], None]
    ) -> Iterator[SpokenSegment]:
        """Yield what was said, in its order. ``terms`` are words of the body; ``progress`` hears seconds.

        Raises Unreadable for what holds no audio.
        """


def prompt_of(terms: Sequence[str]) -> str:
    """Return as many terms as an engine can be told, the first ones first, each once."""
    said = ""
    for term in dict.fromkeys(" ".join(term.split()) for term in terms):
        longer = f"{said}、{term}" if said else term
        if term and len(longer) < PROMPT_LETTERS:
            said = longer
    return f"{said}。" if said else ""


def doubts(segment: SpokenSegment) -> list[Flag]:
    """Return why the engine itself gives cause to hear a piece: an uncertain word, or words that repeat."""
    found = []
    unsure = [w.text.strip() for w in segment.words if w.probability < LEAST_PROBABILITY and _has_letter(w.text)]
    if unsure:
        found.append(Flag(FlagKind.UNCERTAIN_WORD, f"確かでない語({'、'.join(dict.fromkeys(unsure[:3]))})"))
    if compression(segment.text) > MOST_COMPRESSION:
        found.append(Flag(FlagKind.COMPRESSION, "同じ言葉のくり返し"))
    return found


def _has_letter(word: str) -> bool:
    """Whether a word holds more than signs and hiragana, of which particles are made."""
    return any(unicodedata.category(sign)[0] in "LN" and not "ぁ" <= sign <= "ゟ" for sign in word)


def compression(text: str) -> float:
    """Return by how much a text can be packed; what repeats itself can be packed much."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0
