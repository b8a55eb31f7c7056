"""Rows for the lists of bookings."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import bookings
from tests.lists.filling import Filling, Numbers, clerk_alone
from todoke.accounts.models import User
from todoke.bookings.models import Course, Lottery, Registrant
from todoke.japanese.calendar import today
from todoke.office.reception.closure_list import ClosureList
from todoke.office.reception.course_list import CourseList
from todoke.office.reception.lottery_list import LotteryList
from todoke.office.reception.manual_notice_list import ManualNoticeList
from todoke.office.reception.registrant_list import RegistrantList
from todoke.reception import hall_closures
from todoke.reception.models import ManualNotice


def _halls() -> tuple[User, Any]:
    section = cast.department()
    group, clerk = bookings.sports_halls(section), cast.clerk(section)
    chief = cast.staff("原 課長", "hallchief@example.lg.jp", "chief", section)
    return clerk, (group, bookings.rules(group, clerk, chief))


def _lotteries(needed: Any, numbers: Numbers) -> None:
    group, rules = needed
    now = timezone.now()
    Lottery.objects.bulk_create(
        Lottery(
            number=f"C{n:08}", title=f"抽選{n % 4}", group=group, rules=rules, commitment=f"{n:064}",
            sealed_seed="x", source="終値", announced_at=now, closes_at=now + timedelta(days=n % 3),
            draws_at=now + timedelta(days=9),
        )
        for n in numbers
    )  # fmt: skip


def _courses(by: User, numbers: Numbers) -> None:
    section = cast.department()
    for n in numbers:
        span = bookings.frame(20 + n % 3)
        Course.objects.create(
            code=f"course-{n}", title=f"教室{n % 4}", department=section, place=f"公民館{n % 2}", starts_at=span.start,
            ends_at=span.end, capacity=10, taken=n % 3, closes_at=span.start - timedelta(days=1 + n % 2),
        )  # fmt: skip


def _hall() -> tuple[User, Any]:
    section = cast.department()
    unit, clerk = bookings.court(bookings.sports_halls(section)), cast.clerk(section)
    return clerk, (unit, clerk)


def _closures(needed: Any, numbers: Numbers) -> None:
    unit, clerk = needed
    for n in numbers:
        span = bookings.frame(30 + n)
        hall_closures.declare(unit.resource, span, reason=f"点検{n % 3}", seen=0, by=clerk)


def _registrants(needed: Any, numbers: Numbers) -> None:
    Registrant.objects.bulk_create(
        Registrant(
            number=f"R{n:08}", kind="group", name=f"会{n % 4}", origin="resident", phone=f"03-{n:04}",
            verified_on=today(), verified_by="名簿", valid_until=today() + timedelta(days=100 + n % 3),
        )
        for n in numbers
    )  # fmt: skip


def _manual_notices(by: User, numbers: Numbers) -> None:
    section = cast.department()
    for n in numbers:
        made = ManualNotice.objects.create(
            department=section, about=f"bookings.booking/{n}", name=f"会{n % 4}", phone=f"03-{n:04}",
            title=f"予約を中止しました{n % 2}", body="停電のため",
        )  # fmt: skip
        ManualNotice.objects.filter(pk=made.pk).update(written_at=timezone.now() - timedelta(days=n % 3))


BOOKING_FILLINGS = (
    Filling(ClosureList, _hall, _closures, section_only=True, most=20),
    Filling(ManualNoticeList, clerk_alone, _manual_notices, section_only=True),
    Filling(RegistrantList, _hall, _registrants),
    Filling(LotteryList, _halls, _lotteries, section_only=True),
    Filling(CourseList, clerk_alone, _courses, section_only=True),
)
