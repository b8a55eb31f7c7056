"""Statement formats 明細の形: where each column stands, by heading in tables or by digits in fixed-width files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings

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
REQUIRED_FIELDS = ("day", "reference", "yen")
RECORD_LENGTH = 200
DATA, TRAILER = "2", "8"
REIWA = 2018


class InvalidFormat(Unreadable):
    """A format that cannot be used (列の指定の誤り); the message says which column."""


@dataclass(frozen=True)
class StatementFormat:
    """One file format (列テンプレート): its source, and each column's headings, or digits such as 10-15."""

    name: str
    source: str
    columns: Mapping[str, str]
    type_code: str = ""

    @property
    def is_fixed(self) -> bool:
        return bool(self.type_code)

    def headings(self, field: str) -> list[str]:
        """Return the accepted headings of a column."""
        return [text.strip() for text in self.columns.get(field, "").replace(",", "、").split("、") if text.strip()]

    def column_indexes(self, titles: Sequence[str]) -> dict[str, int]:
        """Return the index of each known column in a heading row."""
        found = {}
        for field in FIELDS:
            place = next((titles.index(title) for title in self.headings(field) if title in titles), None)
            if place is not None:
                found[field] = place
        return found

    def count_matches(self, titles: Sequence[str]) -> int:
        """Return how many columns a heading row has; 0 when a required one is missing."""
        places = self.column_indexes(titles)
        return len(places) if not self.is_fixed and all(field in places for field in REQUIRED_FIELDS) else 0

    def wanted(self) -> Headings:
        """Return the headings to look for in a table."""
        required = tuple(tuple(self.headings(field)) for field in REQUIRED_FIELDS)
        return Headings(required, tuple(name for field in FIELDS for name in self.headings(field)))

    def slice_of(self, field: str) -> slice | None:
        """Return the digits of a column, written 10-15 and counted from one. Raises InvalidFormat."""
        written = self.columns.get(field, "").strip()
        if not written:
            return None
        start, _, end = written.partition("-")
        if not (
            start.isdecimal() and (end or start).isdecimal() and 1 <= int(start) <= int(end or start) <= RECORD_LENGTH
        ):
            raise InvalidFormat(
                f"「{FIELDS[field]}」の桁は「10-15」のように、1から{RECORD_LENGTH}までの数で書いてください。"
            )
        return slice(int(start) - 1, int(end or start))

    def check(self) -> None:
        """Check that the required columns are given in a usable way. Raises InvalidFormat."""
        for field in REQUIRED_FIELDS:
            if not self.columns.get(field, "").strip():
                raise InvalidFormat(f"「{FIELDS[field]}」の列を書いてください。")
        if self.is_fixed:
            for field in FIELDS:
                self.slice_of(field)


TILL = StatementFormat(
    "レジの集計表",
    "till",
    {"day": "業務日、日付、取引日", "reference": "レジ番号、レジ、照合番号", "yen": "金額、現金合計"},
)
AGENT = StatementFormat(
    "決済事業者の利用明細", "agent",
    {"day": "業務日、取引日、利用日、日付", "kind": "区分、種類、取引区分", "reference": "照合番号、取引番号、承認番号",
     "yen": "金額、利用金額", "fee_yen": "手数料、決済手数料", "payout": "入金番号、振込番号",
     "payout_on": "入金予定日、振込予定日"},
)  # fmt: skip
TERMINAL = StatementFormat(
    "カード端末の日計", "agent",
    {"day": "端末取引日", "kind": "処理区分", "reference": "伝票番号", "yen": "取引金額", "fee_yen": "加盟店手数料",
     "payout": "振込番号", "payout_on": "振込予定日"},
)  # fmt: skip
BANK = StatementFormat(
    "銀行の入出金明細(表)", "bank",
    {"day": "業務日、取引日、日付、勘定日", "reference": "照合番号、取引番号、照会番号", "yen": "入金額、入金金額",
     "payout": "入金番号、振込番号、摘要"},
)  # fmt: skip
ZENGIN_MOVES = StatementFormat(
    "全銀 入出金取引明細(200桁)", "bank",
    {"day": "10-15", "reference": "2-9", "yen": "25-36", "payout": "180-199", "direction": "22"}, "03",
)  # fmt: skip
ZENGIN_TRANSFERS = StatementFormat(
    "全銀 振込入金通知(200桁)", "bank", {"day": "8-13", "reference": "2-7", "yen": "20-29", "payout": "129-148"}, "01"
)
DEFAULT_FORMATS = (TILL, AGENT, TERMINAL, BANK, ZENGIN_MOVES, ZENGIN_TRANSFERS)


def records(content: bytes) -> list[str] | None:
    """Return the records of a zengin file, with or without line ends; None for any other file."""
    start = content.removeprefix(b"\xef\xbb\xbf")[:4]
    if start[:1] != b"1" or not start[1:4].isdigit():
        return None
    for encoding in ("cp932", "utf-8-sig"):
        try:
            found = _records(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if found:
            return found
    return None


def _records(text: str) -> list[str] | None:
    flat = text.replace("\r", "").replace("\n", "").replace("\x1a", "")
    if len(flat) < RECORD_LENGTH or len(flat) % RECORD_LENGTH or flat[0] != "1" or not flat[1:4].isdecimal():
        return None
    return [flat[start : start + RECORD_LENGTH] for start in range(0, len(flat), RECORD_LENGTH)]


def fixed_rows(layout: StatementFormat, lines: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the row number and the cells of each data record; money going out is below zero."""
    places = {field: place for field in FIELDS if (place := layout.slice_of(field)) is not None}
    for number, line in enumerate(lines, 1):
        if line[0] != DATA:
            continue
        cells = {field: line[place].strip() for field, place in places.items()}
        if cells.pop("direction", "1") == "2":
            cells["yen"] = f"-{cells['yen']}"
        yield number, cells


def trailer_differs(layout: StatementFormat, lines: Sequence[str], incoming: int, count: int) -> bool:
    """Tell whether the trailer record names another count or sum (yen) of incoming money."""
    trailer = next((line for line in lines if line[0] == TRAILER), "")
    if layout.type_code != "03" or not trailer[1:20].isdecimal():
        return False
    return (int(trailer[1:7]), int(trailer[7:20])) != (count, incoming)


def era_day(text: str, *, today: date) -> date:
    """Parse YYMMDD in years of Reiwa; a day more than a year ahead is read in years of 20YY."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    found = date(REIWA + year, month, day)
    return found if (found - today).days < 366 else date(2000 + year, month, day)
