"""Payment models 納付: charges, attempts, receipts, the ledger, and the day close."""

from todoke.payments.models.attempt import Attempt, InDoubt, ProviderEvent, Refund
from todoke.payments.models.charge import Charge, ChargeLine, Due, Receipt
from todoke.payments.models.column_template import ColumnTemplate
from todoke.payments.models.day_close import DayClose, Finding, Statement, StatementLine
from todoke.payments.models.ledger import DayLocked, Journal, LedgerLine, PeriodLock, Unbalanced
from todoke.payments.models.open_item import OpenItem
from todoke.payments.models.overpayment import Overpayment
from todoke.payments.models.slip import PaymentSlip

__all__ = [
    "Attempt",
    "Charge",
    "ChargeLine",
    "ColumnTemplate",
    "DayClose",
    "DayLocked",
    "Due",
    "Finding",
    "InDoubt",
    "Journal",
    "LedgerLine",
    "OpenItem",
    "Overpayment",
    "PaymentSlip",
    "PeriodLock",
    "ProviderEvent",
    "Receipt",
    "Refund",
    "Statement",
    "StatementLine",
    "Unbalanced",
]
