"""Attendance book 出勤簿: a person's month on paper, with who confirmed and approved it, and without a seal."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from todoke.accounts.actors import Actor, user_of
from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import JAPAN, format_date
from todoke.runtime.refusals import NotAllowed
from todoke.workforce.attendance_record import person_months
from todoke.workforce.models import ClockEvent, MonthSheet
from todoke.workforce.overtime import DayKind
from todoke.workforce.overtime_limits import in_hours

TEMPLATE = Path(__file__).with_name("attendance_book.typ")


class AttendanceBook:
    """出勤簿: of one month."""

    def __init__(self, sheet: MonthSheet) -> None:
        self.sheet = sheet

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed for who does not see the month today."""
        user = user_of(by)
        if user is None or not MonthSheet.objects.visible_to(user).filter(pk=self.sheet.pk).exists():
            raise NotAllowed("この出勤簿を取り出せるのは、本人、所属長、人事担当です。")

    def pdf(self) -> bytes:
        """Return the book. Raises NotYet where no premium rule is registered."""
        return render_office_pdf(TEMPLATE, self._data())

    def _data(self) -> dict[str, Any]:
        sheet, [month] = self.sheet, person_months([self.sheet])
        clock: dict[Any, list[str]] = {}
        for event in ClockEvent.objects.standing().filter(user=sheet.user_id, month=sheet.month):
            at = localtime(event.at, JAPAN)
            clock.setdefault(event.on, []).append(f"{event.get_kind_display()} {at.hour}:{at.minute:02}")
        results = {day.on: day for day in month.result.days}
        rows = []
        for on in (sheet.month + timedelta(days=ahead) for ahead in range((sheet.last_day - sheet.month).days + 1)):
            found, said = results.get(on), month.days.get(on)
            minutes = (found.worked, found.overtime, found.leave) if found else (0, 0, 0)
            rows.append([
                format_date(on)[5:], DayKind(month.facts[on].kinds[0]).label, " ".join(clock.get(on, [])),
                *(in_hours(each) if each else "" for each in minutes), said.gap_reason if said else "",
            ])  # fmt: skip
        return {
            "municipality": municipality().name, "title": f"出勤簿 {sheet.month.year}年{sheet.month.month}月",
            "person": sheet.user.name, "section": sheet.department.name, "status": sheet.get_status_display(),
            "confirmed": _moment(sheet.confirmed_at), "approved": _moment(sheet.approved_at),
            "approver": sheet.approved_by.name if sheet.approved_by else "", "rows": rows,
            "sums": [[bucket.label, in_hours(raw), in_hours(month.result.rounded[bucket])]
                     for bucket, raw in sorted(month.result.raw.items())],
        }  # fmt: skip


def _moment(value: Any) -> str:
    return f"{localtime(value, JAPAN):%Y-%m-%d %H:%M}" if value else ""
