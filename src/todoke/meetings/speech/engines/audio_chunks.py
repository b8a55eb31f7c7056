"""Audio chunks 録音の区切り: a long recording cut at pauses, so that memory does not grow with its length. Pure."""

from collections.abc import Sequence

RATE = 16_000
"""Samples a second that the engine hears."""
LONGEST = 120 * RATE
PAUSE = RATE // 2
"""The shortest pause at which a recording is cut."""


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
