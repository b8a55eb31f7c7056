"""CSV export of a day close."""

from collections.abc import Iterator
from datetime import date

from todoke.payments import reconciliation
from todoke.payments.models import Finding
from todoke.spreadsheets.writer import csv_lines

DAY_HEADS = ("区分", "歳入科目・照合番号", "当方(円)", "相手(円)", "対応")


def day_close_lines(day: date) -> Iterator[str]:
    """Yield totals by revenue code and differences of a day as CSV, in yen."""
    return csv_lines(DAY_HEADS, _lines(day))


def _lines(day: date) -> Iterator[list[object]]:
    for code, yen in sorted(reconciliation.revenue_of(day).items()):
        yield ["収納", code, yen, "", ""]
    for finding in Finding.objects.filter(day_close__day=day):
        row = [finding.get_difference_display(), finding.reference, finding.our_yen, finding.their_yen]
        yield [*row, finding.explanation]
