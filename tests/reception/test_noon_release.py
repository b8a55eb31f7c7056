"""At noon the returned frames open to all at one moment: five hundred people, sixty frames, none double, none lost."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.bookings.models import Allocation, Booking, Registrant, RegistrantDetails
from todoke.bookings.returned_frames import give_back
from todoke.reception import facility_requests
from todoke.reception.models import FacilityUse


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_five_hundred_people_take_sixty_returned_frames() -> None:
    unit, first, clerk = reception.paid_hall()
    group = cast.present(unit.resource.group)
    halves = [bookings.half(unit, number) for number in (1, 2)]
    wishes = [(half, days, number) for half in halves for days in range(20, 30) for number in range(3)]
    assert len(wishes) == 60
    for half, days, number in wishes:
        use = facility_requests.request(reception.wish(half, first, days=days, number=number), by=clerk)
        assert give_back(use.booking, by=clerk) is not None
    until = bookings.day_ahead(700)
    people = [
        Registrant.register(
            group, RegistrantDetails("person", f"住民{n}", "resident", email=f"p{n}@example.jp"), verified_by="証",
            valid_until=until, by=clerk,
        )
        for n in range(500)
    ]  # fmt: skip
    Allocation.objects.filter(released_at=None).update(opens_at=timezone.now() - timedelta(milliseconds=1))
    random = Random(5)
    asked = [(who, random.choice(wishes) if n >= 60 else wishes[n]) for n, who in enumerate(people)]

    def ask(number: int) -> None:
        who, (half, days, frame) = asked[number]
        facility_requests.request(reception.wish(half, who, days=days, number=frame), by=Guest())

    random.shuffle(asked)
    done = [
        each for start in range(0, 500, 50)
        for each in together(*[lambda n=n: ask(n) for n in range(start, start + 50)])
    ]  # fmt: skip
    assert (sum(done), len(done)) == (60, 500)
    held = Booking.objects.filter(status="held")
    assert held.count() == FacilityUse.objects.filter(booking__in=held, charge__receipt=None).count() == 60
    standing = Allocation.objects.filter(released_at=None)
    assert standing.count() == len({(one.part_id, one.starts_at) for one in standing}) == 60
