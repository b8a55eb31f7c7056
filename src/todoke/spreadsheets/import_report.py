"""Import report 取込の結果: how many rows were imported, and what was not."""

from collections.abc import Sequence
from dataclasses import dataclass

from todoke.spreadsheets.rows_below import LeftOut, in_words


@dataclass
class ImportReport:
    """取込の結果: rows imported, rows not readable with the reason, and what is no row of the table."""

    taken: int = 0
    unread: list[str] | None = None
    left_out: Sequence[LeftOut] = ()

    def skip(self, line: int, why: str) -> None:
        """Record a row that was not imported."""
        if self.unread is None:
            self.unread = []
        self.unread.append(f"{line}行目: {why}")

    def warnings(self, shown: int = 10) -> list[str]:
        """Return what was not imported as sentences, the first rows of it."""
        unread = [f"読めなかった行があります。{each}" for each in (self.unread or [])[:shown]]
        return [*unread, *in_words(self.left_out)]
