"""The public page of crowding while everybody looks: processor time of a view, and views a second with their times.

    ./todoke bench crowding [--rate 200] [--seconds 20]

The server is the product's own with two processes; one thread a connection asks at a fixed rate, on an even schedule,
and a view that begins late counts from when it should have begun. The points are made up.
"""

import argparse
import os
import platform
import statistics
import threading
import time
from datetime import timedelta
from http.client import HTTPConnection

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests import cast

from todoke.places.models import OccupancyPoint, OccupancyReport, Place
from todoke.proving.installation import Installation

POINTS, CONNECTIONS, LIMIT, AGES = 56, 20, 250, (5, 40, 90, 170, 400)
PATH = "/crowding/"


def fill() -> None:
    """Fifty-six shelters, each with reports of every age; each changes what the page says at a second of its own."""
    section, clerk, now = cast.department(), cast.clerk(), timezone.now()
    for number in range(POINTS):
        place = Place.objects.create(code=f"s{number}", name=f"第{number}小学校", address="中央一丁目", source="試し")
        point = OccupancyPoint.objects.create(
            place=place, department=section, kind="shelter", capacity=500, opened_at=now - timedelta(hours=9)
        )
        for age in AGES[number % len(AGES) :]:
            OccupancyReport.objects.create(
                point=point, level="crowded", at=now - timedelta(minutes=age, seconds=number), source="staff", by=clerk
            )


def processor_time(language: str) -> tuple[float, float]:
    """Return median and mean milliseconds of processor time of a view of 200, a tenth of which reads the rows anew."""
    client, spent = Client(), list[float]()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.get(PATH)
    for view in range(200):
        if view % 10 == 0:
            cache.clear()
        began = time.process_time()
        assert client.get(PATH).status_code == 200
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent), statistics.mean(spent)


def views(port: int, rate: int, seconds: int) -> tuple[list[float], int]:
    """Return the milliseconds of each view from when it should have begun, and how many failed."""
    begin, taken, failed, lock = time.monotonic() + 0.5, list[float](), list[int](), threading.Lock()

    def look(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(first, rate * seconds, CONNECTIONS):
            due = begin + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            connection.request("GET", PATH)
            answer = connection.getresponse()
            answer.read()
            with lock:
                taken.append((time.monotonic() - due) * 1000)
                if answer.status != 200:
                    failed.append(answer.status)

    threads = [threading.Thread(target=look, args=[first]) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(taken), len(failed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    call_command("migrate", verbosity=0)
    fill()
    size = len(Client().get(PATH).content)
    for language in ("ja", "ja-easy", "en"):
        median, mean = processor_time(language)
        print(
            f"{POINTS} points, {size / 1000:.1f} kB, {language}: processor {median:.1f} ms a view, mean {mean:.1f} ms"
        )
    installation = Installation(database="sqlite")
    try:
        installation.build()
        installation.manage("shell", "-c", "from benchmarks.crowding import fill; fill()")
        installation.start(cold=True, worker=False)
        views(installation.port, 20, 2)
        taken, failed = views(installation.port, options.rate, options.seconds)
    finally:
        installation.stop()
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(
        f"{len(taken):,} views at {options.rate} a second: p50 {p50:.0f} ms, p99 {p99:.0f} ms (limit {LIMIT}), "
        f"most {taken[-1]:.0f} ms, failed {failed}"
    )


if __name__ == "__main__":
    main()
