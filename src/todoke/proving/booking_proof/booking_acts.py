"""Booking acts 予約する人々: one process of residents who book, pay, cancel, wait and take offers at random."""

import random
import time
from collections.abc import Callable
from datetime import time as clock
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.bookings.models import (
    Allocation,
    BookableUnit,
    Booking,
    FacilityGroup,
    Frame,
    Lottery,
    Registrant,
    RegistrantDetails,
    Resource,
    ResourcePart,
    Timetable,
    UseRulesDraft,
    WaitlistEntry,
)
from todoke.bookings.slots import Span
from todoke.bookings.tasks import release_overdue
from todoke.japanese.calendar import today
from todoke.offers.models import Offer
from todoke.organization.models import Department, Post, Tenure
from todoke.payments import collection
from todoke.reception import facility_requests
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.models import FacilityUse
from todoke.reception.waiting_offers import take
from todoke.runtime.refusals import Refused

UNITS, DAYS, PEOPLE = 3, 20, 12
FRAMES = (("午前", clock(9), clock(12)), ("午後", clock(13), clock(17)))
DOCUMENT = {
    "basis": "検証用の規則",
    "payments": [{"kind": "", "days_after": 3}],
    "fees": [{"kind": "", "frame": name, "yen": 1000} for name, _, _ in FRAMES],
    "refunds": [{"kind": "", "until": "前日", "percent": 100}],
    "bundles": True,
}


def _person(section: Department, email: str) -> User:
    user = User.objects.create_user(email, name=email.partition("@")[0])
    post = Post.objects.create(department=section, title=email, role="chief")
    Tenure.objects.create(post=post, user=user, starts_on=today() - timedelta(days=1))
    return user


def prepare() -> None:
    """Make halls in halves, published rules, registrants, and a lottery whose list is closed."""
    section = Offer.objects.select_related("department")[0].department
    author, other = (_person(section, f"{name}@example.lg.jp") for name in ("hall-one", "hall-two"))
    group = FacilityGroup.objects.create(code="proof", name="検証用の施設", department=section)
    timetable = Timetable.objects.create(group=group, starts_on=today() - timedelta(days=1))
    for weekday in range(7):
        for name, opens, closes in FRAMES:
            Frame.objects.create(timetable=timetable, weekday=weekday, name=name, opens=opens, closes=closes)
    UseRulesDraft.edit(group, DOCUMENT, starts_on=today() - timedelta(days=1), by=author).publish(by=other)
    units = [_hall(group, number) for number in range(UNITS)]
    until = today() + timedelta(days=400)
    for number in range(PEOPLE):
        details = RegistrantDetails("group", f"検証団体{number}", "resident", email=f"club{number}@example.jp")
        Registrant.register(group, details, verified_by="名簿", valid_until=until, by=author)
    _lottery(group, units[0], author)


def _hall(group: FacilityGroup, number: int) -> BookableUnit:
    hall = Resource.objects.create(
        code=f"proof-{number}", name=f"検証館{number}", kind="court", department=group.department, group=group
    )
    parts = [ResourcePart.objects.create(resource=hall, code=str(each), name=f"半面{each}") for each in (1, 2)]
    for name, chosen in (("1", parts[:1]), ("2", parts[1:]), ("all", parts)):
        unit = BookableUnit.objects.create(resource=hall, code=f"proof-{number}-{name}", name=name, capacity=50)
        unit.parts.set(chosen)
    return unit


def _lottery(group: FacilityGroup, unit: BookableUnit, by: User) -> None:
    now, day = timezone.now(), today() + timedelta(days=60)
    lottery = Lottery.announce(
        group, title="検証用の抽選", items=[(unit, Span.on(day, *FRAMES[0][1:]))], source="検証用の値",
        closes_at=now + timedelta(hours=1), draws_at=now + timedelta(hours=2), rules=group.rules.get(), by=by,
    )  # fmt: skip
    for who in Registrant.objects.all():
        lottery.enter(who, list(lottery.items.all()), weight=1, by=by)
    Lottery.objects.filter(pk=lottery.pk).update(closes_at=now)
    lottery.refresh_from_db()
    lottery.close(by=System())


class Residents:
    """Residents who act at random; the same seed acts the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - what a synthetic resident does is no secret
        self.units = list(BookableUnit.objects.select_related("resource__group", "resource__department"))
        self.people, self.frames = list(Registrant.objects.all()), list(Frame.objects.select_related("timetable"))

    def act(self) -> None:
        """Do one act; a refusal is an answer."""
        weights = {self._book: 6, self._pay: 5, self._cancel: 1, self._wait: 2, self._take_offer: 2, self._lapse: 1}
        chosen: Callable[[], None] = self.chance.choices(list(weights), list(weights.values()))[0]
        try:
            chosen()
        except (Refused, OperationalError):
            return

    def _book(self) -> None:
        day = today() + timedelta(days=self.chance.randint(3, 2 + DAYS))
        frame = self.chance.choice([each for each in self.frames if each.weekday == day.weekday()])
        who = self.chance.choice(self.people)
        facility_requests.request(FacilityRequest(self.chance.choice(self.units), day, frame, who), by=Guest())

    def _some(self, **wanted: object) -> FacilityUse | None:
        rows = FacilityUse.objects.select_related("booking__unit__resource", "booking__registrant", "booking__rules")
        found = list(rows.select_related("charge").filter(**wanted).order_by("-pk")[:20])
        return self.chance.choice(found) if found else None

    def _pay(self) -> None:
        owed = {"charge__cancelled_at": None, "charge__receipt": None}
        use = self._some(booking__status__in=["held", "expired"], **owed)
        if use and use.charge:
            reference = f"till-{self.chance.getrandbits(64):x}"
            collection.pay_at_counter(use.charge, reference=reference, by=Guest())

    def _cancel(self) -> None:
        if use := self._some(booking__status__in=["held", "confirmed"]):
            facility_requests.cancel(use, by=Guest())

    def _wait(self) -> None:
        if use := self._some(booking__status__in=["held", "confirmed"]):
            unit = use.booking.unit
            if unit is not None:
                WaitlistEntry.join(unit, use.booking.span, self.chance.choice(self.people), by=Guest())

    def _take_offer(self) -> None:
        rows = WaitlistEntry.objects.select_related("unit__resource__group", "registrant", "returned")
        if entry := rows.filter(status="offered").first():
            take(entry, by=Guest())

    def _lapse(self) -> None:
        """Let the time of a hold and of a returned frame run out, and the worker look."""
        now = timezone.now()
        if use := self._some(booking__status="held"):
            Booking.objects.filter(pk=use.booking_id, status="held").update(held_until=now)
            use.booking.allocations.filter(released_at=None, booking__status="held").update(opens_at=now)
        given_back = Allocation.objects.filter(released_at=None, booking__status="cancelled")
        given_back.filter(pk__in=list(given_back.values_list("pk", flat=True)[:2])).update(opens_at=now)
        returned = WaitlistEntry.objects.filter(status="offered").order_by("?").first()
        if returned is not None:
            WaitlistEntry.objects.filter(pk=returned.pk, status="offered").update(offered_until=now)
        release_overdue.call()


def live(seed: int, seconds: float) -> int:
    """Act until the seconds are over or the process is killed; returns how many acts."""
    residents, until, count = Residents(seed), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        residents.act()
        count += 1
    return count
