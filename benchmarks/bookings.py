"""Bookings under load: holds a second by writers on forty parts with audit and mail, month grid and search, a draw.

./todoke bench bookings [--writers 8] [--holds 150] [--parts holds pages lottery draws] [--profile]

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
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests import cast
from tests.cast import bookings, reception

from benchmarks.process_usage import of_database
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
from todoke.web.warm_up import freeze_program

FORK = multiprocessing.get_context("fork")
DAYS = 24
CORES = os.cpu_count() or 1
Act = Callable[[int, Random, list[ResourcePart], Department], bool]
BARE = "INSERT INTO bookings_allocation (booking_id, part_id, starts_at, ends_at) VALUES (%s, %s, %s, %s)"
ANY_BOOKING = multiprocessing.Value("q", 0)
"""The booking under which bare times are taken."""


def p99(act: Callable[[], object], times: int = 100) -> str:
    """Return the median and the 99th percentile of an act in milliseconds, its processor time, and its queries."""
    act()
    found, cpu, server = [], time.process_time(), of_database()
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    mine, theirs = ((spent * 1000 / times) for spent in (time.process_time() - cpu, of_database() - server))
    with CaptureQueriesContext(connection) as asked:
        act()
    marks = quantiles(found, n=100)
    spent = f"processor {mine:.0f} + {theirs:.0f} ms"
    return f"p50 {marks[49]:.0f} ms, p99 {marks[98]:.0f} ms, {spent}, {len(asked)} queries"


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


def insert(seed: int, random: Random, parts: list[ResourcePart], section: Department) -> bool:
    """Take a time by one statement alone, as a measure of what database and machine can do at this moment."""
    begin = bookings.frame(3).start + timedelta(days=400 + random.randrange(DAYS), hours=random.randrange(24))
    span = [connection.ops.adapt_datetimefield_value(each) for each in (begin, begin + timedelta(hours=1))]
    values = [ANY_BOOKING.value, random.choice(parts).pk, *span]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, values)
    except (IntegrityError, OperationalError):
        return False
    return True


def write(
    act: Act, seed: int, holds: int, parts: list[ResourcePart], section: Department, ready: Any, done: Any
) -> None:
    """Make so many holds, each with its audit entry and its mail; count what was refused."""
    random, made, refused = Random(seed), 0, 0
    connection.ensure_connection()
    ready.wait()
    while made < holds:
        taken = act(seed, random, parts, section)
        made, refused = made + taken, refused + (not taken)
    connection.close()
    done.put(refused)


def holds_a_second(act: Act, writers: int, holds: int, parts: list[ResourcePart], section: Department) -> str:
    """Let writers hold times; return the rate, the refused, and processor time of writers and database a hold."""
    server, before = of_database(), resource.getrusage(resource.RUSAGE_CHILDREN)
    connections.close_all()
    freeze_program()
    ready, done = FORK.Barrier(writers + 1), FORK.Queue()
    each = [FORK.Process(target=write, args=(act, seed, holds, parts, section, ready, done)) for seed in range(writers)]
    for process in each:
        process.start()
    ready.wait()
    began = time.perf_counter()
    refused = sum(done.get() for _ in each)
    seconds, total = time.perf_counter() - began, writers * holds
    for process in each:
        process.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    mine = 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / total
    theirs = 1000 * (of_database() - server) / total
    return (
        f"{total / seconds:.0f} a second ({total} holds, {refused} refused, {overlaps()} overlaps); processor time "
        f"each {mine:.1f} ms writer + {theirs:.1f} ms database, so {1000 * CORES / (mine + theirs):.0f} a second would "
        f"fill {CORES} cores; load {os.getloadavg()[0]:.1f}"
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
    listed, spent = ClosedList(dict.fromkeys(codes, 1), 0, "V", tuple(made)), []
    for _ in range(7):
        cpu = time.process_time()
        draw(listed, bytes(32), "38,915.87")
        spent.append(time.process_time() - cpu)
    print(
        f"draw of 20,000 entries over 11,160 items: {min(spent):.2f} to {max(spent):.2f} s of the processor in "
        f"{len(spent)} draws; load {os.getloadavg()[0]:.1f}"
    )


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


def holds(writers: int, count: int, parts: list[ResourcePart], section: Department) -> None:
    hold(0, Random(9), parts, section)
    ANY_BOOKING.value = Booking.objects.latest("pk").pk
    for name, act in (("bare constraint", insert), ("holds with audit and mail", hold), ("bare constraint", insert)):
        print(f"{name}: {holds_a_second(act, writers, count, parts, section)}", flush=True)


def pages(rows: list[BookableUnit]) -> None:
    month = [today() + timedelta(days=number) for number in range(31)]
    hall = [each for each in rows if each.resource_id == rows[0].resource_id]
    visitor, where = Client(), reverse("portal:facility", args=[hall[0].code])
    freeze_program()
    print(f"month grid of one hall ({len(hall)} units): {p99(lambda: month_grid(hall, month))}")
    print(f"search over {len(rows)} units of 100 facilities: {p99(lambda: month_grid(rows, month[:1]))}")
    print(f"page of a month: {p99(lambda: visitor.get(where))}")
    print(f"page of the search: {p99(lambda: visitor.get(reverse('portal:facilities')))}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--holds", type=int, default=150, help="holds of each writer")
    parser.add_argument("--parts", nargs="*", default=["holds", "pages", "lottery", "draws"], help="what is measured")
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
    if "holds" in chosen.parts:
        holds(chosen.writers, chosen.holds, parts, group.department)
    if "pages" in chosen.parts:
        pages(rows)
    if "lottery" in chosen.parts:
        lottery()
    if "draws" in chosen.parts:
        fairness()
        page_of_a_draw(unit, who, clerk)


if __name__ == "__main__":
    main()
