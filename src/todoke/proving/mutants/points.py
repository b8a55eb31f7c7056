"""Mutants of points ポイントに植える欠陥: what a wrong program would do with grants, budgets, uses and settlements."""

from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from todoke.japanese.calendar import today
from todoke.points import settlement_proposals, settlement_run
from todoke.points.models import MerchantSettlement, PointGrant, PointProgram
from todoke.points.models import point_grant as module
from todoke.points.settlement_amounts import WHOLE

place: Any = module
settlements: Any = settlement_run
proposals: Any = settlement_proposals
programs: Any = PointProgram
grants: Any = PointGrant


def granted_without_looking() -> None:
    """Grant again to who has claimed; the rules of the database are gone."""
    claim = grants.__dict__["claim"].__func__

    def again(cls: Any, *args: Any, **more: Any) -> Any:
        with connection.cursor() as cursor:
            for name in ("points_one_grant_per_person", "payments_one_grant_per_resident"):
                cursor.execute(f"DROP INDEX IF EXISTS {name}")
        return claim(cls, *args, **more)

    place.stamp_once = _stamp
    grants.claim = classmethod(again)


def _stamp(row: Any, column: str, /, at: Any = None, *, read: Any = None, **changes: Any) -> bool:
    type(row)._base_manager.filter(pk=row.pk).update(**{column: at or timezone.now()}, **changes)
    return True


def budget_not_asked() -> None:
    """Grant without asking the budget, and note nothing."""
    programs.commit = lambda self: True


def use_leaves_rest() -> None:
    """Book a use and leave the points where they are."""
    take = grants.take

    def forgetful(self: Any, points: int) -> Any:
        journal = take(self, points)
        PointGrant.objects.filter(pk=self.pk).update(left=F("left") + points)
        return journal

    grants.take = forgetful


def cancellation_paid() -> None:
    """Pay what was cancelled."""
    of = settlements.SettlementAmounts.of
    settlements.SettlementAmounts.of = staticmethod(lambda gross, back, *rest: of(gross, 0, *rest))


def carry_forgotten() -> None:
    """Forget what a shop owes from before."""
    of = settlements.SettlementAmounts.of
    settlements.SettlementAmounts.of = staticmethod(lambda gross, back, carry_in=0, rate=0: of(gross, back, 0, rate))


def fee_rounded_up() -> None:
    """Round the fee of a shop up, as a sum of single uses would be."""
    of = settlements.SettlementAmounts.of

    def dear(gross: int, back: int, carry_in: int = 0, rate: int = 0) -> Any:
        right = of(gross, back, carry_in, rate)
        more = min(1, right.payable) if gross * rate % WHOLE else 0
        return replace(right, fee=right.fee + more, payable=right.payable - more)

    settlements.SettlementAmounts.of = staticmethod(dear)


def paid_undecided() -> None:
    """Pay what was proposed before anybody decided."""
    MerchantSettlement.NEXT = {**MerchantSettlement.NEXT, "proposed": frozenset({"approved", "checked", "paid"})}
    proposals.propose = _proposed_and_paid(proposals.propose)


def _proposed_and_paid(propose: Any) -> Any:
    def at_once(**more: Any) -> Any:
        made = propose(**more)
        for settlement in made.settlements.filter(status="proposed"):
            settlement.pay(today(), by=more["by"])
        return made

    return at_once
