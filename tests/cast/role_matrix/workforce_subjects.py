"""What the addresses of attendance are about: the months of the clerk, what waits for the chief, and a close."""

from datetime import time, timedelta

from django.utils import timezone

from tests.cast import workforce as of_work
from tests.cast.role_matrix.world import World
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.workforce.help_bookings import free_slots
from todoke.workforce.models import (
    ClockCorrection,
    HelpSeats,
    HelpSession,
    LeaveDay,
    LeaveKind,
    MonthClose,
    MonthSheet,
    PromotionMember,
    SectionTask,
    StaffCourse,
    TeleworkDay,
    TeleworkRule,
    TeleworkTrial,
)
from todoke.workforce.overtime_limits import month_before

Places = dict[str, dict[str, str]]
WORK_FIELDS: dict[str, dict[str, str]] = {
    "office:clock-event": {"kind": "in", "place": "office", "key": "matrix"},
    "office:orders-addition": {"on": "2030-11-20", "starts": "17:15", "ends": "18:15"},
    "office:leave-addition": {"kind": "annual", "on": "2030-11-20", "begins": "08:30", "hours": "1", "minutes": "0"},
    "office:timesheet-confirmation": {"revision": "0"},
    "office:timesheet-approval": {"revision": "0"},
    "office:attendance-closing": {"department": "101010", "month": "2020-01"},
    "office:telework-addition": {"on": "2030-11-20", "halves": "2", "tasks": "資料"},
    "office:telework-tasks-addition": {"department": "101010", "name": "別の業務", "minutes": "10", "source": "実測"},
    "office:telework-task-barrier": {"kind": "paper", "minutes": "10"},
    "office:courses-registration": {"code": "more", "title": "応用", "purpose": "学ぶ"},
    "office:course-attendance": {"status": "attended"},
    "office:help-sessions-opening": {
        "department": "101010",
        "title": "相談",
        "place": "図書館",
        "seats": "2",
        "minutes": "20",
        "starts_at": "2030-11-20T10:00",
        "ends_at": "2030-11-20T12:00",
    },
    "office:help-session-record": {"topic": "card", "minutes": "10"},
    "office:digital-helpers-registration": {"name": "協力 花子", "appointed_on": "2026-01-01"},
    "board:section-members-handover": {"open_points": "続き"},
    "board:telework-beginning": {
        "code": "next",
        "title": "実証",
        "starts_on": "2030-01-01",
        "ends_on": "2030-02-01",
        "offered_instead": "時差",
    },
    "board:telework-trial-comment": {"kind": "good", "text": "試し"},
    "office:attendance-leave-kind": {"code": "sick", "title": "病気休暇", "source": "規則(例)"},
}
"""What the acts are given."""


def workforce_of(world: World) -> Places:
    """Return the parts of the addresses."""
    clerk, section = world.people["clerk"], world.case.department
    of_work.rules(world.people["personnel"])
    month = of_work.last_month()
    open_sheet = _sheet(world, "open", 0)
    confirmed = _sheet(world, "confirmed", 1)
    day = of_work.office_days(month)[0]
    event = of_work.note(clerk, "in", of_work.at(day, 8, 30), on=day)
    wanted = ClockCorrection.request(day, "in", of_work.at(day, 8), "押し忘れ", event=event, by=clerk)
    order = of_work.ordered(clerk, day, (17, 15), (18, 0))
    leave = LeaveDay.request(LeaveKind.objects.get(code="annual"), day, time(13), 60, by=clerk)
    close = MonthClose.objects.create(
        department=section, month=month_before(month, 5), number=1, people=1, content="x", file_hash="0" * 64,
        closed_by=clerk,
    )  # fmt: skip
    WORK_FIELDS["office:timesheet-explanation"] = {"on": str(day)}
    WORK_FIELDS["office:timesheet-arrangement"] = {"on": str(day), "kind": "holiday"}
    WORK_FIELDS["office:timesheet-correction"] = {"on": str(day), "kind": "out", "at": "17:00"}
    return _others(world) | {
        "office:timesheet": {"token": open_sheet.token},
        "office:timesheet-approval": {"token": confirmed.token},
        "office:timesheet-return": {"token": confirmed.token},
        "office:timesheet-confirmation": {"token": _sheet(world, "open", 2).token},
        "office:correction": {"token": wanted.token},
        "office:order": {"token": order.token},
        "office:leave-": {"token": leave.token},
        "office:attendance-close": {"token": close.token},
    }


def _others(world: World) -> Places:
    """Telework, members, courses and help."""
    clerk, section, keeper = world.people["clerk"], world.case.department, world.people["headquarters"]
    TeleworkRule.establish(
        by=keeper, valid_from=of_work.LONG_AGO, weekly_halves=4, on_site=0, newcomer_months=0, source="要領(例)"
    )
    terms = {"starts_on": today(), "ends_on": today(), "offered_instead": "時差出勤"}
    TeleworkTrial.begin(by=keeper, code="trial", title="実証", **terms)
    days = [TeleworkDay.plan(today() + timedelta(days=7 * n), 2, "資料", by=clerk) for n in (1, 2)]
    TeleworkDay.objects.filter(pk=days[1].pk).update(status="approved", on=today())
    task = SectionTask.describe(section, "証明", 100, "実測", by=clerk)
    member = PromotionMember.nominate(section, clerk, agreed_minutes=60, by=world.people["chief"])
    handover = member.hand_over("続いていること", by=clerk)
    course = StaffCourse.register("basics", "基礎", "学ぶ", by=keeper)
    start = timezone.now() + timedelta(days=9)
    span = Span(start, start + timedelta(hours=1))
    session, taken = (course.announce(span, "研修室", 9, start, by=keeper) for _ in range(2))
    seat = taken.apply(by=clerk)
    help_session = HelpSession.open(section, span, "図書館", by=clerk, seats=HelpSeats(1))
    time_of_help = {"span": free_slots(help_session)[0][0].start.isoformat(), "name": "山田", "phone": "03"}
    WORK_FIELDS["office:help-session-seat"] = {**time_of_help, "channel": "counter"}
    WORK_FIELDS["portal:help-session"] = time_of_help
    WORK_FIELDS["board:section-members-nomination"] = {"person": world.people["chief"].email, "hours": "1"}
    WORK_FIELDS["board:telework-trial-membership"] = {"person": clerk.email, "on": str(today())}
    at = section.code
    return {
        "office:telework-day": {"token": days[0].token},
        "office:telework-day-completion": {"token": days[1].token},
        "office:telework-task": {"token": task.token},
        "office:course": {"token": session.token},
        "office:course-withdrawal": {"token": taken.token},
        "office:course-attendance": {"token": taken.token, "seat": seat.token},
        "office:help-session": {"token": help_session.token},
        "portal:help-session": {"number": help_session.token},
        "board:section-members": {"code": at},
        "board:section-members-handover": {"code": at, "token": member.token},
        "board:section-members-acceptance": {"code": at, "token": handover.token},
        "board:telework-trial": {"code": "trial"},
    }


def _sheet(world: World, status: str, back: int) -> MonthSheet:
    """A month of the clerk, so many months before the last."""
    month = month_before(of_work.last_month(), back)
    return MonthSheet.objects.create(
        user=world.people["clerk"], department=world.case.department, month=month, status=status
    )
