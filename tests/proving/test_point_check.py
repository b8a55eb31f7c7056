"""The proof of points sees each way in which a yen, a person or a budget is broken, and nothing where all is right."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import F

from todoke.payments.models import LedgerLine
from todoke.points.models import MerchantSettlement, PointGrant, PointProgram, Redemption
from todoke.points.settlement_amounts import SettlementAmounts
from todoke.proving.mutants import FAULTS
from todoke.proving.mutants import points as mutants
from todoke.proving.point_proof import point_acts, point_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> point_acts.People:
    point_acts.prepare()
    return point_acts.People(7)


@pytest.fixture
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a fault replaced is put back."""
    monkeypatch.setattr(mutants.place, "stamp_once", mutants.place.stamp_once)
    monkeypatch.setattr(PointGrant, "claim", PointGrant.claim)
    monkeypatch.setattr(PointProgram, "commit", PointProgram.commit)
    monkeypatch.setattr(PointGrant, "take", PointGrant.take)
    monkeypatch.setattr(MerchantSettlement, "NEXT", MerchantSettlement.NEXT)
    monkeypatch.setattr(mutants.proposals, "propose", mutants.proposals.propose)
    amounts: Any = SettlementAmounts
    of = amounts.__dict__["of"]
    yield
    amounts.of = of


def kinds() -> set[str]:
    return {words.split()[0] for words in point_check.check()}


def test_many_acts_break_nothing_and_each_breach_is_seen(people: point_acts.People) -> None:
    for _ in range(250):
        people.act()
    assert MerchantSettlement.objects.exists()
    assert Redemption.objects.filter(cancelled_at__isnull=False).exists()
    assert kinds() == set()
    seen: dict[str, Callable[[], object]] = {
        "P1": lambda: PointGrant.objects.filter(left__gt=1).update(left=F("left") - 1),
        "P3": lambda: PointProgram.objects.update(committed_yen=F("committed_yen") - 1),
        "P4": lambda: Redemption.objects.order_by("-pk")[0].parts.all().delete(),
    }
    for kind, breach in seen.items():
        breach()
        assert kind in kinds()
    LedgerLine.objects.filter(pk=LedgerLine.objects.all()[0].pk).update(yen=F("yen") + 1)
    assert any("合計が0でない" in words for words in point_check.check())


@pytest.mark.usefixtures("_as_before")
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("granted-without-looking", "P2"), ("budget-not-asked", "P3"), ("use-leaves-rest", "P1"),
        ("cancellation-paid", "P5"), ("carry-forgotten", "P5"), ("fee-rounded-up", "P5"), ("paid-undecided", "P6"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_seen(people: point_acts.People, fault: str, kind: str) -> None:
    FAULTS[fault]()
    for _ in range(400):
        people.act()
    assert kind in kinds()
