"""Dictionary codes 辞書符号: a column of texts as the places of its different texts in a dictionary."""

from __future__ import annotations

from todoke.spreadsheets.lazy_polars import pl


def dictionary_codes(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return a column as unsigned codes in order of first appearance, and the texts of the codes."""
    words = text.unique(maintain_order=True)
    return text.cast(pl.Enum(words)).to_physical(), words
