"""Thirty synthetic days with every fault switched on: what was planted, what was found, and how long a close takes."""

import argparse
import os
import platform
import time
from collections import Counter
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from tests.cast.money_close import close
from tests.cast.money_day import Office

from todoke.accounts.models import User
from todoke.payments import trial_balance
from todoke.payments.models import LedgerLine, OpenItem, Receipt, Refund

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--days", type=int, default=30)
parser.add_argument("--payments", type=int, default=2000)
chosen = parser.parse_args()

AFTER = 6  # days without payments, in whose files the last open items are settled

call_command("migrate", verbosity=0)
second = User.objects.create_user("second@example.lg.jp", name="確認 者")
office = Office(seed=20261122, faults_per_class=3)
planted: Counter[str] = Counter()
found: Counter[str] = Counter()
days: list[tuple[float, int, int]] = []
for offset in range(chosen.days + AFTER):
    day, busy = date(2026, 10, 1) + timedelta(days=offset), offset < chosen.days
    with transaction.atomic():
        lived = office.live(day, chosen.payments) if busy else office.live(day, 0)
    till, short = -100 if busy and offset % 3 == 0 else 0, 50 if busy and offset % 5 == 4 else 0
    office.hand_in(lived, till_difference=till, payout_difference=short)
    began = time.perf_counter()
    sheet = close(day, office, second, down=offset % 7 == 6)
    days.append((time.perf_counter() - began, trial_balance.unexplained_yen(), OpenItem.objects.open().count()))
    planted += lived.planted
    found += Counter(sheet.findings.values_list("difference", flat=True))

print(f"{platform.platform()}, Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores")
print(f"synthetic: {chosen.days} days x {chosen.payments} payments and {AFTER} days after, seed 20261122")
print("close of a day = match, deal with every difference as proposed, ask after what is open, sign twice")
print(f"every 7th day the provider is down at the close; also happened: {dict(office.happened)}")
print(f"receipts {Receipt.objects.count():,}, refunds {Refund.objects.count():,}")
print(f"{'class':<28}{'planted':>9}{'found':>9}{'carried':>9}{'open at the end':>17}")
for name in sorted(planted | found):
    carried = OpenItem.objects.filter(finding__difference=name)
    print(f"{name:<28}{planted[name]:>9}{found[name]:>9}{carried.count():>9}{carried.open().count():>17}")
print(f"planted {planted.total()}, found {found.total()}, class by class equal: {planted == found}")
print(f"{'account':<32}{'ledger':>14}{'accounted for':>16}{'unexplained':>13}")
for balance in trial_balance.balances():
    print(
        f"{balance.account} {balance.name:<26}{balance.ledger:>14,}{balance.accounted:>16,}{balance.unexplained:>13,}"
    )
print(
    f"unexplained yen, worst of {len(days)} days: {max(yen for _, yen, _ in days)}; ledger total {LedgerLine.total()}"
)
print(f"open items at the end of a day: most {max(count for _, _, count in days)}, on the last day {days[-1][2]}")
times = sorted(seconds for seconds, _, _ in days[: chosen.days])
print(f"close of a day: median {times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s")
