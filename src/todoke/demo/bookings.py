"""Bookings of the demo ward: visits, a sports hall with rules and groups, a draw, and a class; all invented."""

from datetime import date, time, timedelta

from django.utils import timezone

from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.models import (
    BookableUnit,
    Course,
    CourseFee,
    EnrolmentRequest,
    FacilityGroup,
    Frame,
    Registrant,
    RegistrantDetails,
    Resource,
    ResourcePart,
    Timetable,
    UseRulesDraft,
)
from todoke.bookings.slots import Span
from todoke.demo.people import person
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.payments import collection
from todoke.reception import facility_requests, hall_closures, staff_holds, use_limits
from todoke.reception.course_enrolments import enrol
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.lottery_awards import announce, enter
from todoke.reception.models import AvailabilityPeriod, TicketQueue, VisitPurpose
from todoke.reception.visits import visit_requests
from todoke.reception.visits.visit_requests import VisitRequest
from todoke.reception.visits.visit_slots import days_with_room

SINCE = date(2025, 4, 1)
FRAMES = (("午前", time(9), time(12)), ("午後", time(13), time(17)), ("夜間", time(18), time(21)))
GROUPS = (
    ("sports", "体育施設(架空)", "戸籍住民課", ("中央体育館(架空)", 2, 100)),
    ("sports-north", "北スポーツ室(架空)", "みらいスポーツ財団(架空)", ("北スポーツ室(架空)", 1, 40)),
)
"""The halls of a section, and those that an operator (指定管理者) runs and whose bookings it alone sees."""
PURPOSES = (
    ("nursery-talk", "保育園の相談", "保育課", 30, "母子健康手帳"),
    ("moving", "引っ越しの手続の相談", "戸籍住民課", 20, "本人確認書類"),
)
RULES = {
    "basis": "みらい区体育施設条例(架空)",
    "applications": [{"kind": "", "opens": "2か月前の1日", "closes": "当日"}],
    "payments": [{"kind": "", "days_after": 7}],
    "fees": [
        {"kind": "", "frame": name, "yen": yen, "origin": origin}
        for name, _, _ in FRAMES for origin, yen in (("resident", 1200), ("outside", 1800))
    ],
    "refunds": [{"kind": "", "until": "7日前", "percent": 100}, {"kind": "", "until": "前日", "percent": 50}],
    "penalties": [{"ground": "absent", "reach": "online", "months": 3, "next_month": True, "payment_days": 7}],
    "most_a_month": 8, "most_entries": 3, "resident_weight": 2, "loser_weight": 1, "bundles": True,
}  # fmt: skip
CLUBS = (("羽根の会(架空)", "hanako"), ("みらい卓球クラブ(架空)", "taro"), ("夕焼けダンス(架空)", ""))


def build() -> None:
    """Build visits, halls, a draw that is open, a closure, a limit of use, a class, and people at a counter."""
    _visits()
    _halls()
    _closure()
    _class()
    _queue()


def _visits() -> None:
    for code, title, section, minutes, papers in PURPOSES:
        department = Department.objects.get(name=section)
        purpose = VisitPurpose.objects.create(
            code=code, title=title, department=department, minutes=minutes, papers=papers, modes="desk video phone"
        )
        for weekday in range(5):
            for opens, closes in ((time(9), time(12)), (time(13), time(16))):
                AvailabilityPeriod.objects.create(
                    department=department, weekday=weekday, opens=opens, closes=closes, starts_on=SINCE
                ).purposes.add(purpose)
        for kind, name, count in (("person", "担当者", 2), ("desk", "相談窓口", 2), ("video", "オンラインの席", 1)):
            _parts(f"{code}-{kind}", name, kind, department, count)
    interpreters = Department.objects.get(name="障害福祉課")
    _parts("sign-language", "手話通訳", "interpreter", interpreters, 1, skill="手話")
    first = VisitPurpose.objects.prefetch_related("periods").select_related("department").get(code="nursery-talk")
    for name, (_, spans) in zip(("見本 一郎", "見本 二郎"), days_with_room(first, 2, mode="desk"), strict=False):
        wanted = VisitRequest(first, spans[0], "desk", name, phone="03-0000-0000", channel="phone")
        visit_requests.request(wanted, by=person("hoiku"))


def _parts(code: str, name: str, kind: str, of: Department, count: int, *, skill: str = "") -> None:
    made = Resource.objects.create(code=code, name=name, kind=kind, department=of, skill=skill)
    for number in range(1, count + 1):
        ResourcePart.objects.create(resource=made, code=str(number), name=f"{number}番")


def _halls() -> None:
    clerk, groups = person("clerk"), [_group(code, name, section) for code, name, section, _ in GROUPS]
    units = [_hall(group, number, *row[3]) for number, (group, row) in enumerate(zip(groups, GROUPS, strict=True), 1)]
    clubs = [_club(groups[0], name, key, clerk) for name, key in CLUBS]
    _uses(units, clubs, clerk)
    _draw(groups[0], units[0], clubs, clerk)


def _group(code: str, name: str, section: str) -> FacilityGroup:
    department = Department.objects.get(name=section)
    group = FacilityGroup.objects.create(code=code, name=name, department=department)
    timetable = Timetable.objects.create(group=group, starts_on=SINCE)
    Frame.objects.bulk_create(
        Frame(timetable=timetable, weekday=weekday, name=frame, opens=opens, closes=closes)
        for weekday in range(7) for frame, opens, closes in FRAMES
    )  # fmt: skip
    draft = UseRulesDraft.edit(group, RULES, starts_on=SINCE, by=person("designer"))
    draft.publish(by=person("designer2"))
    return group


