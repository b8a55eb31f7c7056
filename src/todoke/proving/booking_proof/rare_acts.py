"""Rare acts まれな出来事: terms that run out, payments through a provider, draws, and what the office calls off."""

import random
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.bookings.models import Allocation, BookableUnit, Booking, Lottery, Registrant, WaitlistEntry
from todoke.bookings.tasks import release_overdue
from todoke.payments import checkout
from todoke.payments.models import Attempt, Charge
from todoke.payments.providers.interface import ProviderDown
from todoke.proving.booking_proof.synthetic_facilities import MANAGER, announce, end_entry
from todoke.proving.browser import Browser, NoAnswer
from todoke.reception import lottery_awards
from todoke.reception.cancellations import call_off
from todoke.reception.models import FacilityUse

ENOUGH_ENTRIES = 4


class RareActs:
    """Acts of which each is done now and then."""

    chance: random.Random
    units: list[BookableUnit]
    people: list[Registrant]

    def note(self, **facts: str) -> None:
        raise NotImplementedError

    def some_use(self, **wanted: object) -> FacilityUse | None:
        raise NotImplementedError

    def some_charge(self) -> Charge | None:
        raise NotImplementedError

    def _pay_online(self) -> None:
        """Open a payment at the provider; some never come back, some fail, and some are asked about at once."""
        charge = self.some_charge()
        if charge is None:
            return
        try:
            url = checkout.begin(charge, provider_name="simulator", method="card", return_url="/", by=Guest())
            if (outcome := self.chance.choice(("", "captured", "captured", "failed"))) and (port := urlsplit(url).port):
                Browser(port).post(urlsplit(url).path, {"outcome": outcome}, follow=False)
            if self.chance.random() < 0.5:
                checkout.poll_newest(charge)
        except (NoAnswer, ProviderDown):
            return

    def _poll(self) -> None:
        """Ask the provider about an attempt that waits, as the worker does."""
        attempt = Attempt.objects.waiting().select_related("charge").order_by("?").first()
        if attempt is not None:
            try:
                checkout.poll(attempt)
            except ProviderDown:
                return

    def _call_off(self) -> None:
        use = self.some_use(booking__status="confirmed")
        if use is not None:
            call_off(use.booking, reason="検証の中止", by=self._manager())
            self.note(what="ended", number=use.booking.number)

    def _manager(self) -> User:
        return User.objects.get(email=MANAGER)

    def _lapse(self) -> None:
        """Let the time of a hold, of a returned frame and of an offer run out, and the worker look."""
        now = timezone.now()
        held = list(Booking.objects.filter(status="held").order_by("-pk").values_list("pk", flat=True)[:20])
        if held:
            chosen = self.chance.choice(held)
            with transaction.atomic():
                if Booking.objects.filter(pk=chosen, status="held").update(held_until=now):
                    mine = Allocation.objects.filter(booking=chosen, booking__status="held", released_at=None)
                    mine.update(opens_at=now)
        given_back = Allocation.objects.filter(released_at=None, booking__status="cancelled")
        given_back.filter(pk__in=list(given_back.values_list("pk", flat=True)[:2])).update(opens_at=now)
        offered = WaitlistEntry.objects.filter(status="offered").order_by("?").first()
        if offered is not None:
            WaitlistEntry.objects.filter(pk=offered.pk, status="offered").update(offered_until=now)
        release_overdue.call()

    def _open_draw(self) -> Lottery | None:
        return Lottery.objects.filter(status="open").select_related("group", "rules").order_by("?").first()

    def _enter(self) -> None:
        lottery = self._open_draw()
        if lottery is not None:
            items = self.chance.sample(list(lottery.items.all()), k=1)
            entry = lottery_awards.enter(lottery, self.chance.choice(self.people), items, by=Guest())
            self.note(what="entered", ticket=entry.ticket)

    def _draw(self) -> None:
        """Close and draw a lottery that has entries; where none is open any more, announce the next."""
        lottery, manager = self._open_draw(), self._manager()
        if lottery is None:
            announce(self.chance.choice(self.units), 62 + Lottery.objects.count(), manager)
        elif lottery.entries.count() >= ENOUGH_ENTRIES:
            end_entry(lottery)
            if lottery.status == Lottery.Status.OPEN:
                lottery.close(by=System())
            lottery.draw(f"{timezone.now():%f}", by=manager)
            self.note(what="drawn", number=lottery.number)
