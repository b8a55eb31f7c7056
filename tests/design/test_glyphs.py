"""Which characters and variants a font can show is read from its own tables; nothing is shown wrongly in silence."""

import struct
from pathlib import Path

import pytest

from todoke.design.glyphs import (
    FontCoverage,
    choose_fonts,
    clusters,
    describe_cluster,
    is_selector,
    read_coverage,
)

FIRST, SECOND = chr(0xE0100), chr(0xE0101)
KATSU = "葛"


def segments(*spans: tuple[int, int]) -> bytes:
    """A character map of format 4, which ends with the span 0xFFFF."""
    spans = (*spans, (0xFFFF, 0xFFFF))
    ends, starts = ([span[place] for span in spans] for place in (1, 0))
    count = len(spans)
    head = struct.pack(">HHHHHHH", 4, 0, 0, 2 * count, 0, 0, 0)
    return head + struct.pack(f">{count}H", *ends) + b"\0\0" + struct.pack(f">{count}H", *starts)


def groups(*spans: tuple[int, int]) -> bytes:
    """A character map of format 12."""
    head = struct.pack(">HHIII", 12, 0, 0, 0, len(spans))
    return head + b"".join(struct.pack(">III", first, last, 1) for first, last in spans)


def variants(selector: int, plain: list[tuple[int, int]], other: list[int]) -> bytes:
    """A map of variants (format 14) with two records: one with both tables, and one with none."""
    start = 10 + 2 * 11
    ranges = struct.pack(">I", len(plain)) + b"".join(first.to_bytes(3) + bytes([more]) for first, more in plain)
    mapped = struct.pack(">I", len(other)) + b"".join(base.to_bytes(3) + b"\0\7" for base in other)
    record = selector.to_bytes(3) + struct.pack(">II", start, start + len(ranges))
    empty = (0xE01EF).to_bytes(3) + struct.pack(">II", 0, 0)
    return struct.pack(">HII", 14, 0, 2) + empty + record + ranges + mapped


def font(folder: Path, *maps: bytes) -> Path:
    """A font file that has a table of another name and the character maps given."""
    cmap = struct.pack(">HH", 0, len(maps))
    offset = 4 + 8 * len(maps)
    for one in maps:
        cmap += struct.pack(">HHI", 3, 10, offset)
        offset += len(one)
    cmap += b"".join(maps)
    start = 12 + 2 * 16
    head = struct.pack(">IHHHH", 0x00010000, 2, 0, 0, 0)
    tables = struct.pack(">4sIII", b"OS/2", 0, 9999, 0) + struct.pack(">4sIII", b"cmap", 0, start, len(cmap))
    path = folder / f"{len(list(folder.iterdir()))}.ttf"
    path.write_bytes(head + tables + cmap)
    return path


def test_both_kinds_of_character_maps_are_read(tmp_path: Path) -> None:
    face = read_coverage(
        font(tmp_path, segments((0x41, 0x43), (0x5B57, 0x5B57)), groups((0x20B9F, 0x20BA0), (0x61, 0x61)))
    )
    assert face.characters == {0x41, 0x42, 0x43, 0x5B57, 0x20B9F, 0x20BA0, 0x61}
    assert face.variants == frozenset()


def test_variants_are_read_whether_they_look_like_the_plain_glyph_or_not(tmp_path: Path) -> None:
    both = variants(0xE0101, [(0x845B, 1), (0x8FBB, 0)], [0x4E00, 0x9AD9])
    face = read_coverage(font(tmp_path, groups((0x845B, 0x845B)), both))
    assert face.variants == {(base, 0xE0101) for base in (0x845B, 0x845C, 0x8FBB, 0x4E00, 0x9AD9)}
    assert face.characters == {0x845B}


def test_a_map_of_an_unknown_kind_is_passed_over(tmp_path: Path) -> None:
    face = read_coverage(font(tmp_path, struct.pack(">HHHH", 6, 0, 0, 0), groups((0x41, 0x41))))
    assert face.characters == {0x41}


@pytest.mark.parametrize(
    ("char", "is_one"),
    [
        ("\ufdff", False),
        ("\ufe00", True),
        ("\ufe0f", True),
        ("\ufe10", False),
        ("\U000e00ff", False),
        ("\U000e0100", True),
        ("\U000e01ef", True),
        ("\U000e01f0", False),
    ],
)
def test_selectors_lie_in_two_ranges(char: str, is_one: bool) -> None:
    assert is_selector(char) is is_one


def test_a_selector_belongs_to_the_character_before_it() -> None:
    assert list(clusters(f"{KATSU}{SECOND}飾区")) == [f"{KATSU}{SECOND}", "飾", "区"]
    assert list(clusters("")) == []


def test_a_second_selector_or_one_at_the_beginning_stands_alone() -> None:
    assert list(clusters(f"{FIRST}{KATSU}{FIRST}{SECOND}")) == [FIRST, f"{KATSU}{FIRST}", SECOND]


def test_a_face_shows_a_variant_only_when_it_has_that_variant() -> None:
    face = FontCoverage(frozenset({ord(KATSU)}), frozenset({(ord(KATSU), ord(SECOND))}))
    assert face.covers(KATSU)
    assert not face.covers("飾")
    assert face.covers(KATSU, SECOND)
    assert not face.covers(KATSU, FIRST)


def test_each_cluster_goes_to_the_first_font_that_has_it() -> None:
    plain, rich = (
        FontCoverage(frozenset(map(ord, "葛飾")), frozenset()),
        FontCoverage(frozenset(map(ord, "葛𠮷")), frozenset({(ord(KATSU), ord(FIRST))})),
    )
    found = choose_fonts([f"葛飾 {KATSU}{FIRST}\n", f"𠮷{KATSU}{SECOND}"], [plain, rich])
    assert found.by_face == {1: (f"{KATSU}{FIRST}", "𠮷")}
    assert found.missing == (f"{KATSU}{SECOND}",)


def test_what_the_first_font_has_needs_no_other() -> None:
    found = choose_fonts(["葛飾"], [FontCoverage(frozenset(map(ord, "葛飾")), frozenset())])
    assert (found.by_face, found.missing) == ({}, ())


def test_a_cluster_is_written_so_that_it_can_be_looked_up() -> None:
    assert describe_cluster(f"{KATSU}{SECOND}") == f"{KATSU}{SECOND}(U+845B U+E0101)"
    assert describe_cluster("A") == "A(U+0041)"
