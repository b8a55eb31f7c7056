"""Line decoder 行の復号: the text of a line from the frames of a CTC model, of allowed signs alone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt


BLANK = 0
Frames: TypeAlias = "npt.NDArray[np.float32]"


@dataclass(frozen=True)
class Line:
    """行: the text, the smallest confidence of its characters (0 for none), and each with its own."""

    text: str
    lowest: float
    characters: tuple[tuple[str, float], ...]


def mask_of(signs: Sequence[str], is_allowed: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Return which classes of a model may be read; the blank, class 0, always may."""
    return np.array([place == BLANK or is_allowed(sign) for place, sign in enumerate(signs)], dtype=bool)


def decode(
    frames: Frames,
    signs: Sequence[str],
    mask: npt.NDArray[np.bool_] | None = None,
    rare: Mapping[str, tuple[int, float]] | None = None,
) -> Line:
    """Return the line of frames [T, classes] of probabilities: the best allowed class of each, collapsed.

    The confidence of a character is that of its largest frame; nothing is normalised again after masking. ``rare``
    names, by a common sign, the class of its rare variant and the share of the common one's probability from which on
    the variant is read: a model that saw it seldom gives it little even where it stands.
    """
    allowed = frames if mask is None else np.where(mask, frames, 0)
    best = allowed.argmax(axis=1)
    sure = allowed[np.arange(len(best)), best]
    places: list[int] = []
    before = BLANK
    for place, one in enumerate(best.tolist()):
        if one not in (BLANK, before):
            places.append(place)
        elif one != BLANK and sure[place] > sure[places[-1]]:
            places[-1] = place
        before = one
    found = [(_sign(frames[place], int(best[place]), signs, rare or {}), float(sure[place])) for place in places]
    text = "".join(sign for sign, _ in found)
    return Line(text, min((one for _, one in found), default=0.0), tuple(found))


def _sign(frame: Frames, best: int, signs: Sequence[str], rare: Mapping[str, tuple[int, float]]) -> str:
    variant, share = rare.get(signs[best], (BLANK, 1.0))
    is_rare = variant != BLANK and frame[variant] > share * frame[best]
    return signs[variant] if is_rare else signs[best]
