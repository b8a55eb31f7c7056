"""Synthetic facilities 検証用の施設: halls in halves, rules, registrants, and draws."""

from datetime import time, timedelta

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.bookings.models import (
    BookableUnit,
    FacilityGroup,
    Frame,
    Lottery,
    Registrant,
    RegistrantDetails,
    Resource,
    ResourcePart,
    Timetable,
    UseRulesDraft,
)
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.offers.models import Offer
from todoke.organization.models import Department, Post, Tenure
from todoke.reception import lottery_awards

HALLS, DAYS, PEOPLE, CLOSED_ENTRIES = 3, 8, 200, 12
FRAMES = (("午前", time(9), time(12)), ("午後", time(13), time(17)))
MANAGER = "hall-one@example.lg.jp"
DOCUMENT = {
    "basis": "検証用の規則",
    "payments": [{"kind": "", "days_after": 3}],
    "fees": [{"kind": "", "frame": name, "yen": 1000} for name, _, _ in FRAMES],
    "refunds": [{"kind": "", "until": "前日", "percent": 100}],
    "bundles": True,
}


def prepare() -> None:
    """Make halls, rules, registrants, an open draw and a closed one."""
    section = Offer.objects.select_related("department")[0].department
    author, other = (_person(section, email) for email in (MANAGER, "hall-two@example.lg.jp"))
    group = FacilityGroup.objects.create(code="proof", name="検証用の施設", department=section)
    timetable = Timetable.objects.create(group=group, starts_on=today() - timedelta(days=1))
    for weekday in range(7):
        for name, opens, closes in FRAMES:
            Frame.objects.create(timetable=timetable, weekday=weekday, name=name, opens=opens, closes=closes)
    UseRulesDraft.edit(group, DOCUMENT, starts_on=today() - timedelta(days=1), by=author).publish(by=other)
    units = [_hall(group, number) for number in range(HALLS)]
    until = today() + timedelta(days=400)
    for number in range(PEOPLE):
        details = RegistrantDetails("group", f"検証団体{number}", "resident", email=f"club{number}@example.jp")
        Registrant.register(group, details, verified_by="名簿", valid_until=until, by=author)
    _close(announce(units[0], 60, author), author)
    announce(units[0], 61, author)


def _person(section: Department, email: str) -> User:
    user = User.objects.create_user(email, name=email.partition("@")[0])
    post = Post.objects.create(department=section, title=email, role="chief")
    Tenure.objects.create(post=post, user=user, starts_on=today() - timedelta(days=1))
    return user


def _hall(group: FacilityGroup, number: int) -> BookableUnit:
    """Make a hall in two halves; returns the whole of it."""
    hall = Resource.objects.create(
        code=f"proof-{number}", name=f"検証館{number}", kind="court", department=group.department, group=group
    )
    parts = [ResourcePart.objects.create(resource=hall, code=str(each), name=f"半面{each}") for each in (1, 2)]
    for name, chosen in (("1", parts[:1]), ("2", parts[1:]), ("all", parts)):
        unit = BookableUnit.objects.create(resource=hall, code=f"proof-{number}-{name}", name=name, capacity=50)
        unit.parts.set(chosen)
    return unit


def announce(unit: BookableUnit, days: int, by: User) -> Lottery:
    """Announce a draw of the two times of a day to come; they are held until it. Raises Taken, Refused."""
    now, day = timezone.now(), today() + timedelta(days=days)
    items = [(unit, Span.on(day, opens, closes)) for _, opens, closes in FRAMES]
    return lottery_awards.announce(
        unit.resource.group or FacilityGroup.objects.get(), f"検証用の抽選{days}", items, source="検証用の値",
        closes_at=now + timedelta(hours=1), draws_at=now + timedelta(hours=2), limit=1, by=by,
    )  # fmt: skip


def _close(lottery: Lottery, by: User) -> None:
    for who in Registrant.objects.all()[:CLOSED_ENTRIES]:
        lottery_awards.enter(lottery, who, list(lottery.items.all())[:1], by=by)
    end_entry(lottery)
    lottery.close(by=System())


def end_entry(lottery: Lottery) -> None:
    """Let the time for entries be over, and the moment of the draw be there."""
    now = timezone.now()
    Lottery.objects.filter(pk=lottery.pk, status=Lottery.Status.OPEN).update(
        closes_at=now - timedelta(seconds=1), draws_at=now
    )
    lottery.refresh_from_db()
