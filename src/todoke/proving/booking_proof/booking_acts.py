"""Booking acts 予約する人々: one process of residents who book, pay, cancel, wait, draw and visit at random."""

import random
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection

from todoke.accounts.actors import Guest
from todoke.bookings.models import BookableUnit, Frame, Registrant, WaitlistEntry
from todoke.japanese.calendar import today
from todoke.payments import collection
from todoke.payments.models import Charge
from todoke.proving.booking_proof.rare_acts import RareActs
from todoke.proving.booking_proof.synthetic_facilities import DAYS
from todoke.proving.booking_proof.visit_acts import VisitActs
from todoke.proving.synthetic_users.clients import Journal
from todoke.reception import facility_requests
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.models import FacilityUse
from todoke.reception.waiting_offers import take
from todoke.runtime.refusals import Refused

CUT = 0.2
"""Seconds after which a resident whose connection was cut tries something else."""
QUIET = 0.5
"""The share of bookings for which people choose their time alone; the rest of a second want the same time at once."""


def _second() -> int:
    return int(time.time())


class Residents(RareActs, VisitActs):
    """Residents who act at random, often several processes at one time; what was answered is written down."""

    def __init__(self, seed: int, journal: Journal | None = None) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - what a synthetic resident does is no secret
        self.journal, self.second = journal, _second
        self.units = list(BookableUnit.objects.select_related("resource__group", "resource__department"))
        self.people, self.frames = list(Registrant.objects.all()), list(Frame.objects.select_related("timetable"))
        self.weights: dict[Callable[[], None], int] = {
            self._book: 60, self._pay: 40, self._cancel: 10, self._wait: 20, self._take_offer: 20, self._lapse: 10,
            self._pay_online: 10, self._poll: 5, self._call_off: 3, self._enter: 15, self._draw: 3,
            self._visit: 25, self._confirm_visit: 15, self._move_visit: 10, self._cancel_visit: 10,
        }  # fmt: skip

    def note(self, **facts: str) -> None:
        """Write down what a resident was told."""
        if self.journal is not None:
            self.journal.write(**facts)

    def act(self) -> None:
        """Do one act; a refusal is an answer, and a connection that was cut is none."""
        chosen = self.chance.choices(list(self.weights), list(self.weights.values()))[0]
        try:
            chosen()
        except Refused:
            return
        except (OperationalError, InterfaceError) as problem:
            self.note(what="deadlock" if "deadlock" in str(problem) else "cut", why=f"{problem}"[:200])
            if not connection.in_atomic_block:
                connection.close()
                time.sleep(CUT)
        except Exception as problem:
            if self.journal is None:
                raise
            self.note(what="failed", why=f"{chosen.__name__} {problem!r}"[:300])

    def _book(self) -> None:
        chance = self.chance if self.chance.random() < QUIET else random.Random(self.second())  # noqa: S311 - no secret
        day = today() + timedelta(days=chance.randint(3, 2 + DAYS))
        frame = chance.choice([each for each in self.frames if each.weekday == day.weekday()])
        wanted = FacilityRequest(chance.choice(self.units), day, frame, self.chance.choice(self.people))
        use = facility_requests.request(wanted, by=Guest())
        self.note(what="booked", number=use.booking.number)

    def some_use(self, **wanted: object) -> FacilityUse | None:
        """Return one of the newest uses with these columns."""
        rows = FacilityUse.objects.select_related("booking__unit__resource", "booking__registrant", "booking__rules")
        found = list(rows.select_related("charge").filter(**wanted).order_by("-pk")[:20])
        return self.chance.choice(found) if found else None

    def some_charge(self) -> Charge | None:
        """Return the unpaid charge of a use that is held, or whose term is over."""
        owed = {"charge__cancelled_at": None, "charge__receipt": None}
        use = self.some_use(booking__status__in=["held", "expired"], **owed)
        return use.charge if use else None

    def _pay(self) -> None:
        if charge := self.some_charge():
            reference = f"till-{self.chance.getrandbits(64):x}"
            if collection.pay_at_counter(charge, reference=reference, by=Guest()):
                self.note(what="paid", reference=reference)

    def _cancel(self) -> None:
        if use := self.some_use(booking__status__in=["held", "confirmed"]):
            facility_requests.cancel(use, by=Guest())
            self.note(what="cancelled", number=use.booking.number)

    def _wait(self) -> None:
        if use := self.some_use(booking__status__in=["held", "confirmed"]):
            unit = use.booking.unit
            if unit is not None:
                WaitlistEntry.join(unit, use.booking.span, self.chance.choice(self.people), by=Guest())

    def _take_offer(self) -> None:
        rows = WaitlistEntry.objects.select_related("unit__resource__group", "registrant", "returned")
        if entry := rows.filter(status="offered").first():
            self.note(what="booked", number=take(entry, by=Guest()).booking.number)
