"""The public page of contacts over 200,000 synthetic matters: time and queries of the chart.

    ./todoke bench contacts [--matters 200000]

Every matter is made up here and belongs to nobody.
"""

import argparse
import os
import platform
import statistics
import time
from datetime import timedelta
from random import Random

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import cast

from todoke.guidance.models import Contact, ContactThread, ContactTopic
from todoke.guidance.models.contact import SILENCE, month_of

TOPICS, TIMES, LIMIT = 30, 21, 300


def fill(matters: int) -> None:
    """Write matters over the last thirteen months, as contacts would leave them."""
    dice, now = Random(200), timezone.now()
    section = cast.department()
    topics = ContactTopic.objects.bulk_create(
        ContactTopic(name=f"種類{n:02}", kana=f"しゅるい{n:02}", department=section) for n in range(TOPICS)
    )
    for start in range(0, matters, 10_000):
        rows = []
        for n in range(start, min(start + 10_000, matters)):
            at = now - timedelta(seconds=dice.randrange(360 * 86_400))
            later = dice.choice((None, None, None, dice.randrange(1, 40 * 86_400)))
            rows.append(
                ContactThread(
                    number=f"{n:08}", topic=dice.choice(topics), opened_at=at, month=month_of(at),
                    silent_from=at + SILENCE, first_outcome=dice.choice(Contact.Outcome.values),
                    first_time=dice.choice(("yes", "yes", "yes", "yes", "no", "unknown")),
                    contacts=1 if later is None else 2,
                    second_at=None if later is None else at + timedelta(seconds=later),
                )
            )  # fmt: skip
        ContactThread.objects.bulk_create(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matters", type=int, default=200_000)
    options = parser.parse_args()
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    call_command("migrate", verbosity=0)
    fill(options.matters)
    client, wall, processor = Client(), [], []
    client.get("/board/public/contacts/")
    for _ in range(TIMES):
        began, spent = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/board/public/contacts/").status_code == 200
        wall.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    print(
        f"the page over {options.matters:,} matters, {connection.vendor}: median {statistics.median(wall):.0f} ms, "
        f"most {max(wall):.0f} ms (limit {LIMIT}); processor {statistics.median(processor):.0f} ms; "
        f"{len(queries)} queries"
    )


if __name__ == "__main__":
    main()
