"""Column difference 列の違い: what changed between the table that was expected and the one that came. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "shift_jis": "Shift_JIS", "euc_jp": "EUC-JP",
    "xlsx": "Excel",
}  # fmt: skip
"""How encodings are called before people."""


def encoding_name(encoding: str) -> str:
    """Return how an encoding is called."""
    return ENCODINGS.get(encoding.lower(), encoding)


@dataclass(frozen=True)
class TableShape:
    """表の形: its columns in their order, its encoding and its sheet; an empty text says nothing about it."""

    columns: tuple[str, ...]
    encoding: str = ""
    sheet: str = ""
    optional: frozenset[str] = frozenset()

    @classmethod
    def of(cls, columns: list[str] | tuple[str, ...], encoding: str = "", sheet: str = "") -> "TableShape":
        """Return the shape of headings as they were read, without blanks around them."""
        return cls(tuple(name.strip() for name in columns), encoding.strip().lower(), sheet.strip())


@dataclass(frozen=True)
class ShapeDifference:
    """形の違い: columns that were renamed, are gone, came new or stand elsewhere, and another encoding or sheet."""

    renamed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    encoding: tuple[str, str] | None = None
    sheet: tuple[str, str] | None = None

    def stops(self, *, by_position: bool) -> bool:
        """Whether a program that expects the old shape must not go on; moved columns stop one that counts them."""
        changed = self.renamed or self.removed or self.added or self.encoding or self.sheet
        return bool(changed or (by_position and self.moved))

    def sentences(self) -> Iterator[str]:
        """Yield what is different, in words."""
        for before, after in self.renamed:
            yield f"列「{before}」がなくなり、「{after}」があります。"
        for name in self.removed:
            yield f"列「{name}」がありません。"
        for name in self.added:
            yield f"知らない列「{name}」があります。"
        if self.moved:
            yield f"列の順序が変わりました({'、'.join(f'「{name}」' for name in self.moved)})。"
        if self.encoding:
            before, after = map(encoding_name, self.encoding)
            yield f"文字コードが{before}から{after}に変わりました。"
        if self.sheet:
            yield f"シート「{self.sheet[0]}」ではなく、「{self.sheet[1]}」です。"


def compare_shapes(expected: TableShape, seen: TableShape) -> ShapeDifference:
    """Return what changed; a column that is gone and one that is new belong together where both stand in one place
    or one name holds the other.
    """
    gone = [name for name in expected.columns if name not in seen.columns]
    new = [name for name in seen.columns if name not in expected.columns]
    new += [name for at, name in enumerate(seen.columns) if name in seen.columns[:at] and name in expected.columns]
    renamed = list[tuple[str, str]]()
    for name in list(gone):
        after = next((other for other in new if _is_renamed(expected, seen, name, other)), None)
        if after is not None:
            renamed.append((name, after))
            gone.remove(name)
            new.remove(after)
    return ShapeDifference(
        tuple(renamed), tuple(name for name in gone if name not in expected.optional), tuple(new),
        _moved(expected, seen), _changed(expected.encoding, seen.encoding), _changed(expected.sheet, seen.sheet),
    )  # fmt: skip


def _is_renamed(expected: TableShape, seen: TableShape, name: str, other: str) -> bool:
    same_place = expected.columns.index(name) == seen.columns.index(other)
    return (same_place and len(expected.columns) == len(seen.columns)) or name in other or other in name


def _moved(expected: TableShape, seen: TableShape) -> tuple[str, ...]:
    before = [name for name in expected.columns if name in seen.columns]
    after = [name for name in dict.fromkeys(seen.columns) if name in expected.columns]
    return tuple(old for old, new in zip_longest(before, after) if old != new and old)


def _changed(before: str, after: str) -> tuple[str, str] | None:
    return (before, after) if before and after and encoding_name(before) != encoding_name(after) else None
