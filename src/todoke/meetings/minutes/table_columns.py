"""Table columns 表の列: rows of minutes that are tables, with the head of each cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from todoke.meetings.minutes.loader import Line, flat

OWNERS = re.compile(r"担当|所管|主管|(?:回答|対応|実施)(?:課|者|部署)|責任者|誰が|だれが")
DUES = re.compile(r"期限|期日|時期|締切|〆切|いつまで")
ASKED = re.compile(r"質疑|質問|意見|要望|提案|発言|指摘|課題")
ANSWERED = re.compile(
    r"やること|改善|これから|今後の(?:対応|予定|取組|方針)|今後$|回答|答弁|対応|結論|結果|方針|措置|決定|決まった|考え|見解"
)
NO_ANSWER = re.compile(r"備考|区分|分類|番号|状況|年月日|資料")
NO_HEAD = re.compile(r"[。、\d::をは]|(?<![誰れ])が")
BAR = re.compile("[|\uff5c]")
RULED = frozenset("|:- ")
"""Signs of the line below the heads of a table that is drawn with bars."""
LONGEST_HEAD = 18
FEWEST_OF_FORM = 3
"""Heads that say who speaks from which lines of head and words are a form."""


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
    def is_form(self) -> bool:
        """Whether the row is a line of a form, its head before it."""
        return len(self.cells) == 1

    @property
    def is_exchange(self) -> bool:
        """Whether somebody asks or answers in a column: such a row is said by people and no heading."""
        return any(side_of_head(head) for head, _ in self.cells)

    def side_under(self, head: str) -> str:
        """Return the side that speaks under a head; what stands behind a question without saying so answers it."""
        heads = [each for each, _ in self.cells]
        behind = head in heads and any(side_of_head(each) == "member" for each in heads[: heads.index(head)])
        is_other = OWNERS.search(head) or DUES.search(head) or NO_ANSWER.search(head)
        return side_of_head(head) or ("office" if behind and not is_other else "")

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


def with_tabs(texts: list[str]) -> list[str]:
    """Return lines whose cells stand between bars (「議題|結論」) with tabs instead, if there are several of them."""
    if sum(bool(BAR.search(each)) for each in texts) < FEWEST_OF_FORM:
        return texts
    return ["" if RULED.issuperset(each) else _with_tabs(each) for each in texts]


def _with_tabs(text: str) -> str:
    cells = [each.strip() for each in BAR.split(text)]
    if len(cells) == 1:
        return text
    return "\t".join(cells[not cells[0] : len(cells) - (not cells[-1])])


def _is_head(cells: list[str]) -> bool:
    written = [each for each in cells if each]
    return (
        len(cells) >= 3
        and len(written) >= len(cells) - 1
        and all(len(each) <= LONGEST_HEAD and not NO_HEAD.search(flat(each)) for each in written)
        and any(side_of_head(each) or OWNERS.search(each) for each in written)
    )


def _form_rows(lines: list[Line]) -> dict[int, TableRow]:
    """Return the lines of a form (head, tab, words), a line without a head under the one above it."""
    found: dict[int, TableRow] = {}
    head, sides = "", 0
    for line in lines:
        cells = [each.strip() for each in line.raw.split("\t")]
        if len(cells) != 2 or len(cells[0]) > LONGEST_HEAD or not cells[1] or "。" in cells[0]:
            head = head if line.is_blank else ""
            continue
        head = cells[0] or head
        sides += bool(cells[0] and side_of_head(head))
        if side_of_head(head):
            found[line.number] = TableRow(((head, cells[1]),))
    return found if sides >= FEWEST_OF_FORM else {}


def find_table_rows(lines: Iterable[Line]) -> dict[int, TableRow]:
    """Return the rows by line number: of forms, and of tables, which have tabs below at least three short heads."""
    found = _form_rows(lines := list(lines))
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
