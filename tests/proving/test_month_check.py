"""The proof of months sees each way in which a closed month, a seal or a correction is broken, and nothing else."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import present
from todoke.proving.month_proof import month_acts, month_check
from todoke.proving.mutants import FAULTS
from todoke.proving.mutants import months as mutants
from todoke.workforce import closed_month_triggers
from todoke.workforce.models import ClockCorrection, ClockEvent, MonthClose, MonthSheet
from todoke.workforce.month_closes import reopen_month
from todoke.workforce.month_seals import send_month_back

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


def test_what_was_written_into_a_closed_month_is_seen_although_it_was_reopened(staff: month_acts.Staff) -> None:
    while not (close := MonthClose.objects.filter(status="closed").select_related("department").first()):
        staff.act()
    assert kinds() == set()
    closed_month_triggers.uninstall(connection)
    user = MonthSheet.objects.filter(department=close.department, month=close.month)[0].user
    day = month_acts.office_days(close.month)[0]
    ClockEvent.objects.create(
        user=user, on=day, month=close.month, at=month_acts.at(day, 20, 0), kind="out", source="reader", key="late"
    )
    reopen_month(close, "検証のため", by=staff.personnel)
    assert kinds() == {"M2"}


def test_what_changed_between_confirmation_and_approval_is_seen_although_it_was_sent_back(
    staff: month_acts.Staff,
) -> None:
    while not (sheet := MonthSheet.objects.filter(status="approved").select_related("user", "department").first()):
        staff.act()
    assert kinds() == set()
    later = present(sheet.approved_at) - timedelta(microseconds=1)
    ClockCorrection.objects.create(
        sheet=sheet, user=sheet.user, on=sheet.month, kind="in", reason="試し", requested_at=later, status="refused",
        wanted_at=month_acts.at(sheet.month, 8, 0),
    )  # fmt: skip
    send_month_back(sheet, "検証のため", by=present(sheet.approved_by))
    assert kinds() == {"M4"}


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
