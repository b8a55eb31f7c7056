"""Input file 入力のファイル: the shape of a table as an automation finds it, read without its rows."""

from pathlib import Path

from todoke.spreadsheets.column_difference import TableShape
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.reader import open_sheet
from todoke.systems.models.automation import Automation


def read_shape(path: Path, automation: Automation) -> TableShape:
    """Return columns and encoding of a CSV or Excel file, its headings looked for by those known. Raises Unreadable."""
    known = automation.shape.shape.columns if automation.shape else ()
    sheet = open_sheet(path, [Headings(required=(), known=known)], guess=True)
    return TableShape.of(sheet.headers, sheet.encoding)
