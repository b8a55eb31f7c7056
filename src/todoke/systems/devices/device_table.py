"""Device tables 機器の表: the sheet of devices that a municipality has, and the days on which a gateway saw them."""

from contextlib import suppress
from datetime import date
from typing import TypeVar

from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.days import parse_cell_date
from todoke.japanese.periods import UnreadablePeriod, parse_period
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import Table, read_table
from todoke.systems.models.device import DeviceEntry

NUMBER = (
    "資産番号", "管理番号", "備品番号", "端末番号", "機器番号", "PC番号", "パソコン番号", "管理No", "管理No.", "資産No",
    "資産No.", "備品No", "備品No.", "端末No", "端末No.", "機器No", "機器No.",
)  # fmt: skip
MODEL = (
    "機種", "型番", "機種名", "品名", "型式", "製品名", "機器名", "メーカー・型番", "メーカー・型式", "メーカー/型番",
    "メーカー/型式", "メーカー型番", "モデル", "モデル名",
)  # fmt: skip
SERIAL = ("製造番号", "シリアル番号", "シリアル", "シリアルNo", "シリアルNo.", "S/N", "製造No", "製造No.")
ACQUIRED = (
    "取得日", "購入日", "納品日", "配備日", "導入日", "取得年月日", "購入年月日", "納品年月日", "導入年月日",
    "取得年月", "購入年月", "導入年月", "取得年度", "購入年度", "導入年度", "リース開始日",
)  # fmt: skip
POOL, DAY = ("区分", "貸出区分", "配付区分", "配布区分"), ("日付", "接続日", "利用日", "日")
DEVICES = Headings(required=(NUMBER, MODEL), known=(*SERIAL, *ACQUIRED, *POOL))
CONNECTIONS = Headings(required=(NUMBER, DAY))
Row = TypeVar("Row")
MOST, SHOWN = 10_000, 10
LONGEST = {"資産番号": 30, "機種": 100, "製造番号": 60}


def read_devices(content: bytes, acquired_on: date | None = None) -> list[DeviceEntry]:
    """Return the devices of a CSV or Excel file; a row without a day has that of ``acquired_on``.

    A month or a fiscal year is its first day. Raises Unreadable, which names the rows that say too little.
    """
    rows = list[DeviceEntry]()
    wrong = list[str]()
    table = read_bounded(read_table, content, [DEVICES], most=MOST)
    for line, cells in table.records():
        day = _day(_cell(cells, ACQUIRED)) if _cell(cells, ACQUIRED) else acquired_on
        number, model, serial = _cell(cells, NUMBER), _cell(cells, MODEL), _cell(cells, SERIAL)
        texts = {"資産番号": number, "機種": model, "製造番号": serial}
        faults = [label for label in ("資産番号", "機種") if not texts[label]] + ([] if day else ["取得日"])
        faults += [label for label, most in LONGEST.items() if len(texts[label]) > most]
        if faults or day is None:
            wrong.append(f"{line}行目の{'と'.join(faults)}")
        else:
            rows.append(DeviceEntry(number, serial, model, day, _cell(cells, POOL)))
    if any("取得日" in words for words in wrong) and not set(ACQUIRED) & set(table.heads):
        raise Unreadable(
            f"取得日の列が見つかりません(見出しは{'、'.join(head for head in table.heads if head)[:200]})。"
            "下の「取得日」を入れると、表の全部の機器をその日に取得したものとして登録します。"
        )
    return _whole(rows, wrong, table)


def _day(text: str) -> date | None:
    """Return a day as it is written; of a month or a fiscal year the first."""
    if (day := parse_cell_date(text)) is not None:
        return day
    with suppress(UnreadablePeriod):
        return parse_period(text).first
    return None


def read_connections(content: bytes) -> list[tuple[str, date]]:
    """Return asset number and day of each line of a gateway's record. Raises Unreadable, which names the rows."""
    rows = list[tuple[str, date]]()
    wrong = list[str]()
    table = read_bounded(read_table, content, [CONNECTIONS], most=MOST * 10)
    for line, cells in table.records():
        number, day = _cell(cells, NUMBER), parse_cell_date(_cell(cells, DAY))
        if number and day:
            rows.append((number, day))
        else:
            wrong.append(f"{line}行目の{'日付' if number else '資産番号'}")
    return _whole(rows, wrong, table)


def _cell(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def _whole(rows: list[Row], wrong: list[str], table: Table) -> list[Row]:
    if wrong:
        raise Unreadable(
            f"読めない行が{len(wrong)}行あります({'、'.join(wrong[:SHOWN])})。"
            "何も取り込んでいません。直してから、もう一度お試しください。"
        )
    if not rows:
        raise Unreadable(f"表に行がありません(見出しは{'、'.join(table.heads[:SHOWN])})。")
    return rows
