"""Closing file 締めのファイル: the month of a section for the municipality's own system of pay; minutes, never yen."""

from collections.abc import Iterable, Sequence
from datetime import date

from todoke.spreadsheets.writer import csv_lines
from todoke.workforce.attendance_record import PersonMonth
from todoke.workforce.models import LeaveDay, StaffNumber
from todoke.workforce.overtime import Bucket, DayKind

BUCKETS = tuple(
    Bucket(kind, night, beyond) for kind in DayKind.values for beyond in (False, True) for night in (False, True)
)
"""Every bucket, in the order of the columns."""
TOTAL = "月の計"
ROUNDED = "月の計(端数処理後)"


def closing_csv(months: Sequence[PersonMonth]) -> str:
    """Return the closing file of people who all have a staff number: a line a day, then raw and rounded sums."""
    people = [month.sheet.user_id for month in months]
    numbers = dict(StaffNumber.objects.filter(user__in=people).values_list("user", "number"))
    leave = _leave(months)
    heads = (
        "職員番号",
        "日付",
        "実働(分)",
        "勤務時間(分)",
        "休暇(分)",
        "休暇の種類",
        *(f"{each.label}(分)" for each in BUCKETS),
    )
    lines = (line for month in months for line in _lines(month, numbers[month.sheet.user_id], leave))
    return "".join(csv_lines(heads, lines))


def _leave(months: Sequence[PersonMonth]) -> dict[tuple[int, date], str]:
    rows = LeaveDay.objects.filter(sheet__in=[month.sheet for month in months], status=LeaveDay.Status.APPROVED)
    found: dict[tuple[int, date], str] = {}
    for row in rows.select_related("kind").order_by("on", "begins"):
        before = found.get((row.user_id, row.on))
        found[(row.user_id, row.on)] = f"{before}・{row.kind.code}" if before else row.kind.code
    return found


def _lines(month: PersonMonth, number: str, leave: dict[tuple[int, date], str]) -> Iterable[Sequence[object]]:
    result = month.result
    for day in result.days:
        of_day = result.by_day.get(day.on, {})
        kinds = leave.get((month.sheet.user_id, day.on), "")
        yield number, day.on, day.worked, day.scheduled, day.leave, kinds, *(of_day.get(each, 0) for each in BUCKETS)
    sums = (sum(each.worked for each in result.days), sum(each.scheduled for each in result.days))
    left = (sum(each.leave for each in result.days), "")
    yield number, TOTAL, *sums, *left, *(result.raw.get(each, 0) for each in BUCKETS)
    yield number, ROUNDED, *sums, *left, *(result.rounded.get(each, 0) for each in BUCKETS)
