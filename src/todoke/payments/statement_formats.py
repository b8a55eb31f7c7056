"""Layouts 明細の形: where the columns of a statement stand, by heading in tables or by digits in fixed-width files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

FIELDS = {
    "day": "業務日",
    "kind": "区分",
    "reference": "照合番号",
    "yen": "金額",
    "fee_yen": "手数料",
    "payout": "入金番号",
    "payout_on": "入金予定日",
    "direction": "入払区分",
}
NEEDED = ("day", "reference", "yen")
RECORD = 200
DATA, TRAILER = "2", "8"
REIWA = 2018


class Mistaken(ValueError):
    """A layout that cannot be used (列の指定の誤り); the message says which column."""


@dataclass(frozen=True)
class Layout:
    """One way to read a file (列テンプレート): the source it is of, and each column's headings or digits."""

    name: str
    source: str
    columns: Mapping[str, str]
    type_code: str = ""

    @property
    def is_fixed(self) -> bool:
        return bool(self.type_code)

    def headings(self, field: str) -> list[str]:
        """Return the headings under which a column may stand."""
        return [text.strip() for text in self.columns.get(field, "").replace(",", "、").split("、") if text.strip()]

    def places(self, titles: Sequence[str]) -> dict[str, int]:
        """Return where each column stands under these titles."""
        found = {}
        for field in FIELDS:
            place = next((titles.index(title) for title in self.headings(field) if title in titles), None)
            if place is not None:
                found[field] = place
        return found

    def fits(self, titles: Sequence[str]) -> int:
        """Return how many columns are there; 0 when a needed one is missing."""
        places = self.places(titles)
        return len(places) if not self.is_fixed and all(field in places for field in NEEDED) else 0

    def digits(self, field: str) -> slice | None:
        """Return the digits of a column, written 10-15 and counted from one. Raises Mistaken."""
        written = self.columns.get(field, "").strip()
        if not written:
            return None
        start, _, end = written.partition("-")
        if not (start.isdecimal() and (end or start).isdecimal() and 1 <= int(start) <= int(end or start) <= RECORD):
            raise Mistaken(f"「{FIELDS[field]}」の桁は「10-15」のように、1から{RECORD}までの数で書いてください。")
        return slice(int(start) - 1, int(end or start))

    def check(self) -> None:
        """Raise Mistaken unless the needed columns are given in a usable way."""
        for field in NEEDED:
            if not self.columns.get(field, "").strip():
                raise Mistaken(f"「{FIELDS[field]}」の列を書いてください。")
        if self.is_fixed:
            for field in FIELDS:
                self.digits(field)


TILL = Layout(
    "レジの集計表",
    "till",
    {"day": "業務日、日付、取引日", "reference": "レジ番号、レジ、照合番号", "yen": "金額、現金合計"},
)
AGENT = Layout(
    "決済事業者の利用明細", "agent",
    {"day": "業務日、取引日、利用日、日付", "kind": "区分、種類、取引区分", "reference": "照合番号、取引番号、承認番号",
     "yen": "金額、利用金額", "fee_yen": "手数料、決済手数料", "payout": "入金番号、振込番号",
     "payout_on": "入金予定日、振込予定日"},
)  # fmt: skip
TERMINAL = Layout(
    "カード端末の日計", "agent",
    {"day": "端末取引日", "kind": "処理区分", "reference": "伝票番号", "yen": "取引金額", "fee_yen": "加盟店手数料",
     "payout": "振込番号", "payout_on": "振込予定日"},
)  # fmt: skip
BANK = Layout(
    "銀行の入出金明細(表)", "bank",
    {"day": "業務日、取引日、日付、勘定日", "reference": "照合番号、取引番号、照会番号", "yen": "入金額、入金金額",
     "payout": "入金番号、振込番号、摘要"},
)  # fmt: skip
ZENGIN_MOVES = Layout(
    "全銀 入出金取引明細(200桁)", "bank",
    {"day": "10-15", "reference": "2-9", "yen": "25-36", "payout": "180-199", "direction": "22"}, "03",
)  # fmt: skip
ZENGIN_TRANSFERS = Layout(
    "全銀 振込入金通知(200桁)", "bank", {"day": "8-13", "reference": "2-7", "yen": "20-29", "payout": "129-148"}, "01"
)
STARTERS = (TILL, AGENT, TERMINAL, BANK, ZENGIN_MOVES, ZENGIN_TRANSFERS)


def records(text: str) -> list[str] | None:
    """Return the records of a zengin file, with or without line ends; None for any other text."""
    flat = text.replace("\r", "").replace("\n", "").replace("\x1a", "")
    if len(flat) < RECORD or len(flat) % RECORD or flat[0] != "1" or not flat[1:4].isdecimal():
        return None
    return [flat[start : start + RECORD] for start in range(0, len(flat), RECORD)]


def fixed_rows(layout: Layout, lines: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the row number and the cells of each data record; money going out is below zero."""
    places = {field: place for field in FIELDS if (place := layout.digits(field)) is not None}
    for number, line in enumerate(lines, 1):
        if line[0] != DATA:
            continue
        cells = {field: line[place].strip() for field, place in places.items()}
        if cells.pop("direction", "1") == "2":
            cells["yen"] = f"-{cells['yen']}"
        yield number, cells


def trailer_differs(layout: Layout, lines: Sequence[str], incoming: int, count: int) -> bool:
    """Tell whether the trailer of an account's movements names another count or sum of money that came in."""
    trailer = next((line for line in lines if line[0] == TRAILER), "")
    if layout.type_code != "03" or not trailer[1:20].isdecimal():
        return False
    return (int(trailer[1:7]), int(trailer[7:20])) != (count, incoming)


def era_day(text: str, *, today: date) -> date:
    """Read YYMMDD as banks write it, in years of Reiwa; a day far ahead was written in years of our Lord."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    found = date(REIWA + year, month, day)
    return found if (found - today).days < 366 else date(2000 + year, month, day)
