"""A day of synthetic money with planted faults: what happened, and what the files of agent, bank and tills say."""

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from todoke.accounts.actors import Guest, System
from todoke.japanese.calendar import JAPAN
from todoke.payments import closing, collecting, statements
from todoke.payments.models import Attempt, Charge, Due, Receipt, Statement
from todoke.payments.providers.port import Kind, Notification

REVENUES = [
    Due("住民票の写し", "13-01-01", 300),
    Due("印鑑登録証明書", "13-01-02", 300),
    Due("課税証明書", "13-02-01", 350),
]
AGENT_HEADER = ["業務日", "区分", "照合番号", "金額", "手数料", "入金番号", "入金予定日"]
CLERK = System("合成データ")


@dataclass
class Day:
    """One synthetic day: its planted differences by class, and the lines of each file."""

    day: date
    planted: Counter[str] = field(default_factory=Counter)
    agent: list[list[object]] = field(default_factory=list)
    payouts: Counter[str] = field(default_factory=Counter)
    cash: int = 0


class Office:
    """Makes days in order; a seed makes the same days again."""

    def __init__(self, seed: int, faults_per_class: int) -> None:
        self.chance = random.Random(seed)
        self.each = faults_per_class
        self.number = 0
        self.due: dict[date, Counter[str]] = {}

    def live(self, day: date, payments: int) -> Day:
        """Let a day happen: charges, cash and card payments, notices late, doubled and out of order, and faults."""
        lived = Day(day)
        faults = [name for name in FAULTS for _ in range(self.each)]
        for order in range(payments):
            charge = Charge.assess("証明書の交付", [self.chance.choice(REVENUES)], applied_on=day, by=Guest())
            if order < len(faults):
                FAULTS[faults[order]](self, lived, charge)
            elif order % 5 == 0:
                self._cash(lived, charge)
            else:
                self._card(lived, charge)
        self._chargeback(lived)
        return lived

    def _attempt(self, lived: Day, charge: Charge) -> Attempt:
        self.number += 1
        attempt = Attempt.start(charge, provider="simulator", method=Receipt.Method.CARD, by=Guest())
        at = datetime.combine(lived.day, time(9), JAPAN) + timedelta(seconds=self.chance.randrange(28_800))
        attempt.reference, attempt.requested_at = f"psp{self.number:08}", at
        attempt.save(update_fields=["reference", "requested_at"])
        return attempt

    def tell(self, attempt: Attempt, kind: Kind = Kind.CAPTURED, yen: int | None = None) -> None:
        self.number += 1
        told = Notification(
            provider="simulator",
            event=f"evt{self.number:08}",
            kind=kind,
            key=attempt.key,
            reference=attempt.reference,
            yen=attempt.yen if yen is None else yen,
            happened_at=attempt.requested_at,
        )
        for _ in range(1 + (self.chance.random() < 0.1)):
            collecting.receive(told)

    def report(self, lived: Day, reference: str, yen: int, kind: str = "売上", payout: bool = True) -> None:
        on = lived.day + timedelta(days=2)
        fee = yen * 3 // 100 if kind == "売上" else 0
        lived.agent.append(
            [lived.day, kind, reference, yen, fee, f"PO{on:%m%d}" if payout else "", on if payout else ""]
        )
        if payout:
            self.due.setdefault(on, Counter())[f"PO{on:%m%d}"] += (yen if kind == "売上" else -yen) - fee

    def _cash(self, lived: Day, charge: Charge) -> None:
        self.number += 1
        at = datetime.combine(lived.day, time(10), JAPAN)
        collecting.pay_at_counter(charge, reference=f"till{self.number:08}", by=CLERK)
        Receipt.objects.filter(charge=charge).update(paid_on=lived.day, paid_at=at)
        lived.cash += charge.yen

    def _card(self, lived: Day, charge: Charge) -> None:
        attempt = self._attempt(lived, charge)
        if self.chance.random() < 0.05:
            self.tell(attempt, Kind.FAILED)
        self.tell(attempt)
        self.report(lived, attempt.reference, attempt.yen)

    def _never_told(self, lived: Day, charge: Charge) -> None:
        attempt = self._attempt(lived, charge)
        self.report(lived, attempt.reference, attempt.yen)
        lived.planted["captured_not_acknowledged"] += 1

    def _told_a_lie(self, lived: Day, charge: Charge) -> None:
        attempt = self._attempt(lived, charge)
        self.tell(attempt, yen=attempt.yen + 1)
        self.report(lived, attempt.reference, attempt.yen)
        lived.planted["captured_not_acknowledged"] += 1

    def _never_captured(self, lived: Day, charge: Charge) -> None:
        self.tell(self._attempt(lived, charge))
        lived.planted["acknowledged_not_captured"] += 1

    def _other_amount(self, lived: Day, charge: Charge) -> None:
        attempt = self._attempt(lived, charge)
        self.tell(attempt)
        self.report(lived, attempt.reference, attempt.yen + 100)
        lived.planted["amount_differs"] += 1

    def _doubled(self, lived: Day, charge: Charge) -> None:
        attempt = self._attempt(lived, charge)
        self.tell(attempt)
        for _ in range(2):
            self.report(lived, attempt.reference, attempt.yen)
        lived.planted["duplicate"] += 1

    def _paid_by_two_cards(self, lived: Day, charge: Charge) -> None:
        for _ in range(2):
            attempt = self._attempt(lived, charge)
            self.tell(attempt)
            self.report(lived, attempt.reference, attempt.yen)
        lived.planted["duplicate"] += 1

    def _refund_lost(self, lived: Day, charge: Charge) -> None:
        self._refund(lived, charge, reported=False)
        lived.planted["refund_missing"] += 1

    def _refund(self, lived: Day, charge: Charge, *, reported: bool = True) -> None:
        self._card(lived, charge)
        receipt = Receipt.objects.get(charge=charge)
        refund = collecting.give_back(receipt, yen=receipt.yen, seen_refunded_yen=0, reason="合成データ", by=CLERK)
        assert refund is not None
        refund.decided_on = lived.day
        refund.save(update_fields=["decided_on"])
        if reported:
            self.report(lived, refund.number, refund.yen, "返金")

    def _no_payout_date(self, lived: Day, charge: Charge) -> None:
        attempt = self._attempt(lived, charge)
        self.tell(attempt)
        self.report(lived, attempt.reference, attempt.yen, payout=False)
        lived.planted["payout_date_missing"] += 1

    def _nobodys(self, lived: Day, charge: Charge) -> None:
        self._cash(lived, charge)
        self.number += 1
        self.report(lived, f"other{self.number:08}", 500)
        lived.planted["unknown"] += 1

    def _chargeback(self, lived: Day) -> None:
        receipt = Receipt.objects.filter(method=Receipt.Method.CARD, paid_on=lived.day).order_by("-pk").first()
        if receipt is not None:
            attempt = Attempt.objects.get(reference=receipt.reference)
            self.tell(attempt, Kind.CHARGED_BACK)
            self.report(lived, receipt.reference, receipt.yen, "取消請求")
            lived.planted["charged_back"] += 1

    def hand_in(self, lived: Day, *, till_difference: int, payout_difference: int) -> None:
        """Import the day's files: agent, bank (each payout split in two) and till."""
        files = {Statement.Source.AGENT: [AGENT_HEADER, *lived.agent]}
        bank: list[list[object]] = [["業務日", "照合番号", "入金額", "入金番号"]]
        for payout, net in self.due.pop(lived.day, Counter()).items():
            bank += [[lived.day, f"{payout}-1", net // 2, payout], [lived.day, f"{payout}-2", net - net // 2, payout]]
            if payout_difference:
                bank[-1][2] = net - net // 2 - payout_difference
                lived.planted["payout_differs"] += 1
        files[Statement.Source.BANK] = bank
        till = lived.cash + till_difference
        files[Statement.Source.TILL] = [["業務日", "レジ番号", "金額"], [lived.day, "1番窓口", till]]
        lived.planted["cash_differs"] += bool(till_difference)
        for source, rows in files.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            statements.take_in(f"{lived.day}-{source}.csv", text.getvalue().encode("cp932"), source, by=CLERK)


FAULTS = {
    "never told": Office._never_told,
    "lie": Office._told_a_lie,
    "never captured": Office._never_captured,
    "other amount": Office._other_amount,
    "doubled": Office._doubled,
    "two cards": Office._paid_by_two_cards,
    "refund": Office._refund,
    "refund lost": Office._refund_lost,
    "no payout date": Office._no_payout_date,
    "nobody's": Office._nobodys,
}


def found(day: date) -> Counter[str]:
    """Reconcile a day and count its differences by class."""
    sheet = closing.reconcile(day, by=CLERK)
    return Counter(sheet.findings.values_list("difference", flat=True))
