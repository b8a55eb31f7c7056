"""Dictionary codes 辞書符号: a column of texts as the places of its different texts in a dictionary."""

from __future__ import annotations

from todoke.lazy_modules import pl


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
