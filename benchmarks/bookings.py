"""Bookings under load: holds a second by writers on forty parts with audit and mail, month grid and search, a draw."""

import argparse
import platform
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from statistics import quantiles

from django.core.management import call_command
from django.db import connection, connections
from tests import cast
from tests.cast import bookings, reception

from todoke.accounts.actors import Guest
from todoke.bookings.lottery.draw import ClosedList, Entry, draw
from todoke.bookings.models import BookableUnit, Booking, BookingDetails, Taken
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.reception.booking_notices import tell
from todoke.reception.facility_grid import month_grid

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--writers", type=int, default=8)
parser.add_argument("--holds", type=int, default=150, help="holds of each writer")
chosen = parser.parse_args()

call_command("migrate", verbosity=0)
unit, who, clerk = reception.paid_hall()
group = cast.present(unit.resource.group)
units = [unit, *(bookings.court(group, f"room{number}", halves=1) for number in range(40))]
parts = [bookings.parts_of(each)[0] for each in units[1:]]
section, first = group.department, bookings.frame(3)


def p99(act: Callable[[], object], times: int = 60) -> float:
    """Return the 99th percentile of an act in milliseconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return quantiles(found, n=100)[98]


def write(seed: int, done: list[int]) -> None:
    random = Random(seed)
    while len(done) < chosen.holds:
        begin = first.start + timedelta(hours=random.randrange(24 * 60))
        details = BookingDetails(
            section, contact_name="負荷 試験", contact_email=f"load{seed}@example.jp", purpose="測定"
        )
        try:
            booking = Booking.take([random.choice(parts)], Span(begin, begin + timedelta(hours=1)), details, by=Guest())
        except Taken:
            continue
        tell(booking, "visit-confirmed", by=Guest())
        done.append(booking.pk)
    connections.close_all()


print(f"{platform.platform()}, {connection.vendor}")
made: list[list[int]] = [[] for _ in range(chosen.writers)]
threads = [threading.Thread(target=write, args=(seed, made[seed])) for seed in range(chosen.writers)]
began = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
seconds, total = time.perf_counter() - began, sum(map(len, made))
print(f"holds with audit and mail: {total / seconds:.0f} a second ({chosen.writers} writers, 40 parts, {total} holds)")
rows = list(BookableUnit.objects.select_related("resource").prefetch_related("parts"))
month = [today() + timedelta(days=number) for number in range(31)]
print(f"month grid of one hall: p99 {p99(lambda: month_grid(rows[:1], month)):.0f} ms")
print(f"search over {len(rows)} units: p99 {p99(lambda: month_grid(rows, month[:1])):.0f} ms")
random = Random(1)
codes = [f"hall-{number:05}" for number in range(11_160)]
entries = tuple(Entry(f"T{n:015}", (random.choice(codes),), random.choice((1, 2)), f"p{n // 2}") for n in range(20_000))
listed, cpu = ClosedList(dict.fromkeys(codes, 1), 0, "V", entries), time.process_time()
draw(listed, bytes(32), "38,915.87")
print(f"draw of 20,000 entries over 11,160 items: {time.process_time() - cpu:.2f} s of the processor")
