"""Sheets of this face: what people take away as a file is what the page shows."""

import csv
import io
from datetime import date

from todoke.payments import closing
from todoke.payments.models import Finding


def day_sheet(day: date) -> str:
    """Return the day's totals by revenue code and its differences as CSV, in yen."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(["区分", "歳入科目・照合番号", "当方(円)", "相手(円)", "対応"])
    for code, yen in sorted(closing.revenue_of(day).items()):
        writer.writerow(["収納", code, yen, "", ""])
    for finding in Finding.objects.filter(day_close__day=day):
        row = [finding.get_difference_display(), finding.reference, finding.our_yen, finding.their_yen]
        writer.writerow([*row, finding.explanation])
    return text.getvalue()
