"""Settlement run 精算の作成: what every shop is paid for its uses until a day, compared with the ledger to the yen."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum

from todoke.accounts.actors import Actor, user_of
from todoke.audit import log
from todoke.japanese.calendar import format_date, today
from todoke.payments import ledger_accounts
from todoke.payments.models import Unbalanced
from todoke.points.models import Merchant, MerchantSettlement, Redemption, RedemptionPart, SettlementFeeRule
from todoke.points.settlement_amounts import SettlementAmounts
from todoke.runtime.refusals import Refused


def settle(ends_on: date, *, by: Actor) -> list[MerchantSettlement]:
    """Make the settlement of every shop until a day that is over; each shop in one transaction, safe to run again.

    Raises Refused for a day that is not over.
    """
    if ends_on >= today():
        raise Refused("末日の翌日から作れます。その日の利用と取消しがまだ続いているためです。")
    return list(_each(ends_on, by))


def _each(ends_on: date, by: Actor) -> Iterator[MerchantSettlement]:
    due = Q(redemptions__day__lte=ends_on, redemptions__settlement=None) | Q(
        redemptions__cancelled_on__lte=ends_on, redemptions__cancel_settlement=None
    )
    for merchant in Merchant.objects.filter(due).distinct():
        if (made := settle_shop(merchant, ends_on, by=by)) is not None:
            yield made


@transaction.atomic
def settle_shop(merchant: Merchant, ends_on: date, *, by: Actor) -> MerchantSettlement | None:
    """Make the settlement of one shop; None where its uses until the day are settled already.

    Raises Unbalanced, and settles nothing, where uses and ledger differ by a yen.
    """
    Merchant.objects.select_for_update(no_key=True).get(pk=merchant.pk)
    last = merchant.settlements.order_by("-ends_on").first()
    if last is not None and last.ends_on >= ends_on:
        return None
    uses = merchant.redemptions.filter(day__lte=ends_on, settlement=None)
    begins = last.ends_on + timedelta(days=1) if last else _first_day(uses, ends_on)
    made = MerchantSettlement.objects.create(
        number=f"{merchant.number}-{ends_on:%Y%m%d}", merchant=merchant, starts_on=begins, ends_on=ends_on,
        gross=0, cancelled=0, carry_in=0, payable=0, carry_out=0, made_by=user_of(by),
    )  # fmt: skip
    uses.update(settlement=made)
    cancelled = merchant.redemptions.filter(cancelled_on__lte=ends_on, cancel_settlement=None)
    cancelled.filter(settlement__isnull=False).update(cancel_settlement=made)
    gross, back = _points(made.redemptions.all()), _points(made.cancellations.all())
    rule = SettlementFeeRule.in_force(ends_on)
    amounts = SettlementAmounts.of(gross, back, last.carry_out if last else 0, rule.rate if rule else 0)
    if gross - back != booked([made])[made.pk]:
        raise Unbalanced(f"{merchant.number} {format_date(ends_on)}: 利用と台帳が一致しません")
    MerchantSettlement.objects.filter(pk=made.pk).update(**amounts.columns(), fee_rule=rule)
    made.refresh_from_db()
    log.record(made, "精算の作成", by=by, after=amounts.columns())
    return made


def booked(settlements: Iterable[MerchantSettlement]) -> dict[int, int]:
    """Return by id the yen by which the ledger says that the uses and cancellations of each changed what is owed.

    Two queries for any number of settlements.
    """
    found = {made.pk: 0 for made in settlements}
    for side, journal in (("redemption__settlement", "journal"), ("redemption__cancel_settlement", "reversal")):
        owed = {f"{side}__in": list(found), f"{journal}__lines__account": ledger_accounts.POINTS_OWED}
        parts = RedemptionPart.objects.filter(**owed).order_by()
        for pk, yen in parts.values_list(side).annotate(Sum(f"{journal}__lines__yen")):
            found[pk] -= yen
    return found


def _first_day(uses: QuerySet[Redemption], ends_on: date) -> date:
    return uses.order_by("day").values_list("day", flat=True).first() or ends_on


def _points(uses: QuerySet[Redemption]) -> int:
    return uses.aggregate(total=Sum(F("points")))["total"] or 0
