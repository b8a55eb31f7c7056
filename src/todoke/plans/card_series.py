"""The card series 交付状況: import of the published table of cards issued by municipality, and queries on it.

Source: 総務省「マイナンバーカード交付状況について」, collected as CSV (MIT). A row without a code gets the code of its
municipality if that is unique, otherwise it is reported as unread.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.japanese.calendar import format_date
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import parse_integer
from todoke.plans.forecast import DatedValue, RequiredPace, cards_for, required_pace
from todoke.plans.models import CardCount
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.import_report import ImportReport
from todoke.spreadsheets.table import Table, read_table

SHIPPED = Path(__file__).parent / "data" / "card_series.csv.xz"
CODES = {
    ("東京都", "八丈町"): "134015",
    ("東京都", "八丈島八丈町"): "134015",
    ("東京都", "三宅村"): "133817",
    ("東京都", "三宅島三宅村"): "133817",
}
HEADS = ("都道府県名", "市区町村名", "団体コード", "交付件数基準日", "人口算出基準日", "総数（人口）", "交付枚数")
WANTED = (Headings(tuple((head,) for head in HEADS)),)
LIMITS = ReadLimits(seconds=30, megabytes=600)
MAX_ROWS = 200_000
SOURCE = "総務省「マイナンバーカード交付状況」"


def read_rows(path: Path) -> Table:
    """Return the published table, from a plain or packed (xz) file. Raises OSError, and Unreadable."""
    return read_within(LIMITS, read_table, path.read_bytes(), WANTED, most=MAX_ROWS, cells=MAX_ROWS * 12)


def parse_rows(
    table: Table, result: ImportReport, only: Container[str] = (), prefecture: str = ""
) -> Iterator[CardCount]:
    """Yield rows of some codes or one prefecture; unreadable rows go to ``result``."""
    seen: set[tuple[str, date]] = set()
    for line, row in table.records():
        place, name = row["都道府県名"], row["市区町村名"].replace("\u3000", "")
        code = row["団体コード"].zfill(6) if row["団体コード"].isdigit() else CODES.get((place, name), "")
        if prefecture not in ("", place) or (only and code not in only):
            continue
        day, people_on = parse_cell_date(row["交付件数基準日"]), parse_cell_date(row["人口算出基準日"])
        people, issued = parse_integer(row["総数（人口）"]), parse_integer(row["交付枚数"])
        if not code:
            result.skip(line, f"{place}{name}の団体コードがありません")
        elif day is None or people_on is None or people is None or issued is None:
            result.skip(line, f"{name}の数か日付が読めません")
        elif (code, day) in seen:
            result.skip(line, f"{name} {format_date(day)} は2度あります")
        else:
            seen.add((code, day))
            yield CardCount(
                code=code, prefecture=place, municipality=name, counted_on=day, population_on=people_on,
                population=people, issued=issued,
            )  # fmt: skip


@transaction.atomic
def import_series(path: Path = SHIPPED, only: Iterable[str] | None = None, prefecture: str = "") -> ImportReport:
    """Import the series, all or of some municipalities or one prefecture. Idempotent."""
    table, wanted = read_rows(path), set(only or ())
    result = ImportReport(left_out=table.left_out)
    found = list(parse_rows(table, result, wanted, prefecture))
    CardCount.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["code", "counted_on"],
        update_fields=["prefecture", "municipality", "population_on", "population", "issued"],
        batch_size=2000,
    )
    result.taken = len(found)
    return result


@dataclass(frozen=True)
class CardNeed:
    """必要な枚数: cards to issue per month to reach a rate, with the population and its day."""

    count: CardCount
    target: float
    due: date
    cards: int
    need: RequiredPace

    @property
    def forecast(self) -> float | None:
        """The cards that the present pace leads to, no more than there are residents."""
        return None if self.need.forecast is None else min(self.need.forecast, float(self.count.population))


def card_need(code: str, target: float, due: date, on: date | None = None) -> CardNeed | None:
    """Return the monthly need to reach ``target`` percent by ``due``, from the last day known by ``on``; or None."""
    series = list(CardCount.objects.of(code).filter(**({"counted_on__lte": on} if on else {})))
    if not series:
        return None
    last = series[-1]
    cards = cards_for(target, last.population)
    found = required_pace([DatedValue(each.counted_on, each.issued) for each in series], cards, due)
    return CardNeed(last, target, due, cards, found) if found else None


def neighbours(day: date, prefecture: str) -> list[CardCount]:
    """Return the municipalities of a prefecture on one day, highest rate first."""
    found = CardCount.objects.on(day).filter(prefecture=prefecture)
    return sorted(found, key=lambda each: -each.rate)
