"""Rows for the lists of the work of staff: attendance, telework, members, courses, help."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import workforce
from tests.cast.procedures import procedure
from tests.lists.filling import Filling, Numbers, clerk_alone, secretary_with
from todoke.accounts.models import User
from todoke.board.staff_work.staff_work_lists import SectionMemberList, TrialList
from todoke.japanese.calendar import fiscal_year, today
from todoke.office.attendance.attendance_lists import (
    CorrectionList,
    LeaveList,
    MonthCloseList,
    OrderList,
    TimesheetList,
)
from todoke.office.telework.telework_lists import SectionTaskList, TeleworkDayList
from todoke.office.training.training_lists import DigitalHelperList, HelpSessionList, StaffCourseList
from todoke.organization.models import Department, Post, Tenure
from todoke.workforce.models import (
    ClockCorrection,
    ClockEvent,
    DigitalHelper,
    HelpRecord,
    HelpSession,
    LeaveDay,
    LeaveKind,
    MonthClose,
    MonthSheet,
    OvertimeOrder,
    PromotionMember,
    SectionTask,
    StaffCourse,
    StaffCourseSession,
    TaskBarrier,
    TeleworkDay,
    TeleworkTrial,
    TeleworkTrialMember,
)
from todoke.workforce.overtime_limits import month_before

DAY = date(2026, 4, 1)


@dataclass
class Sheets:
    """The same month of a chief, who looks, and of a clerk, on whom the chief decides."""

    at: workforce.Section
    chief: MonthSheet
    clerk: MonthSheet

    def owners(self, numbers: Numbers) -> list[tuple[int, MonthSheet]]:
        """Return each number once with the month of either."""
        return [(n, sheet) for n in numbers for sheet in (self.chief, self.clerk)]


def _section() -> tuple[User, workforce.Section]:
    at = workforce.section()
    workforce.rules(at.personnel)
    return at.chief, at


def _sheets() -> tuple[User, Sheets]:
    chief, at = _section()
    month = workforce.last_month()
    mine, other = (
        MonthSheet.objects.create(user=user, department=at.department, month=month) for user in (at.chief, at.clerk)
    )
    return chief, Sheets(at, mine, other)


def _timesheets(at: workforce.Section, numbers: Numbers) -> None:
    first, now, elsewhere = workforce.last_month(), timezone.now(), cast.department("税務課", "3010")
    MonthSheet.objects.bulk_create(
        MonthSheet(
            user=user, month=month_before(first, n), status=("open", "confirmed", "approved")[n % 3],
            department=elsewhere if user == at.chief and n % 2 else at.department,
            confirmed_at=now if n % 3 else None, approved_at=now if n % 3 == 2 else None,
            approved_by=at.director if n % 3 == 2 else None,
        )
        for n in numbers
        for user in (at.chief, at.clerk)
    )  # fmt: skip


def _corrections(needed: Sheets, numbers: Numbers) -> None:
    month, now = workforce.last_month(), timezone.now()
    for sheet in (needed.chief, needed.clerk):
        if not ClockEvent.objects.filter(user=sheet.user).exists():
            workforce.note(sheet.user, "in", workforce.at(month, 8, 30), on=month)
    events = {event.user_id: event for event in ClockEvent.objects.filter(kind="in")}
    ClockCorrection.objects.bulk_create(
        ClockCorrection(
            sheet=sheet, user=sheet.user, on=month + timedelta(days=n % 3), kind="out" if n % 4 else "in",
            event=None if n % 4 else events[sheet.user_id], reason=f"押し忘れ{n % 3}",
            wanted_at=workforce.at(month, 17, n % 3) if n % 4 else None, status="requested" if n % 4 else "refused",
            requested_at=now - timedelta(hours=n % 3),
        )
        for n, sheet in needed.owners(numbers)
    )  # fmt: skip


def _orders(needed: Sheets, numbers: Numbers) -> None:
    month = workforce.last_month()
    OvertimeOrder.objects.bulk_create(
        OvertimeOrder(
            sheet=sheet, user=sheet.user, on=month + timedelta(days=n % 3), month=month, reason=f"窓口の延長{n % 4}",
            starts_at=workforce.at(month + timedelta(days=n % 3), 17, 15),
            ends_at=workforce.at(month + timedelta(days=n % 3), 18 + n % 2), requested_by=sheet.user,
            status="ordered" if n % 2 else "requested", decided_by=needed.at.director if n % 2 else None,
            afterwards_reason="急な来庁" if n % 3 else "",
        )
        for n, sheet in needed.owners(numbers)
    )  # fmt: skip


def _leave(needed: Sheets, numbers: Numbers) -> None:
    kinds, month = list(LeaveKind.objects.all()), workforce.last_month()
    LeaveDay.objects.bulk_create(
        LeaveDay(
            sheet=sheet, user=sheet.user, on=month + timedelta(days=n // 2), month=month, kind=kinds[n % len(kinds)],
            begins=time(13) if n % 2 else time(8, 30), minutes=60 * (n % 3 + 1),
            status=("requested", "approved", "refused")[n % 3],
        )
        for n, sheet in needed.owners(numbers)
    )  # fmt: skip


def _personnel() -> tuple[User, User]:
    by = workforce.section().personnel
    return by, by


def _closes(by: User, numbers: Numbers) -> None:
    sections, first = (cast.department(), cast.department("税務課", "3010")), workforce.last_month()
    MonthClose.objects.bulk_create(
        MonthClose(
            department=sections[n % 2], month=month_before(first, n // 2), number=n % 3 + 1, people=n % 4, content="x",
            status="closed" if n % 3 else "reopened", reopen_reason="" if n % 3 else "打刻の訂正のため",
            file_hash="0" * 64, closed_by=by,
        )
        for n in numbers
    )  # fmt: skip


def _telework_days(at: workforce.Section, numbers: Numbers) -> None:
    TeleworkDay.objects.bulk_create(
        TeleworkDay(
            user=user, department=at.department, on=DAY + timedelta(days=n // 2), halves=n % 2 + 1,
            tasks=f"資料{n % 3}", status=("planned", "refused", "approved", "withdrawn")[n % 4],
        )
        for n in numbers
        for user in (at.chief, at.clerk)
    )  # fmt: skip


def _tasks(_: Any, numbers: Numbers) -> None:
    sections, dog = (cast.department(), cast.department("税務課", "3010")), procedure(f"犬の登録{numbers.start}")
    made = SectionTask.objects.bulk_create(
        SectionTask(
            department=sections[n % 2], name=f"業務{n // 2}", minutes=(n % 3 + 1) * 100, source="実測",
            procedure=dog if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip
    TaskBarrier.objects.bulk_create(
        TaskBarrier(task=task, kind=kind, minutes=20)
        for n, task in zip(numbers, made, strict=True)
        for kind in ("counter", "paper")[: n % 3]
    )


def _courses(_: Any, numbers: Numbers) -> None:
    courses = [
        StaffCourse.objects.get_or_create(code=f"c-{n}", defaults={"title": f"研修{n // 2}", "purpose": "学ぶ"})[0]
        for n in range(4)
    ]
    StaffCourseSession.objects.bulk_create(
        StaffCourseSession(
            course=courses[n % 4], starts_at=workforce.at(DAY + timedelta(days=n % 3), 13),
            ends_at=workforce.at(DAY + timedelta(days=n % 3), 15), place=f"研修室{n % 2}", capacity=n % 4 + 1,
            taken=n % 2, closes_at=workforce.at(DAY, 9),
        )
        for n in numbers
    )  # fmt: skip


def _help_sessions(_: Any, numbers: Numbers) -> None:
    made = HelpSession.objects.bulk_create(
        HelpSession(
            department=cast.department(), place=f"図書館{n % 3}", starts_at=workforce.at(DAY + timedelta(n % 3), 10),
            ends_at=workforce.at(DAY + timedelta(n % 3), 12),
        )
        for n in numbers
    )  # fmt: skip
    HelpRecord.objects.bulk_create(
        HelpRecord(session=session, topic="card", minutes=10, is_solved=True)
        for n, session in zip(numbers, made, strict=True)
        for _ in range(n % 3)
    )


def _helpers(_: Any, numbers: Numbers) -> None:
    DigitalHelper.objects.bulk_create(
        DigitalHelper(
            name=f"協力 花子{n % 4}", organisation=f"団体{n % 3}", appointed_on=DAY + timedelta(days=n % 3),
            until=date(2027, 3, 31) if n % 2 else None, consented_on=DAY if n % 3 else None,
            badge_url=f"https://badge.example/{n}" if n % 2 else "",
        )
        for n in numbers
    )  # fmt: skip


def _two_people(_: User) -> list[User]:
    return [cast.staff(f"委員{n}", f"member{n}@example.lg.jp") for n in range(2)]


def _members(people: list[User], numbers: Numbers) -> None:
    sections = Department.objects.bulk_create(Department(code=f"8{n:03}", name=f"部署{n % 4}") for n in numbers)
    posts = Post.objects.bulk_create(
        Post(department=section, title=f"委員{number}", role=Post.Role.CLERK)
        for section in sections
        for number in range(len(people))
    )
    Tenure.objects.bulk_create(
        Tenure(post=post, user=people[place % len(people)], starts_on=cast.LONG_AGO) for place, post in enumerate(posts)
    )
    PromotionMember.objects.bulk_create(
        PromotionMember(
            department=section, user=user, year=fiscal_year(today()), starts_on=cast.LONG_AGO, agreed_minutes=60
        )
        for n, section in zip(numbers, sections, strict=True)
        for user in people[: n % 3]
    )


def _trials(people: list[User], numbers: Numbers) -> None:
    made = TeleworkTrial.objects.bulk_create(
        TeleworkTrial(
            code=f"t-{n:03}", title=f"実証{n % 4}", starts_on=DAY + timedelta(days=n % 3),
            ends_on=DAY + timedelta(days=n % 3 + n % 2), offered_instead="時差出勤",
            next_call=DAY + timedelta(days=90) if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip
    TeleworkTrialMember.objects.bulk_create(
        TeleworkTrialMember(trial=trial, user=user, department=cast.department(), joined_on=DAY)
        for n, trial in zip(numbers, made, strict=True)
        for user in people[: n % 3]
    )


WORKFORCE_FILLINGS = (
    Filling(TimesheetList, _section, _timesheets, section_only=True),
    Filling(CorrectionList, _sheets, _corrections, section_only=True),
    Filling(OrderList, _sheets, _orders, section_only=True),
    Filling(LeaveList, _sheets, _leave, section_only=True, most=50),
    Filling(MonthCloseList, _personnel, _closes, section_only=True),
    Filling(TeleworkDayList, _section, _telework_days, section_only=True),
    Filling(SectionTaskList, secretary_with(lambda by: None), _tasks, section_only=True),
    Filling(StaffCourseList, clerk_alone, _courses),
    Filling(HelpSessionList, clerk_alone, _help_sessions),
    Filling(DigitalHelperList, clerk_alone, _helpers),
    Filling(SectionMemberList, secretary_with(_two_people), _members),
    Filling(TrialList, secretary_with(_two_people), _trials),
)
