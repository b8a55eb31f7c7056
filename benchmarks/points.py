"""30,000 people of a list come for 7,000 points each, and the budget bears 25,000: how many get any, how fast."""

import os
import platform
import time

from django.core.management import call_command
from django.db import connection
from tests.cast import points as of_points

from todoke.payments.models import LedgerLine
from todoke.points import point_balances
from todoke.points.models import EligiblePerson, PointGrant
from todoke.runtime.refusals import Refused

PEOPLE, PAID, POINTS = int(os.environ.get("PEOPLE", "30000")), int(os.environ.get("PAID", "25000")), 7000

call_command("migrate", verbosity=0)
program = of_points.program(POINTS, budget=PAID * POINTS)
program.enrol([(f"{number:07}", 1950) for number in range(PEOPLE)], by=of_points.BY)
granted, told = 0, 0
began, processor = time.perf_counter(), time.process_time()
for person in EligiblePerson.objects.select_related("program").order_by("pk").iterator():
    way = EligiblePerson.Way.COUNTER if person.pk % 2 else EligiblePerson.Way.LETTER
    try:
        PointGrant.claim(person, way=way, by=of_points.BY)
        granted += 1
    except Refused:
        told += 1
seconds, processor = time.perf_counter() - began, time.process_time() - processor
program.refresh_from_db()
over = max(0, program.committed_yen - PAID * POINTS)
print(f"{platform.platform()}, Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores")
print(f"{PEOPLE:,} people (synthetic), budget for {PAID:,}: {granted:,} granted, {told:,} told, {over} yen over")
print(f"ledger {LedgerLine.total()} yen, unexplained {point_balances.unexplained_yen()} yen")
print(f"{seconds:.0f} seconds ({processor:.0f} of the processor), {granted / seconds:.0f} grants a second")
