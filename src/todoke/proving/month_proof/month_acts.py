"""Month acts 勤怠の月を動かす人々: one process of people who correct, confirm, approve, close and reopen at random."""

import secrets
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from todoke.accounts.models import User
from todoke.japanese.calendar import JAPAN, today
from todoke.organization.models import Department, Post, Tenure
from todoke.proving.killed_people.random_acts import RandomActs
from todoke.workforce.attendance_record import calendar_kind
from todoke.workforce.models import (
    ClockCorrection,
    ClockEvent,
    MonthClose,
    MonthSheet,
    OvertimeOrder,
    OvertimePremiumRule,
    StaffNumber,
    WorkPattern,
)
from todoke.workforce.month_closes import close_month, reopen_month
from todoke.workforce.month_seals import approve_month, confirm_month, send_month_back
from todoke.workforce.overtime import DayKind
from todoke.workforce.overtime_limits import month_before

SECTIONS, CLERKS, MONTHS = 2, 2, 2
PERSONNEL, DIRECTOR = "month-personnel@proof.example", "month-director@proof.example"
LONG_AGO = date(2020, 4, 1)


def prepare() -> None:
    """Make two sections under a director, their rules, and full months of everybody."""
    bureau, office = _section("proof-bureau", "検証部"), _section("proof-personnel", "検証人事課")
    _staff(DIRECTOR, Post.Role.DIRECTOR, bureau)
    personnel = _staff(PERSONNEL, Post.Role.PERSONNEL, office)
    hours = {"starts": time(8, 30), "ends": time(17, 15), "rest_from": time(12), "rest_until": time(13)}
    WorkPattern.establish(by=personnel, valid_from=LONG_AGO, source="検証用", **hours)
    OvertimePremiumRule.establish(by=personnel, valid_from=LONG_AGO, source="検証用", counts_weekly_rest=True)
    for place in range(SECTIONS):
        section = _section(f"proof-{place}", f"検証課{place}", bureau)
        people = [_staff(f"month-chief{place}@proof.example", Post.Role.CHIEF, section)]
        people += [_staff(f"month-{place}-{n}@proof.example", Post.Role.CLERK, section) for n in range(CLERKS)]
        for user in people:
            StaffNumber.objects.create(user=user, number=f"{user.pk:06}")
            for month in months():
                _work(user, month)


def months() -> list[date]:
    """Return the months that are over and of which the proof is, the last first."""
    return [month_before(today().replace(day=1), back) for back in range(1, MONTHS + 1)]


def office_days(month: date) -> list[date]:
    """Return the working days of a month."""
    days = [month + timedelta(days=n) for n in range(31)]
    return [day for day in days if day.month == month.month and calendar_kind(day) == DayKind.WORKING]


def at(day: date, hour: int, minute: int) -> datetime:
    """Return a time of a day in Japan."""
    return datetime.combine(day, time(hour, minute), JAPAN)


def _section(code: str, name: str, parent: Department | None = None) -> Department:
    return Department.objects.create(code=code, name=name, parent=parent)


def _staff(email: str, role: str, section: Department) -> User:
    user = User.objects.create_user(email, name=email.partition("@")[0])
    post = Post.objects.create(department=section, title=f"職{section.posts.count()}", role=role)
    Tenure.objects.create(post=post, user=user, starts_on=LONG_AGO)
    return user


def _work(user: User, month: date) -> None:
    for day in office_days(month):
        for kind, hour, minute in (("in", 8, 30), ("out", 17, 15)):
            key = f"{user.pk}-{kind}-{day}"
            ClockEvent.note(user, kind, at(day, hour, minute), source=ClockEvent.Source.READER, key=key, on=day)


class Staff(RandomActs):
    """Staff of the sections who move their months at random."""

    latest = 200

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.personnel, self.director = User.objects.get(email=PERSONNEL), User.objects.get(email=DIRECTOR)
        self.clerks = list(User.objects.filter(email__startswith="month-", tenures__post__role=Post.Role.CLERK))
        self.sections = list(Department.objects.filter(parent__code="proof-bureau"))
        self.keys = [f"pressed-{number}" for number in range(40)]

    def weights(self) -> dict[Callable[[], None], int]:
        """Return the acts and how often each is chosen beside the others."""
        return {
            self._confirm: 12, self._approve: 12, self._close: 4, self._reopen: 1, self._send_back: 1,
            self._correct: 2, self._decide: 6, self._order: 1, self._clock: 1,
        }  # fmt: skip

    def _sheet(self, *states: str) -> MonthSheet | None:
        rows = MonthSheet.objects.filter(status__in=states, month__in=months())
        return self.one(rows.select_related("user", "department__parent"))

    def _approver(self, sheet: MonthSheet) -> User:
        chief = User.objects.get(tenures__post__role=Post.Role.CHIEF, tenures__post__department=sheet.department)
        return self.director if chief == sheet.user else chief

    def _confirm(self) -> None:
        if sheet := self._sheet("open"):
            confirm_month(sheet, sheet.revision, by=sheet.user)

    def _approve(self) -> None:
        if sheet := self._sheet("confirmed"):
            approve_month(sheet, sheet.revision, by=self._approver(sheet))

    def _send_back(self) -> None:
        if sheet := self._sheet("confirmed", "approved"):
            send_month_back(sheet, "検証のため", by=self._approver(sheet))

    def _close(self) -> None:
        close_month(self.chance.choice(self.sections), self.chance.choice(months()), by=self.personnel)

    def _reopen(self) -> None:
        if made := self.one(MonthClose.objects.filter(status="closed").select_related("department")):
            reopen_month(made, "検証のため", by=self.personnel)

    def _correct(self) -> None:
        """Ask for another minute of going, little enough that no gap is to be explained."""
        by, day = self.chance.choice(self.clerks), self.chance.choice(office_days(self.chance.choice(months())))
        event = self.one(ClockEvent.objects.standing().filter(user=by, on=day, kind="out"))
        wanted = at(day, 17, self.chance.randint(1, 40))
        ClockCorrection.request(day, "out", wanted, "押し忘れて戻った", event=event, by=by)

    def _decide(self) -> None:
        rows = ClockCorrection.objects.filter(status="requested").select_related("sheet__department__parent", "event")
        if asked := self.one(rows):
            chief = self._approver(asked.sheet)
            asked.approve(by=chief) if self.chance.random() < 0.8 else asked.refuse("検証のため", by=chief)

    def _order(self) -> None:
        by, day = self.chance.choice(self.clerks), self.chance.choice(office_days(self.chance.choice(months())))
        made = OvertimeOrder.request(
            by, at(day, 17, 15), at(day, 17, 35), "窓口の延長", on=day, by=by, afterwards_reason="急な来庁のため"
        )
        made.settle(OvertimeOrder.Status.REFUSED, "検証", by=self._approver(made.sheet))

    def _clock(self) -> None:
        """Clock now, some keys twice or by two people."""
        key = self.chance.choice([*self.keys, secrets.token_hex(8)])
        ClockEvent.clock(self.chance.choice(["in", "out"]), "office", key=key, by=self.chance.choice(self.clerks))
