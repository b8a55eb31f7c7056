"""Thirty synthetic days with every fault switched on: what was planted, what was found, and how long a close takes."""

import argparse
import os
import platform
import tempfile
import time
from collections import Counter
from datetime import date, timedelta

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--days", type=int, default=30)
parser.add_argument("--payments", type=int, default=2000)
chosen = parser.parse_args()
os.environ["TODOKE_VAR"] = tempfile.mkdtemp(prefix="todoke-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")

import django  # noqa: E402 - the settings must be chosen first

django.setup()

from benchmarks.money_day import CLERK, Office  # noqa: E402 - needs the settings
from django.core.management import call_command  # noqa: E402 - needs the settings
from django.db import connection, transaction  # noqa: E402 - needs the settings

from todoke.accounts.models import User  # noqa: E402 - needs the settings
from todoke.payments import accounts, closing  # noqa: E402 - needs the settings
from todoke.payments.models import LedgerLine  # noqa: E402 - needs the settings

call_command("migrate", verbosity=0)
second = User.objects.create_user("second@example.lg.jp", name="確認 者")
office = Office(seed=20261122, faults_per_class=3)
planted: Counter[str] = Counter()
found: Counter[str] = Counter()
closes = []
for offset in range(chosen.days):
    day = date(2026, 10, 1) + timedelta(days=offset)
    with transaction.atomic():
        lived = office.live(day, chosen.payments)
    office.hand_in(
        lived, till_difference=-100 if offset % 3 == 0 else 0, payout_difference=50 if offset % 5 == 4 else 0
    )
    began = time.perf_counter()
    sheet = closing.reconcile(day, by=CLERK)
    for finding in sheet.findings.all():
        finding.explain("合成データ: 植えた差異", by=CLERK)
    sheet.prepare(by=CLERK)
    closing.sign(sheet, by=second)
    closes.append(time.perf_counter() - began)
    planted += lived.planted
    found += Counter(sheet.findings.values_list("difference", flat=True))

print(f"{platform.platform()}, Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores")
print(f"synthetic: {chosen.days} days x {chosen.payments} payments, seed 20261122; close = match, explain, sign twice")
print(f"{'class':<28}{'planted':>9}{'found':>9}")
for name in sorted(planted | found):
    print(f"{name:<28}{planted[name]:>9}{found[name]:>9}")
print(f"equal: {planted == found}; unexplained: 0 (a day cannot be signed otherwise)")
print(f"ledger total: {LedgerLine.total()} yen; open with the agent: {LedgerLine.balance(accounts.AGENT):,} yen")
print(f"close of a day: median {sorted(closes)[len(closes) // 2]:.2f} s, longest {max(closes):.2f} s")
