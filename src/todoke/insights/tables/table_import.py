"""Table import 集計表の取込: an uploaded file as columns with their kinds, packed; read in a limited process."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.japanese.days import parse_cell_date
from todoke.lazy_modules import pl
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.rows_below import in_words
from todoke.spreadsheets.table import read_table

LARGEST = 20 * 2**20
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 200, 8_000_000
LIMITS = ReadLimits(seconds=60, megabytes=1500, result_megabytes=128)
WANTED = (Headings(()),)
TEXT, NUMBER, DAY = "text", "number", "day"
_CODES = ("コード", "番号", "電話", "ID", "id", "No")
_MANY_DAYS = 20_000


@dataclass(frozen=True)
class ImportedColumn:
    """取り込んだ項目: its heading, the kind of its values, and how many are empty."""

    name: str
    kind: str
    empty: int


@dataclass(frozen=True)
class ImportedTable:
    """取り込んだ表: the packed values (parquet), the columns, the number of rows, and what was left out, in words."""

    packed: bytes
    columns: list[ImportedColumn]
    rows: int
    left_out: list[str]


def read_upload(content: bytes) -> ImportedTable:
    """Return the table of a CSV or Excel file. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("20MBを超えています。要る列と行だけの表にして、もう一度選んでください。")
    return read_within(LIMITS, import_table, content)


def import_table(content: bytes) -> ImportedTable:
    """Return the table of a file, in this process. Raises Unreadable."""
    table = read_table(content, WANTED, guess=True, most=MOST_ROWS, cells=MOST_CELLS)
    names = _names(table.heads)
    if not names or not table.rows:
        raise Unreadable("見出しの下に行がありません。1行目を見出しに、2行目からを値にしてください。")
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"列が{len(names)}あります。{MOST_COLUMNS}列までにしてください。")
    values = {name: [row[at].strip() if at < len(row) else "" for _, row in table.rows] for at, name in names.items()}
    series = [_typed(pl.Series(name, column, dtype=pl.String)) for name, column in values.items()]
    frame, packed = pl.DataFrame(series), io.BytesIO()
    frame.write_parquet(packed)
    kinds = [ImportedColumn(one.name, _kind(one), one.null_count()) for one in series]
    return ImportedTable(packed.getvalue(), kinds, frame.height, in_words(table.left_out))


def _names(heads: list[str]) -> dict[int, str]:
    """Return the name of each column that has one; a second of one name gets a number."""
    names: dict[int, str] = {}
    for at, head in enumerate(heads):
        name, n = head.strip()[:100], 2
        while name and name in names.values():
            name, n = f"{head.strip()[:90]}({n})", n + 1
        if name:
            names[at] = name
    return names


def _kind(series: pl.Series) -> str:
    return NUMBER if series.dtype.is_numeric() else DAY if series.dtype == pl.Date else TEXT


def _typed(series: pl.Series) -> pl.Series:
    """Return numbers or days where every value is one; text, with empty cells as missing, otherwise."""
    filled = series.replace("", None)
    if filled.null_count() == filled.len():
        return filled
    known = filled.drop_nulls()
    code = series.name.endswith(_CODES) or bool((known.str.contains(r"^0\d")).any())
    plain = filled.str.replace_all("[,，]", "").str.strip_suffix("%").str.replace("^[△▲−]", "-")
    numbers = plain.cast(pl.Float64, strict=False)
    if not code and numbers.null_count() == filled.null_count():
        return numbers
    days = _days(filled)
    return filled if days is None else days


def _days(filled: pl.Series) -> pl.Series | None:
    """Return the days that all values mean, or None."""
    unique = filled.drop_nulls().unique().to_list()
    if len(unique) > _MANY_DAYS or parse_cell_date(unique[0]) is None:
        return None
    read: dict[str, date] = {}
    for each in unique:
        day = parse_cell_date(each)
        if day is None:
            return None
        read[each] = day
    return filled.replace_strict(read, return_dtype=pl.Date, default=None)
