"""Bookings under load: holds a second by writers on forty parts with audit and mail, month grid and search, a draw.

./todoke bench bookings [--writers 8] [--holds 150] [--profile]

Writers are processes, as of a server. ``TODOKE_DATABASE`` chooses the database; all data is synthetic.
"""

import argparse
import cProfile
import logging
import multiprocessing
import os
import platform
import pstats
import resource
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from statistics import quantiles

from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests import cast
from tests.cast import bookings, reception

from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.lottery.draw import ClosedList, Entry, draw
from todoke.bookings.models import (
    Allocation,
    BookableUnit,
    Booking,
    BookingDetails,
    Lottery,
    LotteryEntry,
    Registrant,
    ResourcePart,
    Taken,
    UseRules,
)
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.reception.booking_notices import tell
from todoke.reception.facility_grid import month_grid

FORK = multiprocessing.get_context("fork")
DAYS = 24


def p99(act: Callable[[], object], times: int = 100) -> str:
    """Return the median and the 99th percentile of an act in milliseconds, and its queries."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as asked:
        act()
    marks = quantiles(found, n=100)
    return f"p50 {marks[49]:.0f} ms, p99 {marks[98]:.0f} ms, {len(asked)} queries"


def hold(seed: int, random: Random, parts: list[ResourcePart], section: Department) -> bool:
    begin = bookings.frame(3).start + timedelta(hours=random.randrange(DAYS * 24))
    email, span = f"load{seed}@example.jp", Span(begin, begin + timedelta(hours=1))
    details = BookingDetails(section, contact_name="負荷 試験", contact_email=email, purpose="測定")
    try:
        with transaction.atomic():
            booking = Booking.take([random.choice(parts)], span, details, by=Guest())
            tell(booking, "visit-confirmed", by=Guest())
    except (Taken, OperationalError):
        return False
    return True


def write(seed: int, holds: int, parts: list[ResourcePart], section: Department, ready: object, done: object) -> None:
    """Make so many holds, each with its audit entry and its mail; count what was refused."""
    random, made, refused = Random(seed), 0, 0
    connection.ensure_connection()
    ready.wait()  # type: ignore[attr-defined]  # a barrier of the fork
    while made < holds:
        taken = hold(seed, random, parts, section)
        made, refused = made + taken, refused + (not taken)
    done.put(refused)  # type: ignore[attr-defined]  # a queue of the fork


def holds_a_second(writers: int, holds: int, parts: list[ResourcePart], section: Department) -> None:
    connections.close_all()
    ready, done = FORK.Barrier(writers + 1), FORK.Queue()
    each = [FORK.Process(target=write, args=(seed, holds, parts, section, ready, done)) for seed in range(writers)]
    for process in each:
        process.start()
    ready.wait()
    began = time.perf_counter()
    refused = sum(done.get() for _ in each)
    seconds, total = time.perf_counter() - began, writers * holds
    for process in each:
        process.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (used.ru_utime + used.ru_stime) / (total + refused)
    print(
        f"holds with audit and mail: {total / seconds:.0f} a second "
        f"({writers} writers, {len(parts)} parts, {total} holds, {refused} refused, {overlaps()} overlaps); "
        f"{cpu * 1000:.1f} ms of the processor of a writer each, load {os.getloadavg()[0]:.1f}"
    )


def overlaps() -> int:
    last: dict[int, Allocation] = {}
    found = 0
    for one in Allocation.objects.filter(released_at=None).order_by("part", "starts_at"):
        found += one.part_id in last and last[one.part_id].ends_at > one.starts_at
        last[one.part_id] = one
    return found


def profile(parts: list[ResourcePart], section: Department) -> None:
    watched, random = cProfile.Profile(), Random(0)
    with watched:
        for _ in range(300):
            hold(0, random, parts, section)
    pstats.Stats(watched).sort_stats("cumulative").print_stats(45)


def lottery() -> None:
    random = Random(1)
    codes = [f"hall-{number:05}" for number in range(11_160)]
    made = (Entry(f"T{n:015}", (random.choice(codes),), random.choice((1, 2)), f"p{n // 2}") for n in range(20_000))
    listed, cpu = ClosedList(dict.fromkeys(codes, 1), 0, "V", tuple(made)), time.process_time()
    draw(listed, bytes(32), "38,915.87")
    print(f"draw of 20,000 entries over 11,160 items: {time.process_time() - cpu:.2f} s of the processor")


def fairness(draws: int = 20_000) -> None:
    even = tuple(Entry(f"{number:016}", ("x",), 1, f"p{number}") for number in range(40))
    heavy = tuple(Entry(f"{number:016}", ("x",), 2 if number < 20 else 1, f"p{number}") for number in range(40))
    firsts = Counter(draw(ClosedList({"x": 1}, 0, "V", even), bytes(32), str(n))[0].ticket for n in range(draws))
    mean = draws / len(even)
    chi = sum((firsts[one.ticket] - mean) ** 2 / mean for one in even)
    won = sum(int(draw(ClosedList({"x": 1}, 0, "V", heavy), bytes(32), str(n))[0].ticket) < 20 for n in range(draws))
    print(
        f"{draws:,} draws of 40: chi-square(39) {chi:.1f} (54.6 at 5 %); weight 2 : 1 won {won / (draws - won):.3f} : 1"
    )


def page_of_a_draw(unit: BookableUnit, who: Registrant, by: User) -> None:
    """Fill a draw of a month of one hall with 20,000 entries and open its page."""
    now, random = timezone.now(), Random(2)
    items = [(unit, bookings.frame(60 + day, number)) for day in range(31) for number in range(3)]
    made = Lottery.announce(
        cast.present(unit.resource.group), title="測定", items=items, source="V", closes_at=now + timedelta(hours=1),
        draws_at=now + timedelta(hours=2), rules=UseRules.objects.get(), by=by,
    )  # fmt: skip
    codes = list(made.items.values_list("code", flat=True))
    LotteryEntry.objects.bulk_create(
        LotteryEntry(lottery=made, registrant=who, ticket=f"T{n:015}", wanted=random.choice(codes), pseudonym=f"p{n}",
                     entered_at=now)
        for n in range(20_000)
    )  # fmt: skip
    visitor, where = Client(), reverse("portal:lottery", args=[made.number])
    print(f"page of a draw with 20,000 entries on {len(items)} times: {p99(lambda: visitor.get(where), 40)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--holds", type=int, default=150, help="holds of each writer")
    parser.add_argument("--profile", action="store_true", help="where the time of a hold goes, in one process")
    chosen = parser.parse_args()
    call_command("migrate", verbosity=0)
    logging.disable(logging.INFO)
    unit, who, clerk = reception.paid_hall()
    group = cast.present(unit.resource.group)
    for number in range(99):
        bookings.court(group, f"room{number}", halves=1)
    rows = list(BookableUnit.objects.select_related("resource").prefetch_related("parts"))
    parts = list(ResourcePart.objects.select_related("resource").order_by("pk")[2:42])
    print(f"{platform.platform()}, Python {platform.python_version()}, {connection.vendor}")
    if chosen.profile:
        profile(parts, group.department)
    holds_a_second(chosen.writers, chosen.holds, parts, group.department)
    month = [today() + timedelta(days=number) for number in range(31)]
    hall = [each for each in rows if each.resource_id == rows[0].resource_id]
    print(f"month grid of one hall ({len(hall)} units): {p99(lambda: month_grid(hall, month))}")
    print(f"search over {len(rows)} units of 100 facilities: {p99(lambda: month_grid(rows, month[:1]))}")
    visitor, where = Client(), reverse("portal:facility", args=[hall[0].code])
    print(f"page of a month: {p99(lambda: visitor.get(where))}")
    print(f"page of the search: {p99(lambda: visitor.get(reverse('portal:facilities')))}")
    lottery()
    fairness()
    page_of_a_draw(unit, who, clerk)


if __name__ == "__main__":
    main()
