"""Dictionary codes 辞書符号: a column of texts as the places of its different texts in a dictionary."""

from __future__ import annotations

from todoke.lazy_modules import pl


def dictionary_codes(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return a column as unsigned codes in order of first appearance, null where it is, and the texts of the codes."""
    words = text.drop_nulls().unique(maintain_order=True)
    return text.cast(pl.Enum(words)).to_physical(), words


def used_codes(codes: pl.Series, words: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return codes again in order of first appearance, without those of texts that are not used, and the texts."""
    used = codes.unique(maintain_order=True)
    places = pl.zeros(len(words), dtype=pl.UInt32, eager=True)
    places = places.scatter(used, pl.int_range(len(used), dtype=pl.UInt32, eager=True))
    return places.gather(codes), words.gather(used)


class GrowingDictionary:
    """辞書: the different texts of the columns that it was asked for, in order of first appearance."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._type = pl.Enum([])

    def codes(self, text: pl.Series) -> pl.Series:
        """Return a column as unsigned codes; a text keeps its code in the columns that follow."""
        found = text.cast(self._type, strict=False)
        if found.null_count():
            self.words += text.filter(found.is_null()).unique(maintain_order=True).to_list()
            self._type = pl.Enum(self.words)
            found = text.cast(self._type)
        return found.to_physical()
