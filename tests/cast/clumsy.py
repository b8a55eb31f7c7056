"""A person who fills in a workbook as people do: full-width digits, pasted dates, wrong choices, and a changed sheet.

Used by a test with a few rows and by the benchmark with forty workbooks. It knows what should become of every cell.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from todoke.rounds.round_questions import HEADS, KEYS

Rows = list[list[Any]]
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
NOTE, FEE, TOTAL, PHONE, IDENTITY, SEEN = (
    "区の補足", "手数料等の納付有無", "区の総件数", "スマートフォンで使えると確かめた日", "申請等における本人確認手法",
    "確認",
)  # fmt: skip
GONE = "処理期間(非オンライン)"
BLUNDERS = ("deleted column", "reordered rows", "second sheet", "doubled row", "missing row")


@dataclass
class Filled:
    """What a person did to a workbook: what should become of each cell (number, field), and of its shape."""

    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    doubled: int = 0
    missing: int = 0
    blunder: str = ""


def fill(content: bytes, path: Path, seed: int, *, often: float = 0.3) -> Filled:
    """Fill in a workbook with the habits of one person (``seed``), save it to ``path``, and say what was done."""
    chance, done = Random(seed), Filled(blunder=BLUNDERS[seed % len(BLUNDERS)])
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    rows = sheets["棚卸"]
    top = next(line for line, row in enumerate(rows) if KEYS[0] in row) + 1
    for row in rows[top:]:
        if chance.random() < often:
            _edit(row, chance, done)
    sheets["棚卸"] = rows[:top] + _reshape(rows[top:], done)
    if done.blunder == "deleted column":
        sheets["棚卸"] = [row[: (at := HEADS.index(GONE))] + row[at + 1 :] for row in sheets["棚卸"]]
    if done.blunder == "second sheet":
        sheets = {"メモ": [["係長へ: 見てください"], ["手続", "メモ"]], **sheets}
    _save(sheets, path)
    return done


def _edit(row: list[Any], chance: Random, done: Filled) -> None:
    number = row[0]
    for header in chance.sample([NOTE, FEE, TOTAL, PHONE, IDENTITY, SEEN], chance.randint(1, 3)):
        before, wrong = row[HEADS.index(header)], chance.random() < 0.15
        value = _wrong(header) if wrong else _right(header, before, chance)
        row[HEADS.index(header)] = value
        done.cells[number, header] = "defect" if wrong else "taken"


def _wrong(header: str) -> str:
    return {TOTAL: "千件くらい", PHONE: "きのう", SEEN: "OK", NOTE: "123456789018"}.get(header, "9 たぶん有り")


def _right(header: str, before: str, chance: Random) -> Any:
    if header == TOTAL:
        return f"{chance.randint(1_000, 99_999):,}件".translate(WIDE)
    if header == PHONE:
        return datetime(2026, 1, 1) + timedelta(days=chance.randint(0, 300))  # noqa: DTZ001 - a cell has no zone
    if header == FEE:
        return "手数料等無し" if before.endswith("有り") else "２ 手数料等有り"
    if header == IDENTITY:
        return "6 本人確認不要" if "3" in before else "３ 署名"
    return "確認済み" if header == SEEN else f"窓口は{chance.randint(1, 9)}階 {chance.randint(1, 10**6)}"


def _reshape(rows: Rows, done: Filled) -> Rows:
    if done.blunder == "reordered rows":
        return rows[::-1]
    if done.blunder == "doubled row" and rows:
        done.doubled = 1
        return [*rows, list(rows[0])]
    if done.blunder == "missing row" and len(rows) > 1:
        done.missing = 1
        for key in [key for key in done.cells if key[0] == rows[-1][0]]:
            del done.cells[key]
        return rows[:-1]
    return rows


def _save(sheets: dict[str, Rows], path: Path) -> None:
    with xlsxwriter.Workbook(path) as out:
        day = out.add_format({"num_format": "yyyy/m/d"})
        for name, rows in sheets.items():
            page = out.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(line, place, cell, day)
                    elif cell != "":
                        page.write(line, place, cell)
