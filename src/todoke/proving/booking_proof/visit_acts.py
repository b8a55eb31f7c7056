"""Visit acts 来庁の予約: guests who ask for officer, desk and interpreter, confirm, move and cancel."""

import random
from datetime import timedelta

from todoke.accounts.actors import Guest
from todoke.bookings.slots import Span
from todoke.japanese.calendar import is_office_day, today
from todoke.proving.service import INTERPRETED
from todoke.reception.models import Visit, VisitPurpose
from todoke.reception.visits import visit_requests
from todoke.reception.visits.visit_requests import VisitRequest
from todoke.reception.visits.visit_slots import grid_of

FIRST, LAST = 4, 18
"""Days from today between which visits are asked for."""


class VisitActs:
    """Acts of guests who come to the office."""

    chance: random.Random

    def note(self, **facts: str) -> None:
        raise NotImplementedError

    def _some_start(self, purpose: VisitPurpose) -> Span:
        day = today() + timedelta(days=self.chance.randint(FIRST, LAST))
        while not is_office_day(day):
            day += timedelta(days=1)
        return self.chance.choice(grid_of(purpose, day))

    def _visit(self) -> None:
        purpose = VisitPurpose.objects.get()
        language, channel = self.chance.choice(("", "", INTERPRETED)), self.chance.choice(("online", "phone"))
        wanted = VisitRequest(
            purpose, self._some_start(purpose), self.chance.choice(("desk", "desk", "phone")), "検証 来庁",
            f"guest{self.chance.getrandbits(32)}@example.jp", language=language, channel=channel,
        )  # fmt: skip
        self.note(what="booked", number=visit_requests.request(wanted, by=Guest()).booking.number)

    def _some_visit(self, *status: str) -> Visit | None:
        rows = Visit.objects.select_related("booking__department", "booking__unit", "booking__registrant", "purpose")
        found = list(rows.filter(booking__status__in=status).order_by("-pk")[:20])
        return self.chance.choice(found) if found else None

    def _confirm_visit(self) -> None:
        if visit := self._some_visit("held"):
            visit_requests.confirm(visit, by=Guest())

    def _move_visit(self) -> None:
        if visit := self._some_visit("held", "confirmed"):
            visit_requests.move(visit, self._some_start(visit.purpose), by=Guest())

    def _cancel_visit(self) -> None:
        if visit := self._some_visit("held", "confirmed"):
            visit_requests.cancel(visit, by=Guest())
            self.note(what="cancelled", number=visit.booking.number)
