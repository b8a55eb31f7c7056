"""Payment file 振込データ: the approved settlements of all shops as one file for the bank."""

from dataclasses import dataclass
from datetime import date

from todoke.accounts.actors import Actor, user_of
from todoke.points.models import MerchantSettlement
from todoke.points.permissions import SETTLE_POINTS
from todoke.points.zengin_transfer import Payer, Transfer, transfer_file
from todoke.runtime.refusals import NotAllowed


@dataclass(frozen=True)
class PaymentFile:
    """振込データ: what is approved and not paid, with bank accounts; asked at each press."""

    payer: Payer
    on: date

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person pays the shops today."""
        user = user_of(by)
        if user is None or not SETTLE_POINTS.held_by(user):
            raise NotAllowed("振込データを取り出せるのは、会計担当の職員です。")

    def transfers(self) -> list[Transfer]:
        """Return what is to be paid now, by the number of the settlement."""
        due = MerchantSettlement.objects.filter(status=MerchantSettlement.Status.APPROVED, payable__gt=0)
        return [_transfer(made) for made in due.select_related("merchant").order_by("number")]

    def content(self) -> bytes:
        """Return the file. Raises Refused where nothing is to be paid or a name cannot be written."""
        return transfer_file(self.payer, self.on, self.transfers())


def _transfer(made: MerchantSettlement) -> Transfer:
    shop = made.merchant
    return Transfer(
        shop.bank_code, shop.branch_code, shop.account_kind, shop.account_number, shop.payee_kana, made.payable,
        shop.number,
    )  # fmt: skip
