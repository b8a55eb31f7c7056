"""Attendance, telework, members and help of the demo ward: example rules and one section's work; all invented."""

from datetime import date, datetime, time, timedelta

from todoke.accounts.models import User
from todoke.bookings.slots import Span
from todoke.demo.people import person
from todoke.japanese.calendar import JAPAN, today
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.workforce import help_bookings
from todoke.workforce.attendance_record import calendar_kind
from todoke.workforce.help_bookings import HelpRequest, free_slots
from todoke.workforce.models import (
    ClockCorrection,
    ClockEvent,
    DigitalHelper,
    HelpSeats,
    HelpSession,
    LeaveDay,
    LeaveKind,
    MonthSheet,
    OvertimeLimitRule,
    OvertimeOrder,
    OvertimePremiumRule,
    PromotionMember,
    SectionTask,
    StaffCourse,
    StaffNumber,
    TeleworkComment,
    TeleworkDay,
    TeleworkRule,
    TeleworkTrial,
    WorkDay,
    WorkPattern,
)
from todoke.workforce.month_seals import confirm_month
from todoke.workforce.overtime import DayKind
from todoke.workforce.overtime_limits import LimitKind, LimitScope, LimitTerms, month_before
from todoke.workforce.overtime_orders import give_order
from todoke.workforce.section_members import section_of

SOURCE = "見本の定め(架空)。自治体の条例・規則・協定で置き換えます"
SINCE = date(2025, 4, 1)
LIMITS = (
    LimitTerms(LimitKind.MONTH, LimitScope.ORDINARY, 45 * 60, with_holidays=False),
    LimitTerms(LimitKind.YEAR, LimitScope.ORDINARY, 360 * 60, with_holidays=False),
    LimitTerms(LimitKind.MONTH, LimitScope.SPECIAL, 100 * 60, with_holidays=True, below=True),
    LimitTerms(LimitKind.YEAR, LimitScope.SPECIAL, 720 * 60, with_holidays=False),
    LimitTerms(LimitKind.MEAN, LimitScope.ALWAYS, 80 * 60, with_holidays=True),
    LimitTerms(LimitKind.MONTHS_ABOVE, LimitScope.SPECIAL, 6, with_holidays=False, base=45 * 60),
)
TASKS = (
    ("3001", "証明書の交付", 9600, (("counter", 6000, "オンラインと郵送"), ("paper", 1200, "電子の台帳"))),
    ("3001", "照会への回答", 2400, (("paper", 600, "電子決裁"), ("my_number", 300, "専用の部屋"))),
    ("1002", "会議の資料", 3600, (("paper", 400, "画面での会議"),)),
)
"""Department, task, minutes a month, and what keeps them in the office."""


def build() -> None:
    """Register the rules, let a clerk and a chief work for a month, and leave what waits for the chief."""
    _register_rules()
    month = month_before(today().replace(day=1))
    days = [day for n in range(31) if (day := month + timedelta(days=n)).month == month.month]
    working = [day for day in days if calendar_kind(day) == DayKind.WORKING]
    clerk, chief = person("clerk"), person("chief")
    for number, user in enumerate((clerk, chief), 1):
        StaffNumber.objects.create(user=user, number=f"D{number:04}")
        for day in working:
            _work(user, day, late=user == clerk and day in working[2:5])
    for day in working[2:5]:
        order = OvertimeOrder.request(
            clerk, _at(day, 17, 15), _at(day, 19, 30), "転入の繁忙期の窓口", on=day, by=clerk,
            afterwards_reason="来庁が続いたため",
        )  # fmt: skip
        give_order(order, by=chief)
    WorkDay.explain(working[6], "研修の資料を片付けた", by=clerk)
    sheet = MonthSheet.objects.get(user=chief, month=month)
    confirm_month(sheet, sheet.revision, by=chief)
    _ask_the_chief(clerk, working[8])
    _try_telework(working)
    _promote()
    _help()


def _register_rules() -> None:
    by = person("personnel")
    hours = {"starts": time(8, 30), "ends": time(17, 15), "rest_from": time(12), "rest_until": time(13)}
    WorkPattern.establish(by=by, valid_from=SINCE, source=SOURCE, **hours)
    OvertimePremiumRule.establish(by=by, valid_from=SINCE, source=SOURCE)
    OvertimeLimitRule.establish(LIMITS, by=by, basis="ordinance", source=SOURCE, valid_from=SINCE)
    for code, title in (("annual", "年次有給休暇"), ("sick", "病気休暇"), ("special", "特別休暇")):
        LeaveKind.register(code, title, SOURCE, by=by)


