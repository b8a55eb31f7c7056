"""Glyphs 字形: which characters and which variants (異体字セレクタ) the fonts of letters can show.

Parsed from the fonts' own ``cmap`` tables (OpenType 1.9, formats 4, 12 and 14), because typesetters silently show a
missing variant as the ordinary glyph, and a person's name must never be changed silently.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def is_selector(char: str) -> bool:
    return any(ord(char) in selectors for selectors in SELECTORS)


@dataclass(frozen=True)
class FontCoverage:
    """書体: the characters and the variants of one font file."""

    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]

    def covers(self, base: str, selector: str = "") -> bool:
        if not selector:
            return ord(base) in self.characters
        return (ord(base), ord(selector)) in self.variants


@lru_cache(maxsize=8)
def read_coverage(path: Path) -> FontCoverage:
    """Parse the character map of a font file."""
    data = path.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    (subtables,) = struct.unpack_from(">H", data, start + 2)
    characters: set[int] = set()
    variants: set[tuple[int, int]] = set()
    for number in range(subtables):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * number + 4)
        (kind,) = struct.unpack_from(">H", data, start + offset)
        if kind == 12:
            characters.update(_groups(data, start + offset))
        elif kind == 4:
            characters.update(_segments(data, start + offset))
        elif kind == 14:
            variants.update(_variants(data, start + offset))
    return FontCoverage(frozenset(characters), frozenset(variants))


def _groups(data: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    for first, last, _ in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count]):
        yield from range(first, last + 1)


def _segments(data: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{doubled // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", data, at + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield from range(first, last + 1)


def _variants(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", data, at + 6)
    for number in range(count):
        record = at + 10 + 11 * number
        selector = int.from_bytes(data[record : record + 3])
        plain, other = struct.unpack_from(">II", data, record + 3)
        if plain:
            yield from ((base, selector) for base in _ranges(data, at + plain))
        if other:
            (mappings,) = struct.unpack_from(">I", data, at + other)
            for mapping in range(mappings):
                place = at + other + 4 + 5 * mapping
                yield int.from_bytes(data[place : place + 3]), selector


def _ranges(data: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", data, at)
    for number in range(count):
        place = at + 4 + 4 * number
        first = int.from_bytes(data[place : place + 3])
        yield from range(first, first + data[place + 3] + 1)


def clusters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with the selector that follows it."""
    held = ""
    for char in text:
        if held and is_selector(char) and len(held) == 1:
            held += char
            continue
        if held:
            yield held
        held = char
    if held:
        yield held


@dataclass(frozen=True)
class FontChoice:
    """印字の可否: per font, the clusters that it shows; and the clusters that no font has."""

    by_face: dict[int, tuple[str, ...]]
    missing: tuple[str, ...]


def choose_fonts(texts: Iterable[str], faces: list[FontCoverage]) -> FontChoice:
    """Return the first font that shows each cluster of the texts; line breaks and blanks need none."""
    needed: dict[int, dict[str, None]] = {}
    missing: dict[str, None] = {}
    for cluster in {cluster for text in texts for cluster in clusters(text)}:
        if cluster.isspace():
            continue
        found = next((place for place, face in enumerate(faces) if face.covers(cluster[0], cluster[1:2])), None)
        if found is None:
            missing[cluster] = None
        elif found:
            needed.setdefault(found, {})[cluster] = None
    return FontChoice({place: tuple(sorted(found)) for place, found in needed.items()}, tuple(sorted(missing)))


def describe_cluster(cluster: str) -> str:
    """Return a cluster with its code points: 葛(U+845B U+E0101)."""
    return f"{cluster}({' '.join(f'U+{ord(char):04X}' for char in cluster)})"
