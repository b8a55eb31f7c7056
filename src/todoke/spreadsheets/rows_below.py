"""Rows below the headings 明細の行: the rows of a table; totals, notes and repeated headings are said apart."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from todoke.spreadsheets.headings import HeadingBlock, heading_key

Row = tuple[int, list[str]]
_TOTAL = re.compile(
    r"(?:総|小|合|累)?計|(?:[^\s()]{1,12}?の?)?(?:合計|小計|総計|累計)(?:件数|金額|額|数)?|(?:grand|sub)?total"
)
_REMARK = re.compile(r"\s{0,20}(?:[※*＊]|[(（]?注[0-9０-９)）:：\s]|(?:備考|出典|資料|凡例)[:：\s])")
TOTAL, NOTE, AGAIN, ABOVE = "合計の行", "表の外の文", "見出しの繰り返し", "見出しより上の行"


@dataclass(frozen=True)
class LeftOut:
    """取り込まなかったもの: a row (0: a whole sheet) that is no row of the table, its text, and what it is."""

    row: int
    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.row}行目「{self.text}」({self.why})" if self.row else f"{self.text}({self.why})"


def in_words(left_out: Sequence[LeftOut], shown: int = 5) -> list[str]:
    """Return a sentence for each kind of what was left out, with the first rows of it."""
    kinds = dict.fromkeys(one.why for one in left_out)
    found = []
    for why in kinds:
        same = [one for one in left_out if one.why == why]
        rest = f"、ほか{len(same) - shown:,}件" if len(same) > shown else ""
        places = "、".join(f"{one.row}行目「{one.text}」" if one.row else one.text for one in same[:shown])
        found.append(f"{why}は取り込んでいません: {places}{rest}")
    return found


def row_text(cells: Iterable[str]) -> str:
    """Return the cells of a row as one short text."""
    return " ".join(" ".join(cells).split())[:60]


def data_rows(rows: Iterable[Row], block: HeadingBlock, left_out: list[LeftOut]) -> Iterator[Row]:
    """Yield the rows that hold data; what else stands there, but blank rows, is added to ``left_out``.

    Where the wanted headings ask for every row, only repeated headings are left out.
    """
    keys = [heading_key(label) for label in block.labels]
    required = block.wanted.columns(block.labels)
    for number, cells in rows:
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if not filled:
            continue
        if why := _why(cells, filled, required, keys, block):
            left_out.append(LeftOut(number, row_text(cells), why))
        else:
            yield number, cells


def _why(cells: list[str], filled: list[int], required: list[int], keys: list[str], block: HeadingBlock) -> str:
    empty = [at for at in required if at not in filled]
    first = filled[0]
    whole = block.wanted.every_row
    if not whole and (len(required) == 1 or empty) and is_total(cells[first]):
        return TOTAL
    if not whole and len(filled) == 1 and _REMARK.match(cells[first]):
        return NOTE
    if not whole and len(filled) == 1 and empty and (len(required) > 1 or first not in required):
        return NOTE
    if len(filled) > 1 and all(
        at < len(keys) and heading_key(block.wanted.named(cells[at]) or cells[at]) == keys[at] for at in filled
    ):
        return AGAIN
    return ""


def is_total(text: str) -> bool:
    """Tell whether a cell says that its row is a sum: 合計, 小計(戸籍住民課), 総件数の合計."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:60])).casefold()
    return bool(_TOTAL.fullmatch(plain.split("(")[0].strip(":：【】〔〕<>-・")))