def _ask_the_chief(clerk: User, day: date) -> None:
    """A forgotten time, an evening to come, and leave to come."""
    event = ClockEvent.objects.get(user=clerk, on=day, kind=ClockEvent.Kind.OUT)
    ClockCorrection.request(day, "out", _at(day, 17, 40), "退勤を押し忘れ、出てから押した", event=event, by=clerk)
    ahead = today() + timedelta(days=7)
    OvertimeOrder.request(clerk, _at(ahead, 17, 15), _at(ahead, 19), "窓口の延長", on=ahead, by=clerk)
    LeaveDay.request(LeaveKind.objects.get(code="annual"), ahead, time(13), 255, by=clerk)


def _work(user: User, day: date, *, late: bool) -> None:
    for kind, at in (("in", _at(day, 8, 24)), ("out", _at(day, 19, 30) if late else _at(day, 17, 20))):
        ClockEvent.note(user, kind, at, source=ClockEvent.Source.READER, key=f"demo-{user.pk}-{kind}-{day}", on=day)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), JAPAN)


def _try_telework(working: list[date]) -> None:
    """A trial of four people of whom three used it, and the tasks of two sections."""
    by, people = person("dx"), [person(name) for name in ("clerk", "hygiene", "child", "hoiku")]
    TeleworkRule.establish(by=by, valid_from=SINCE, weekly_halves=4, on_site=1, newcomer_months=0, source=SOURCE)
    trial = TeleworkTrial.begin(
        by=by, code="trial", title="テレワークの実証(架空)", starts_on=working[0], ends_on=today() + timedelta(days=90),
        offered_instead="時差出勤、集中できる部屋",
    )  # fmt: skip
    for user in people:
        trial.join(user, working[0], by=by)
    for name, chief in (("clerk", "chief"), ("hygiene", "hygiene-chief"), ("child", "child-chief")):
        day = TeleworkDay.plan(working[9], 2, "資料の作成", by=person(name))
        day.approve(by=person(chief))
        day.note_done(by=person(name))
    TeleworkComment.say(trial, "good", "通勤の時間を、資料の確認に使えた(架空)", by=people[0])
    TeleworkComment.say(trial, "unfair", "窓口の当番の日は選べない(架空)", by=people[-1])
    for code, name, minutes, barriers in TASKS:
        task = SectionTask.describe(Department.objects.get(code=code), name, minutes, "見本の値(架空)", by=by)
        for kind, cost, remedy in barriers:
            task.note_barrier(kind, cost, remedy, by=by)


def _promote() -> None:
    """Two sections have a member, the others are named; a course with seats for members first."""
    by = person("dx")
    for name in ("clerk", "child"):
        user = person(name)
        PromotionMember.nominate(section_of(user, today()), user, agreed_minutes=240, by=by)
    course = StaffCourse.register("process", "業務の書き出し方(架空)", "業務と妨げを分で書けるようになる", by=by)
    start = _at(today() + timedelta(days=14), 13, 30)
    members = today() + timedelta(days=3)
    session = course.announce(
        Span(start, start + timedelta(hours=2)),
        "研修室(架空)",
        30,
        start - timedelta(days=2),
        members_until=members,
        by=by,
    )
    session.apply(by=person("clerk"))


def _help() -> None:
    """A session of help with a volunteer, and what was asked."""
    clerk, start = person("clerk"), _at(today() - timedelta(days=7), 10)
    helper = DigitalHelper.register(
        by=clerk, name="協力 花子(架空)", organisation="団体(架空)", appointed_on=SINCE, topics="基本の操作",
        consented_on=SINCE,
    )  # fmt: skip
    session = HelpSession.open(
        section_of(clerk, today()),
        Span(start, start + timedelta(hours=2)),
        "中央図書館(架空)",
        helpers=[helper],
        by=clerk,
    )
    ahead = _at(today() + timedelta(days=10), 10)
    coming = HelpSession.open(
        section_of(clerk, today()), Span(ahead, ahead + timedelta(hours=2)), "中央図書館(架空)", helpers=[helper],
        seats=HelpSeats(2), by=clerk,
    )  # fmt: skip
    taken = HelpRequest(free_slots(coming)[1][0], "見本 一郎", phone="03-0000-0000", channel="phone")
    help_bookings.request(coming, taken, by=clerk)
    asked = Procedure.objects.order_by("pk").first()
    for topic, minutes, solved in (("basics", 20, True), ("card", 15, True), ("procedure", 30, False)):
        session.note(topic, minutes, solved=solved, procedure=asked if topic == "procedure" else None, by=clerk)
