"""A month of synthetic money with planted faults: what happened, and what the files of agent, bank and tills say."""

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.cast.money_wire import connect, deliver
from todoke.accounts.actors import Guest, System
from todoke.japanese.calendar import JAPAN
from todoke.payments import checkout, collection, reconciliation, statements
from todoke.payments.fake_provider import Payment
from todoke.payments.models import Attempt, Charge, Due, Receipt, Statement
from todoke.payments.providers.interface import EventKind, ProviderDown

REVENUES = [
    Due("住民票の写し", "13-01-01", 300),
    Due("印鑑登録証明書", "13-01-02", 300),
    Due("課税証明書", "13-02-01", 350),
]
AGENT_HEADER = ["業務日", "区分", "照合番号", "金額", "手数料", "入金番号", "入金予定日"]
BANK_HEADER = ["業務日", "照合番号", "入金額", "入金番号"]
CLERK = System("合成データ")
Row = list[object]


@dataclass
class Day:
    """One synthetic day: its planted differences by class, and what lies in the till."""

    day: date
    planted: Counter[str] = field(default_factory=Counter)
    cash: int = 0


class Office:
    """Makes days in order; a seed makes the same days again. Files of later days hold what settles earlier ones."""

    def __init__(self, seed: int, faults_per_class: int) -> None:
        self.chance = random.Random(seed)
        self.each = faults_per_class
        self.number = 0
        self.book = connect(seed)
        self.agent: defaultdict[date, list[Row]] = defaultdict(list)
        self.due: defaultdict[date, Counter[str]] = defaultdict(Counter)
        self.bank: defaultdict[date, list[Row]] = defaultdict(list)
        self.later: defaultdict[date, list[Callable[[], None]]] = defaultdict(list)
        self.given: set[str] = set()
        self.happened: Counter[str] = Counter()

    def live(self, day: date, payments: int) -> Day:
        """Let a day happen: charges, cash and card payments, notices late, doubled and out of order, and faults."""
        lived = Day(day)
        for act in self.later.pop(day, []):
            act()
        faults = [name for name in FAULTS for _ in range(self.each)]
        for order in range(payments):
            charge = Charge.assess("証明書の交付", [self.chance.choice(REVENUES)], applied_on=day, by=Guest())
            if order < len(faults):
                FAULTS[faults[order]](self, lived, charge)
            elif order % 5 == 0:
                self._cash(lived, charge)
            else:
                self._card(lived, charge)
        return lived

    def _begin(self, lived: Day, charge: Charge) -> tuple[Attempt, Payment]:
        """A payer begins; when the provider is down, once more."""
        chosen: dict[str, Any] = {
            "provider_name": "wire",
            "method": Receipt.Method.CARD,
            "return_url": "http://ward/",
            "by": Guest(),
        }
        if self.chance.random() < 0.02:
            self.happened["provider down when a payer began"] += 1
            self.book.faults.down = 1.0
            try:
                checkout.begin(charge, **chosen)
            except ProviderDown:
                self.book.faults.down = 0.0
        checkout.begin(charge, **chosen)
        attempt = charge.attempts.latest("pk")
        attempt.requested_at = datetime.combine(lived.day, time(9), JAPAN) + timedelta(
            seconds=self.chance.randrange(28_800)
        )
        attempt.save(update_fields=["requested_at"])
        payment = self.book.payments[attempt.key]
        payment.opened_at = attempt.requested_at
        return attempt, payment

    def captured(self, lived: Day, charge: Charge, *, told: bool = True) -> tuple[Attempt, Payment]:
        attempt, payment = self._begin(lived, charge)
        if told and self.chance.random() < 0.05:
            self.happened["failure told before the success"] += 1
            deliver(payment, kind=EventKind.FAILED)
        payment.outcome = EventKind.CAPTURED
        for _ in range(told + (told and self.chance.random() < 0.1)):
            self.happened["notices"] += 1
            deliver(payment)
        return attempt, payment

    def report(self, day: date, reference: str, yen: int, kind: str = "売上", payout: bool = True) -> None:
        on = day + timedelta(days=2)
        fee = yen * 3 // 100 if kind == "売上" else 0
        number = f"PO{on:%y%m%d}"
        self.agent[day].append([day, kind, reference, yen, fee, number if payout else "", on if payout else ""])
        if payout:
            self.due[on][number] += (yen if kind == "売上" else -yen) - fee

    def _cash(self, lived: Day, charge: Charge) -> None:
        self.number += 1
        at = datetime.combine(lived.day, time(10), JAPAN)
        collection.pay_at_counter(charge, reference=f"till{self.number:08}", by=CLERK, paid_at=at)
        lived.cash += charge.yen

    def _card(self, lived: Day, charge: Charge) -> None:
        attempt, _ = self.captured(lived, charge)
        self.report(lived.day, attempt.reference, attempt.yen)

    def told_late(self, lived: Day, charge: Charge) -> None:
        attempt, payment = self.captured(lived, charge, told=False)
        self.report(lived.day, attempt.reference, attempt.yen)
        lived.planted["captured_not_acknowledged"] += 1
        self.happened["notice came a day late"] += 1
        self.later[lived.day + timedelta(days=1)].append(lambda: deliver(payment))

    def told_a_lie(self, lived: Day, charge: Charge) -> None:
        attempt, payment = self.captured(lived, charge, told=False)
        deliver(payment, yen=payment.yen + 1)
        self.report(lived.day, attempt.reference, attempt.yen)
        lived.planted["captured_not_acknowledged"] += 1
        self.happened["notice with another amount"] += 1

    def never_captured(self, lived: Day, charge: Charge) -> None:
        _, payment = self._begin(lived, charge)
        payment.outcome = EventKind.FAILED
        deliver(payment, kind=EventKind.CAPTURED)
        lived.planted["acknowledged_not_captured"] += 1

    def after_hours(self, lived: Day, charge: Charge) -> None:
        attempt, _ = self.captured(lived, charge)
        self.report(lived.day + timedelta(days=1), attempt.reference, attempt.yen)
        lived.planted["acknowledged_not_captured"] += 1

    def other_amount(self, lived: Day, charge: Charge) -> None:
        attempt, _ = self.captured(lived, charge)
        more = self.chance.choice([100, -100])
        self.report(lived.day, attempt.reference, attempt.yen + more)
        if more < 0:
            self.report(lived.day + timedelta(days=2), attempt.reference, -more)
        lived.planted["amount_differs"] += 1

    def doubled(self, lived: Day, charge: Charge) -> None:
        attempt, _ = self.captured(lived, charge)
        for _ in range(2):
            self.report(lived.day, attempt.reference, attempt.yen)
        self.report(lived.day + timedelta(days=1), attempt.reference, attempt.yen, "返金")
        lived.planted["duplicate"] += 1

    def paid_by_two_cards(self, lived: Day, charge: Charge) -> None:
        held = [self._begin(lived, charge)]
        deliver(held[0][1], kind=EventKind.FAILED)
        held.append(self._begin(lived, charge))
        for attempt, payment in held:
            payment.outcome = EventKind.CAPTURED
            deliver(payment)
            self.report(lived.day, attempt.reference, attempt.yen)
        lived.planted["duplicate"] += 1

    def refund(self, lived: Day, charge: Charge) -> None:
        checkout.send_refund(self._give_back(lived, charge))
        self.happened["refund"] += 1

    def refund_lost(self, lived: Day, charge: Charge) -> None:
        self._give_back(lived, charge)
        lived.planted["refund_missing"] += 1

    def _give_back(self, lived: Day, charge: Charge) -> str:
        self._card(lived, charge)
        receipt = Receipt.objects.get(charge=charge)
        part = self.chance.choice([receipt.yen, 100])
        refund = collection.refund(receipt, yen=part, seen_refunded_yen=0, reason="合成データ", by=CLERK, on=lived.day)
        assert refund is not None
        return str(refund.number)

    def no_payout_date(self, lived: Day, charge: Charge) -> None:
        attempt, _ = self.captured(lived, charge)
        self.report(lived.day, attempt.reference, attempt.yen, payout=False)
        self.report(lived.day + timedelta(days=1), attempt.reference, attempt.yen)
        lived.planted["payout_date_missing"] += 1

    def nobodys(self, lived: Day, charge: Charge) -> None:
        self._cash(lived, charge)
        self.number += 1
        self.report(lived.day, f"other{self.number:08}", 500)
        self.report(lived.day + timedelta(days=2), f"other{self.number:08}", 500, "返金")
        lived.planted["unknown"] += 1

    def charged_back(self, lived: Day, charge: Charge) -> None:
        attempt, payment = self.captured(lived, charge)
        self.report(lived.day, attempt.reference, attempt.yen)
        payment.outcome = EventKind.CHARGED_BACK
        if self.chance.random() < 0.5:
            deliver(payment)
        self.report(lived.day, attempt.reference, attempt.yen, "取消請求")
        if self.chance.random() < 0.5:
            self.happened["chargeback won"] += 1
            self.report(lived.day + timedelta(days=3), attempt.reference, attempt.yen)
        lived.planted["charged_back"] += 1

    def hand_in(self, lived: Day, *, till_difference: int = 0, payout_difference: int = 0) -> None:
        """Import the day's files: agent with the refunds it made, bank (each payout split in two) and till."""
        day = lived.day
        for payment in self.book.payments.values():
            for key in payment.refunded.keys() - self.given:
                self.given.add(key)
                self.report(day, key, payment.refunded[key], "返金")
        for payout, net in self.due.pop(day, Counter()).items():
            short = payout_difference if net > payout_difference > 0 else 0
            self.bank[day] += [
                [day, f"{payout}-1", net // 2, payout],
                [day, f"{payout}-2", net - net // 2 - short, payout],
            ]
            if short:
                self.bank[day + timedelta(days=1)].append([day + timedelta(days=1), f"{payout}-3", short, payout])
                lived.planted["payout_differs"] += 1
        lived.planted["cash_differs"] += bool(till_difference)
        till: list[Sequence[object]] = [["業務日", "レジ番号", "金額"], [day, "1番窓口", lived.cash + till_difference]]
        files: dict[str, list[Sequence[object]]] = {
            Statement.Source.AGENT: [AGENT_HEADER, *self.agent.pop(day, [])],
            Statement.Source.BANK: [BANK_HEADER, *self.bank.pop(day, [])],
            Statement.Source.TILL: till,
        }
        for source, rows in files.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            statements.import_statement(f"{day}-{source}.csv", text.getvalue().encode("cp932"), source, by=CLERK)


FAULTS: dict[str, Callable[[Office, Day, Charge], None]] = {
    "told late": Office.told_late,
    "lie": Office.told_a_lie,
    "never captured": Office.never_captured,
    "after hours": Office.after_hours,
    "other amount": Office.other_amount,
    "doubled": Office.doubled,
    "two cards": Office.paid_by_two_cards,
    "refund": Office.refund,
    "refund lost": Office.refund_lost,
    "no payout date": Office.no_payout_date,
    "nobody's": Office.nobodys,
    "charged back": Office.charged_back,
}


def found(day: date) -> Counter[str]:
    """Reconcile a day and count its differences by class."""
    sheet = reconciliation.reconcile(day, by=CLERK)
    return Counter(sheet.findings.values_list("difference", flat=True))
