"""Two people close a synthetic day: every difference is dealt with as proposed, what is open is asked after again."""

from datetime import date

from tests.cast.money_day import CLERK, Office
from todoke.accounts.models import User
from todoke.payments import open_items, reconciliation, resolutions
from todoke.payments.matching import Discrepancy
from todoke.payments.models import DayClose, OpenItem

PATIENCE_DAYS = 5


def close(day: date, office: Office, second: User, *, down: bool = False) -> DayClose:
    """Match, deal with each difference, ask after what is open, sign twice; ``down``: the provider does not answer."""
    office.book.faults.down = float(down)
    sheet = reconciliation.reconcile(day, by=CLERK)
    for finding in sheet.findings.filter(explained_at__isnull=True).select_related("day_close"):
        resolutions.apply(finding, by=CLERK)
    for item in OpenItem.objects.open().filter(opened_on__lt=day).select_related("finding__day_close"):
        lost = item.finding.difference == Discrepancy.CHARGED_BACK and item.age(day) >= PATIENCE_DAYS
        (open_items.reverse_receipt if lost else open_items.requery)(item, on=day, by=CLERK)
    office.book.faults.down = 0.0
    sheet.prepare(by=CLERK)
    reconciliation.sign(sheet, by=second)
    return sheet
