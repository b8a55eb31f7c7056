"""Trial balance 残高の証明: every ledger account against the statements and the open items, in yen."""

from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import F, Q, Sum, When

from todoke.payments import ledger_accounts
from todoke.payments.matching import Discrepancy, LineKind
from todoke.payments.models import Charge, LedgerLine, OpenItem, PeriodLock
from todoke.payments.models.day_close import Statement, StatementLine


@dataclass(frozen=True)
class Balance:
    """One account (勘定の残高): the ledger's yen, and the yen that statements and open items account for."""

    account: str
    ledger: int
    accounted: int

    @property
    def name(self) -> str:
        return ledger_accounts.name(self.account)

    @property
    def unexplained(self) -> int:
        return self.ledger - self.accounted


def balances() -> list[Balance]:
    """Return every account whose balance statements or open items must explain, over the closed days."""
    closed = PeriodLock.objects.values("day")
    lines = StatementLine.objects.filter(day__in=closed)
    signed = Sum(Choose(When(kind=LineKind.CAPTURE, then=F("yen")), default=-F("yen")))
    agent = Q(statement__source=Statement.Source.AGENT)
    reported = _of(lines.filter(agent).aggregate(total=signed))
    paid_out = StatementLine.objects.filter(agent, payout_on__in=closed)
    dated_later = OpenItem.objects.filter(
        finding__difference=Discrepancy.PAYOUT_DATE_MISSING.value, settled_on__isnull=False
    )
    superseded = _of(dated_later.aggregate(total=Sum("yen")))
    accounted = {
        ledger_accounts.RECEIVABLE: _of(Charge.objects.unpaid().aggregate(total=Sum("yen"))),
        ledger_accounts.AGENT: reported - superseded - _of(paid_out.aggregate(total=signed)),
        ledger_accounts.BANK: _of(lines.filter(statement__source=Statement.Source.BANK).aggregate(total=Sum("yen"))),
        ledger_accounts.CASH: _of(lines.filter(statement__source=Statement.Source.TILL).aggregate(total=Sum("yen"))),
        ledger_accounts.FEES: _of(paid_out.aggregate(total=Sum("fee_yen"))),
    }
    named = [ledger_accounts.DISPUTED, ledger_accounts.OVERPAID, ledger_accounts.SUSPENSE, ledger_accounts.UNREFUNDED]
    for account in named:
        accounted[account] = _of(OpenItem.objects.open().filter(account=account).aggregate(total=Sum("yen")))
    booked = LedgerLine.objects.filter(journal__day__in=closed).order_by().values_list("account")
    settled: dict[str, int] = dict(booked.annotate(whole=Sum("yen")))
    return [
        Balance(
            account,
            LedgerLine.balance(account) if account == ledger_accounts.RECEIVABLE else settled.get(account, 0),
            yen,
        )
        for account, yen in accounted.items()
    ]


def unexplained_yen() -> int:
    """Return the sum of unexplained yen over all accounts, as absolute amounts (説明のつかない額)."""
    return sum(abs(balance.unexplained) for balance in balances())


def _of(found: dict[str, int | None]) -> int:
    return found["total"] or 0
