"""The cast of tables: a workbook of visits and one of people, as a section would keep them."""

from datetime import date, timedelta
from typing import Any

from todoke.accounts.models import User
from todoke.insights.models import DataTable
from todoke.insights.tables.chart_question import ChartQuestion
from todoke.japanese.calendar import today
from todoke.spreadsheets.writer import xlsx_file

WORDS = {
    "title": "窓口ごとの待ち時間", "definition": "受付から呼出しまでの分の平均", "denominator": "発券した人",
    "base_day": "2026年4月から9月", "source": "発券機の記録",
}  # fmt: skip


def visits() -> bytes:
    """Visits by day, counter and minutes of waiting; August has none."""
    days = [date(2026, month, day) for month in (4, 5, 6, 7, 9) for day in (1, 10, 20)]
    rows = [
        [day, counter, 10 + n + m, 20, 5 + n] for n, day in enumerate(days) for m, counter in enumerate(("1番", "2番"))
    ]
    return xlsx_file(["来庁日", "窓口", "待ち時間(分)", "人数", "電子申請"], rows)


def people() -> bytes:
    """People by age band and area: 7, 12, 18, 15 and 29 residents, 2, 5, 6, 7 and 7 of elsewhere."""
    counts = {"30歳未満": (7, 2), "30代": (12, 5), "40代": (18, 6), "50代": (15, 7), "60歳以上": (29, 7)}
    rows: list[list[object]] = []
    for band, pair in counts.items():
        for area, n in zip(("区内", "区外"), pair, strict=True):
            rows += [[f"A{len(rows) + k:04}", band, area] for k in range(n)]
    return xlsx_file(["利用者番号", "年代", "住所"], rows)


def upload(by: User, content: bytes | None = None, **more: Any) -> DataTable:
    facts: dict[str, Any] = {
        "title": "窓口の待ち時間", "source": "発券機の記録", "as_of": date(2026, 9, 30),
        "department": by.tenures.get().post.department, "expires_on": today() + timedelta(days=30),
    }  # fmt: skip
    return DataTable.upload(content or visits(), by=by, **(facts | more))


def asked(table: DataTable, **given: str) -> ChartQuestion:
    return ChartQuestion.read(given, table.kinds)
