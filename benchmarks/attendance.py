"""The month of 200 people, 31 days each, from clock events to buckets: seconds and queries."""

import os
import platform
import time
from datetime import date, datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.cast import workforce as of_work

from todoke.japanese.calendar import JAPAN
from todoke.workforce.attendance_record import person_months
from todoke.workforce.models import ClockEvent, MonthSheet, OvertimeOrder

PEOPLE, MONTH = 200, date(2025, 10, 1)

call_command("migrate", verbosity=0)
here = of_work.section()
of_work.rules(here.personnel)
people = [cast.staff(f"職員{n}", f"w{n}@example.lg.jp", section=here.department) for n in range(PEOPLE)]
sheets = [MonthSheet.of(person, MONTH) for person in people]
events, orders = list[ClockEvent](), list[OvertimeOrder]()
for person, sheet in zip(people, sheets, strict=True):
    for ahead in range(31):
        day = MONTH + timedelta(days=ahead)
        for kind, hour in (("in", 8), ("out", 20)):
            at = datetime(day.year, day.month, day.day, hour, 24, tzinfo=JAPAN)
            key = f"{person.pk}-{kind}-{day}"
            events.append(ClockEvent(user=person, on=day, month=MONTH, at=at, kind=kind, source="reader", key=key))
        span = {"starts_at": of_work.at(day, 17, 15), "ends_at": of_work.at(day, 20)}
        orders.append(
            OvertimeOrder(
                sheet=sheet, user=person, on=day, month=MONTH, reason="計測", status="ordered", requested_by=here.chief,
                decided_by=here.chief, **span,
            )
        )  # fmt: skip
ClockEvent.objects.bulk_create(events, batch_size=2000)
OvertimeOrder.objects.bulk_create(orders, batch_size=2000)
with CaptureQueriesContext(connection) as asked:
    began, processor = time.perf_counter(), time.process_time()
    months = person_months(sheets)
    seconds, processor = time.perf_counter() - began, time.process_time() - processor
print(f"{platform.platform()}, Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores")
print(f"{len(months)} people, {len(events):,} clock events, {len(orders):,} orders (synthetic)")
print(f"{seconds:.2f} seconds ({processor:.2f} of the processor), {len(asked)} queries; target: at most 1 second")
