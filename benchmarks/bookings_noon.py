"""Noon release: sixty returned frames open to all at one moment, five hundred people ask for them within a second.

./todoke bench bookings_noon [--people 500] [--servers 8] [--rounds 3]

Each person comes at a random moment of that second and waits for one of the server processes; the time told is from
the coming to the answer, waiting included. ``TODOKE_DATABASE`` chooses the database; all people are synthetic.
"""

import argparse
import multiprocessing
import os
import platform
import resource
import time
from datetime import timedelta
from queue import Empty
from random import Random
from statistics import quantiles

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from tests import cast
from tests.cast import bookings, reception

from benchmarks.process_usage import of_database
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.models import Allocation, Booking, Registrant, RegistrantDetails
from todoke.bookings.returned_frames import give_back
from todoke.reception import facility_requests
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.models import FacilityUse
from todoke.runtime.refusals import Refused
from todoke.web.warm_up import freeze_program

FORK = multiprocessing.get_context("fork")
HALVES, DAYS, FRAMES = 2, 10, 3


def register(group: object, people: int, by: User) -> list[Registrant]:
    made, until = [], bookings.day_ahead(700)
    for number in range(people):
        details = RegistrantDetails("person", f"住民{number}", "resident", email=f"p{number}@example.jp")
        made.append(Registrant.register(group, details, verified_by="証", valid_until=until, by=by))  # type: ignore[arg-type]
    return made


def serve(asked: object, done: object, ready: object, noon: object) -> None:
    """Answer whoever comes next until nobody is left; tell seconds from the coming to the answer, and the answer."""
    connection.ensure_connection()
    ready.wait()  # type: ignore[attr-defined]  # a barrier of the fork
    while True:
        try:
            offset, wanted = asked.get(timeout=5)  # type: ignore[attr-defined]  # a queue of the fork
        except Empty:
            return
        if wanted is None:
            return
        came = noon.value + offset  # type: ignore[attr-defined]  # a value of the fork
        time.sleep(max(0.0, came - time.monotonic()))
        try:
            facility_requests.request(wanted, by=Guest())
            answer = "held"
        except Refused as refusal:
            answer = type(refusal).__name__
        done.put((time.monotonic() - came, answer))  # type: ignore[attr-defined]  # a queue of the fork


def release(wishes: list[FacilityRequest], servers: int) -> tuple[list[tuple[float, str]], str]:
    """Open the frames and let everybody come; return seconds and answer of each person, and the processor time."""
    random = Random(5)
    offsets = sorted(random.random() for _ in wishes)
    connections.close_all()
    asked, done, ready, noon = FORK.Queue(), FORK.Queue(), FORK.Barrier(servers + 1), FORK.Value("d", 0.0)
    each = [FORK.Process(target=serve, args=(asked, done, ready, noon)) for _ in range(servers)]
    for process in each:
        process.start()
    for one in [*zip(offsets, wishes, strict=True), *[(0.0, None)] * servers]:
        asked.put(one)
    returned = Allocation.objects.filter(released_at=None, booking__status="cancelled")
    returned.update(opens_at=timezone.now() - timedelta(milliseconds=1))
    server, before = of_database(), resource.getrusage(resource.RUSAGE_CHILDREN)
    connections.close_all()
    freeze_program()
    noon.value = time.monotonic() + 0.2
    ready.wait()
    found = [done.get() for _ in wishes]
    for process in each:
        process.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    mine = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found, f"processor {mine:.2f} s servers + {of_database() - server:.2f} s database"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--servers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    call_command("migrate", verbosity=0)
    unit, first, clerk = reception.paid_hall()
    people = register(cast.present(unit.resource.group), chosen.people, clerk)
    print(f"{platform.platform()}, Python {platform.python_version()}, {connection.vendor}")
    for turn in range(chosen.rounds):
        begin = 20 + turn * DAYS
        halves = [bookings.half(unit, number) for number in range(1, HALVES + 1)]
        frames = [(half, begin + days, number) for half in halves for days in range(DAYS) for number in range(FRAMES)]
        for half, days, number in frames:
            use = facility_requests.request(reception.wish(half, first, days=days, number=number), by=clerk)
            give_back(use.booking, by=clerk)
        random = Random(turn)
        random.shuffle(people)
        wanted = [frames[n] if n < len(frames) else random.choice(frames) for n in range(len(people))]
        random.shuffle(wanted)
        wishes = [
            reception.wish(half, who, days=days, number=number)
            for who, (half, days, number) in zip(people, wanted, strict=True)
        ]
        found, spent = release(wishes, chosen.servers)
        told(found, [each.pk for each in people], f"{spent}, load {os.getloadavg()[0]:.1f}")


def told(found: list[tuple[float, str]], people: list[int], spent: str) -> None:
    held = Booking.objects.filter(status="held", registrant__in=people)
    standing = Allocation.objects.filter(released_at=None, booking__in=held)
    double = standing.count() - standing.values("part", "starts_at").distinct().count()
    lost = held.count() - FacilityUse.objects.filter(booking__in=held, charge__isnull=False).count()
    marks = quantiles([seconds for seconds, _ in found], n=100)
    answers = {name: sum(answer == name for _, answer in found) for name in {answer for _, answer in found}}
    print(
        f"{len(found)} people: {answers}; held {held.count()} in all, double {double}, without a charge {lost}; "
        f"p50 {marks[49]:.2f} s, p99 {marks[98]:.2f} s; {spent}"
    )


if __name__ == "__main__":
    main()
