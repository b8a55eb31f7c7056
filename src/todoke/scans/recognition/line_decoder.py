"""Line decoder 行の復号: the text of a line from the frames of a CTC model, of allowed signs alone. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BLANK = 0
Frames = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Line:
    """行: the text, the smallest confidence of its characters (0 for none), and each with its own."""

    text: str
    lowest: float
    characters: tuple[tuple[str, float], ...]


def mask_of(signs: Sequence[str], is_allowed: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Return which classes of a model may be read; the blank, class 0, always may."""
    return np.array([place == BLANK or is_allowed(sign) for place, sign in enumerate(signs)], dtype=bool)


def decode(frames: Frames, signs: Sequence[str], mask: npt.NDArray[np.bool_] | None = None) -> Line:
    """Return the line of frames [T, classes] of probabilities: the best allowed class of each, collapsed.

    The confidence of a character is that of its largest frame; nothing is normalised again after masking.
    """
    allowed = frames if mask is None else np.where(mask, frames, 0)
    best = allowed.argmax(axis=1)
    sure = allowed[np.arange(len(best)), best]
    found: list[tuple[str, float]] = []
    before = BLANK
    for place, one in enumerate(best.tolist()):
        if one not in (BLANK, before):
            found.append((signs[one], float(sure[place])))
        elif one != BLANK:
            found[-1] = (found[-1][0], max(found[-1][1], float(sure[place])))
        before = one
    text = "".join(sign for sign, _ in found)
    return Line(text, min((one for _, one in found), default=0.0), tuple(found))
