"""Audio chunks 録音の区切り: a long recording cut at pauses, so that memory does not grow with its length. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

RATE = 16_000
"""Samples a second that the engine hears."""
LONGEST_SECONDS = 120
LONGEST = LONGEST_SECONDS * RATE
"""The longest chunk: what one job hears, and the model is given at once; its memory grows with that."""
PAUSE_MS = 500
PAUSE = PAUSE_MS * RATE // 1000
"""The shortest pause at which a recording is cut."""


@dataclass(frozen=True)
class AudioChunk:
    """録音の区切り: its place in milliseconds and the name of the file with its sound ("" where it has none).

    What ``is_broken`` cannot be decoded.
    """

    start_ms: int
    end_ms: int
    file: str = ""
    is_broken: bool = False


@dataclass(frozen=True)
class CutRecording:
    """区切った録音: its length (None where nobody told it) and the chunks in which somebody speaks, in their order.

    Spans that cannot be decoded are among them; they may lie within others.
    """

    seconds: float | None
    chunks: tuple[AudioChunk, ...]


def cut_at(spoken: Sequence[tuple[int, int]], length: int) -> int:
    """Return where to cut ``length`` samples: in the middle of the last pause, at the end where there is none.

    ``spoken`` are the spans of speech in samples, in their order.
    """
    if not spoken or length - spoken[-1][1] >= PAUSE:
        return length
    for before, after in zip(reversed(spoken[:-1]), reversed(spoken[1:]), strict=True):
        if after[0] - before[1] >= PAUSE:
            return (before[1] + after[0]) // 2
    return length


def packed(spans: Sequence[tuple[int, int]], longest_ms: int = LONGEST_SECONDS * 1000) -> list[AudioChunk]:
    """Pack spans of speech in milliseconds into chunks: cut at the last pause before a chunk would be too long."""
    made: list[AudioChunk] = []
    held: list[tuple[int, int]] = []
    for span in spans:
        while held and span[1] - held[0][0] > longest_ms:
            pauses = [n for n in range(1, len(held)) if held[n][0] - held[n - 1][1] >= PAUSE_MS]
            is_pause = span[0] - held[-1][1] >= PAUSE_MS
            cut = len(held) if is_pause or not pauses else pauses[-1]
            made.append(AudioChunk(held[0][0], held[cut - 1][1]))
            held = held[cut:]
        held.append(span)
    return [*made, AudioChunk(held[0][0], held[-1][1])] if held else made
