"""Text slices 文字列の部分: parts of a long text, of which each different one is cut out only once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt


WORD = 8
"""Bytes that are compared at once, and the shortest slice."""
_MULTIPLIER, _HALF = 0x9E3779B97F4A7C15, 32


class TextSlices:
    """部分: the bytes of a text as numbers, one by one (``letters``) and eight from each place on."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.letters = np.frombuffer(text, np.uint8)
        self._eights = np.ndarray((len(text) - WORD + 1,), "<u8", text, 0, (1,))

    def all_begin(self, starts: npt.NDArray[np.int64], eight: bytes) -> bool:
        """Tell whether the same eight bytes stand at all of these places."""
        return bool((self._eights[starts] == int.from_bytes(eight, "little")).all())

    def coded(
        self, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], code: Callable[[bytes], int]
    ) -> npt.NDArray[np.int32]:
        """Return what ``code`` says of each slice; it is asked once for those that are the same.

        A slice has eight bytes or more. Slices count as the same where a hash of 64 bits of their bytes is the same.
        """
        if not len(starts):
            return np.empty(0, np.int32)
        lengths = ends - starts
        last = ends - WORD
        hashes = lengths.astype(np.uint64)
        multiplier, half = np.uint64(_MULTIPLIER), np.uint64(_HALF)
        for step in range(0, int(lengths.max()), WORD):
            hashes = (hashes ^ self._eights[np.minimum(starts + step, last)]) * multiplier
            hashes ^= hashes >> half
        different, same = np.unique(hashes, return_inverse=True)
        one = np.empty(len(different), np.int64)
        one[same] = np.arange(len(same))
        codes = [code(self.text[start:end]) for start, end in zip(starts[one], ends[one], strict=True)]
        return np.array(codes, np.int32)[same]
