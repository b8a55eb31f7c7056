"""Payments of the demo ward: a day to be closed, and convenience-store counts, all invented (架空)."""

import csv
import io
from datetime import datetime, time, timedelta

from todoke.accounts.actors import Guest, System
from todoke.insights import channel_counts
from todoke.insights.volumes import fiscal_year_start
from todoke.japanese.calendar import JAPAN, today
from todoke.payments import collection, reconciliation, statements
from todoke.payments.models import Charge, Due

BY = System("デモ")
COPY = Due("住民票の写し交付手数料", "13-02-01", 300)


def build() -> None:
    """Create yesterday's payments for the treasurer to close, and monthly counts."""
    _yesterday()
    _counts()


def _yesterday() -> None:
    day = today() - timedelta(days=1)
    at = datetime.combine(day, time(10), JAPAN)
    agent: list[list[object]] = [["業務日", "区分", "照合番号", "金額", "手数料", "入金番号", "入金予定日"]]
    for number in range(8):
        charge = Charge.assess("住民票の写しの交付(架空)", [COPY], applied_on=day, by=Guest())
        method = "cash" if number % 2 else "card"
        reference = f"demo-{number:03}"
        collection.pay_at_counter(charge, reference=reference, by=BY, method=method, paid_at=at)
        if method == "card":
            agent.append([day, "売上", reference, 300, 9, "PO-DEMO", day + timedelta(days=2)])
    agent.append([day, "売上", "other-0001", 500, 15, "PO-DEMO", day + timedelta(days=2)])
    till: list[list[object]] = [["業務日", "レジ番号", "金額"], [day, "1番窓口", 1100]]
    for name, rows in (("決済事業者(架空).csv", agent), ("レジ(架空).csv", till)):
        statements.import_statement(name, _csv(rows), by=BY)
    reconciliation.reconcile(day, by=BY)


def _counts() -> None:
    start = fiscal_year_start(today())
    rows: list[list[object]] = [list(channel_counts.HEADS)]
    end = start + timedelta(days=29)
    for what, konbini, counter in (("住民票の写し", 5120, 3480), ("印鑑登録証明書", 2210, 1950)):
        rows += [[start, end, what, "コンビニ交付", konbini], [start, end, what, "窓口", counter]]
    channel_counts.import_counts("コンビニ交付(架空).csv", _csv(rows), by=BY)


def _csv(rows: list[list[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
