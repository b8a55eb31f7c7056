"""The proof of months sees each way in which a closed month, a seal or a correction is broken, and nothing else."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from todoke.proving.month_proof import month_acts, month_check
from todoke.proving.mutants import FAULTS
from todoke.proving.mutants import months as mutants
from todoke.workforce import closed_month_triggers
from todoke.workforce.models import ClockCorrection, ClockEvent, MonthClose, MonthSheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Iterator[month_acts.Staff]:
    month_acts.prepare()
    yield month_acts.Staff(3)
    closed_month_triggers.install(connection)


@pytest.fixture
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a fault replaced is put back."""
    monkeypatch.setattr(mutants.closes, "left_of", mutants.closes.left_of)
    monkeypatch.setattr(mutants.closes, "_seal", mutants.closes.__dict__["_seal"])
    monkeypatch.setattr(mutants.closes, "record", mutants.closes.record)
    write, note = MonthSheet.__dict__["write"], ClockEvent.__dict__["note"]
    yield
    mutants.sheets.write, mutants.events.note = write, note


def kinds() -> set[str]:
    return {words.split()[0] for words in month_check.check()}


def go(staff: month_acts.Staff, acts: int = 160) -> None:
    for _ in range(acts):
        staff.act()


def test_many_acts_break_nothing_and_each_breach_is_seen(staff: month_acts.Staff) -> None:
    go(staff, 300)
    assert MonthClose.objects.exists()
    assert ClockCorrection.objects.filter(status="approved").exists()
    assert kinds() == set()
    close = MonthClose.objects.order_by("pk")[0]
    breaches: dict[str, Callable[[], object]] = {
        "M1": lambda: MonthClose.objects.filter(pk=close.pk).update(content="x"),
        "M3": lambda: MonthClose.objects.filter(pk=close.pk).update(number=9),
        "M5": lambda: ClockCorrection.objects.filter(status="approved").update(status="refused"),
    }
    for kind, breach in breaches.items():
        breach()
        assert kind in kinds()


@pytest.mark.usefixtures("_as_before")
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("month-written-after-close", "M2"), ("closed-without-all", "M2"), ("seals-kept", "M4"), ("close-untold", "M1"),
        ("correction-unwritten", "M5"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_seen(staff: month_acts.Staff, fault: str, kind: str) -> None:
    FAULTS[fault]()
    for _ in range(12):
        go(staff)
        if kind in kinds():
            break
    assert kind in kinds()
