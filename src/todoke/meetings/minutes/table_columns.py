"""Table columns 表の列: rows of minutes that are tables, with the head of each cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from todoke.meetings.minutes.loader import Line, flat

OWNERS = re.compile(r"担当|所管|主管|(?:回答|対応|実施)(?:課|者|部署)|責任者|誰が")
DUES = re.compile(r"期限|期日|時期|締切|〆切|いつまで")
ASKED = re.compile(r"質疑|質問|意見|要望|提案|発言|指摘|課題")
ANSWERED = re.compile(r"回答|答弁|対応|結論|結果|方針|措置|決定|決まった")
LONGEST_HEAD = 18


@dataclass(frozen=True)
class TableRow:
    """表の行: the cells of one line under their heads, as (head, cell)."""

    cells: tuple[tuple[str, str], ...]

    def _under(self, pattern: re.Pattern[str]) -> str:
        return next((cell for head, cell in self.cells if pattern.search(head) and cell), "")

    @property
    def owner(self) -> str:
        """The section of the row, or ""."""
        return self._under(OWNERS)

    @property
    def due_words(self) -> str:
        """The words of the row's due date, or ""."""
        return self._under(DUES)

    @property
    def is_exchange(self) -> bool:
        """Whether somebody asks or answers in a column: such a row is said by people and no heading."""
        return any(side_of_head(head) for head, _ in self.cells)

    def head_of(self, text: str) -> str:
        """Return the head of the cell that holds the text, or ""."""
        return next((head for head, cell in self.cells if text and text in cell), "")


def side_of_head(head: str) -> str:
    """Return the side that speaks in a column: ``member`` asks, ``office`` answers, else ""."""
    if OWNERS.search(head):
        return ""
    if ANSWERED.search(head):
        return "office"
    return "member" if ASKED.search(head) else ""


def _is_head(cells: list[str]) -> bool:
    written = [each for each in cells if each]
    return (
        len(cells) >= 3
        and len(written) >= len(cells) - 1
        and all(len(each) <= LONGEST_HEAD and not re.search(r"[。、\d::]", flat(each)) for each in written)
        and any(side_of_head(each) or OWNERS.search(each) for each in written)
    )


def find_table_rows(lines: Iterable[Line]) -> dict[int, TableRow]:
    """Return the rows of tables by line number: lines with tabs below a line of at least three short heads."""
    found: dict[int, TableRow] = {}
    heads: list[str] = []
    for line in lines:
        cells = [each.strip() for each in line.raw.split("\t")]
        if _is_head(cells):
            heads = cells
        elif len(cells) < 2:
            heads = heads if line.is_blank else []
        elif heads and abs(len(cells) - len(heads)) <= 1:
            found[line.number] = TableRow(tuple(zip(heads, cells, strict=False)))
    return found
