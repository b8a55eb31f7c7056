"""Mutants of points ポイントに植える欠陥: what a wrong program would do with grants, budgets, uses and settlements."""

from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from todoke.points import settlement_run
from todoke.points.models import PointGrant, PointProgram
from todoke.points.models import point_grant as module

place: Any = module
settlements: Any = settlement_run
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
    settlements.SettlementAmounts.of = staticmethod(lambda gross, back, carry_in=0: of(gross, 0, carry_in))


def carry_forgotten() -> None:
    """Forget what a shop owes from before."""
    of = settlements.SettlementAmounts.of
    settlements.SettlementAmounts.of = staticmethod(lambda gross, back, carry_in=0: of(gross, back, 0))