def _hall(group: FacilityGroup, number: int, name: str, halves: int, people: int) -> BookableUnit:
    hall = Resource.objects.create(
        code=f"hall-{number}", name=name, kind="court", department=group.department, group=group,
        address="みらい区中央二丁目(架空)",
    )  # fmt: skip
    parts = [ResourcePart.objects.create(resource=hall, code=str(n), name=f"半面{n}") for n in range(1, halves + 1)]
    whole = BookableUnit.objects.create(
        resource=hall, code=f"hall-{number}-all", name="全面", capacity=people, step_free=number == 1
    )
    whole.parts.set(parts)
    for part in parts if halves > 1 else ():
        half = BookableUnit.objects.create(
            resource=hall, code=f"hall-{number}-{part.code}", name=part.name, capacity=people // 2, step_free=True
        )
        half.parts.set([part])
    return whole


def _club(group: FacilityGroup, name: str, key: str, clerk: User) -> Registrant:
    account = person(key) if key else None
    details = RegistrantDetails("group", name, "resident", account, account.email if account else "", "03-0000-0000")
    until = today() + timedelta(days=900)
    return Registrant.register(group, details, verified_by="構成員名簿(架空)", valid_until=until, by=clerk)


def _uses(units: list[BookableUnit], clubs: list[Registrant], clerk: User) -> None:
    for number, (unit, club) in enumerate(zip(units * 2, clubs, strict=False)):
        day = today() + timedelta(days=8 + number)
        frames = Frame.objects.select_related("timetable").filter(weekday=day.weekday(), name="午後")
        frame = frames.get(timetable__group=unit.resource.group_id)
        wanted = FacilityRequest(unit, day, frame, club, "練習", 12, "counter")
        use = facility_requests.request(wanted, by=clerk)
        if number == 0 and use.charge is not None:
            collection.pay_at_counter(use.charge, reference="demo-hall-1", by=Guest())
    day = today() + timedelta(days=15)
    staff_holds.hold(units[0], Span.on(day, time(9), time(12)), label="保守", reason="床の点検(架空)", by=clerk)


def _draw(group: FacilityGroup, unit: BookableUnit, clubs: list[Registrant], clerk: User) -> None:
    day, now = today() + timedelta(days=40), timezone.now()
    items = [(unit, Span.on(day, opens, closes)) for _, opens, closes in FRAMES]
    lottery = announce(
        group, "体育館の抽選(架空)", items, source=f"{today() + timedelta(days=11)}の日経平均株価の終値",
        closes_at=now + timedelta(days=10), draws_at=now + timedelta(days=12), limit=1, by=clerk,
    )  # fmt: skip
    wanted = list(lottery.items.all())
    for number, club in enumerate(clubs):
        enter(lottery, club, wanted[number % 2 : number % 2 + 1], by=clerk)


def _class() -> None:
    section = Department.objects.get(name="戸籍住民課")
    clerk, span = person("clerk"), Span.on(today() + timedelta(days=21), time(10), time(12))
    course = Course.announce(
        section, title="はじめてのスマホ教室(架空)", place="中央公民館(架空)", span=span, capacity=3,
        closes_at=span.start - timedelta(days=3), by=clerk,
    )  # fmt: skip
    for number in range(3):
        wanted = EnrolmentRequest(
            f"見本 {number + 1}", phone="03-0000-0000", channel=("phone", "counter", "paper")[number]
        )
        enrol(course, wanted, by=clerk)
    resident = person("hanako")
    enrol(course, EnrolmentRequest(resident.name, email=resident.email, age_band="from75"), by=resident)
    later, fee = Span.on(today() + timedelta(days=28), time(14), time(16)), CourseFee(500, today() + timedelta(days=20))
    paid = Course.announce(
        section, title="写真の整理の教室(架空)", place="中央公民館(架空)", span=later, capacity=10,
        closes_at=span.start, fee=fee, by=clerk,
    )  # fmt: skip
    enrol(paid, EnrolmentRequest(resident.name, email=resident.email, age_band="from75"), by=resident)


def _closure() -> None:
    """Shut the first hall on a day on which a group without mail booked it, and limit another group's use."""
    clerk, day = person("clerk"), today() + timedelta(days=10)
    hall = Resource.objects.get(code="hall-1")
    span = Span.on(day, time(8), time(22))
    seen = len(hall_closures.affected(hall, span))
    hall_closures.declare(hall, span, reason="停電の工事(架空)", seen=seen, by=clerk)
    club = Registrant.objects.get(name=CLUBS[1][0])
    group = FacilityGroup.objects.get(code="sports")
    use_limits.impose(
        club, group=group, reach="online", starts_on=today() + timedelta(days=1), ends_on=today() + timedelta(days=30),
        ground="無断の不来場が続いたため(架空)", by=person("chief"),
    )  # fmt: skip


def _queue() -> None:
    """A counter that gives numbers at any hour, so that the demo shows people who wait whenever it is built."""
    section = Department.objects.get(name="戸籍住民課")
    queue = TicketQueue.objects.create(
        code="residents", name="住民異動の窓口(架空)", department=section, windows=3, opens=time(0),
        closes=time(23, 59, 59),
    )  # fmt: skip
    for number in range(6):
        queue.issue(channel=("counter", "online")[number % 2], by=Guest())
    queue.call_next(1, by=person("clerk"))
