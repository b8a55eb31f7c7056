"""Treasury papers 収納の書類: what of the money can be taken away, asked again at each press; none names a person."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from todoke.accounts.actors import Actor, user_of
from todoke.payments.models import Charge
from todoke.payments.permissions import CLOSE_DAY
from todoke.runtime.refusals import Conflict, NotAllowed


@dataclass(frozen=True)
class DayPaper:
    """日計表・日計の CSV: totals, methods and differences of a day, by reference."""

    day: date

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person closes days today."""
        user = user_of(by)
        if user is None or not CLOSE_DAY.held_by(user):
            raise NotAllowed("日計を取り出せるのは、会計担当の職員です。")


@dataclass(frozen=True)
class SlipPaper:
    """納付書: of an unpaid charge; whose link it is, its page asks."""

    charge: Charge

    def require_taking(self, *, by: Actor) -> None:
        """Raises Conflict when the fee is no longer open or a payment of it is being asked about."""
        if self.charge.status != Charge.Status.UNPAID or self.charge.live_attempt() is not None:
            raise Conflict(gettext("この手数料は、もう支払われたか、支払を確認しています。納付書は出せません。"))


@dataclass(frozen=True)
class ReceiptPaper:
    """領収書: of a paid charge; whose link it is, its page asks."""

    charge: Charge

    def require_taking(self, *, by: Actor) -> None:
        """Raises Conflict when nothing is paid, or the receipt was reversed."""
        if self.charge.status not in {Charge.Status.PAID, Charge.Status.PARTLY_REFUNDED}:
            raise Conflict(gettext("この手数料は、まだ支払われていないか、還付されました。領収書は出せません。"))
