"""Byte ranges 一部の取出し: which part of a file a player asks for, so that it can begin in the middle. Pure."""

import re
from collections.abc import Iterator
from typing import IO

ASKED = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
STEP = 1 << 16


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of the one range that a header asks for; None where it asks for the whole.

    Raises ValueError for a range that the file does not have.
    """
    found = ASKED.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if first >= size or (not found[1] and not int(found[2])):
        raise ValueError(header)
    return (first, last) if first <= last else None


def pieces(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    """Yield the bytes from the first to the last, and close the file."""
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(STEP, left))):
            left -= len(piece)
            yield piece
