"""Point balances ポイントの残高の証明: ledger accounts against grants, uses and settlements, in yen."""

from django.db.models import F, Sum

from todoke.payments import ledger_accounts
from todoke.payments.models import LedgerLine
from todoke.payments.trial_balance import Balance
from todoke.points.models import MerchantSettlement, PointGrant, Redemption


def balances() -> list[Balance]:
    """Return the accounts of unused points, of what is owed to shops, of what was paid, of fees, and of the cost."""
    settled = MerchantSettlement.objects.filter(status="paid")
    paid, fees = _of(settled.aggregate(total=Sum("payable"))), _of(settled.aggregate(total=Sum("fee")))
    used = _of(Redemption.objects.live().aggregate(total=Sum("points")))
    standing = PointGrant.objects.filter(cancelled_at=None)
    accounted = {
        ledger_accounts.POINTS: -_of(PointGrant.objects.aggregate(total=Sum("left"))),
        ledger_accounts.POINTS_OWED: paid + fees - used,
        ledger_accounts.POINTS_PAID: -paid,
        ledger_accounts.SHOP_FEES: -fees,
        ledger_accounts.POINT_COST: _of(standing.aggregate(total=Sum(F("points") - F("expired_points")))),
    }
    return [Balance(account, LedgerLine.balance(account), yen) for account, yen in accounted.items()]


def unexplained_yen() -> int:
    """Return the sum of unexplained yen over the accounts of the points, as absolute amounts (説明のつかない額)."""
    return sum(abs(balance.unexplained) for balance in balances())


def _of(found: dict[str, int | None]) -> int:
    return found["total"] or 0
