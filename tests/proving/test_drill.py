"""A drill of an outage shows something only where somebody was about to send, and somebody about to answer."""

import threading
from pathlib import Path

import pytest

from todoke.proving.drill import DrillReport, count
from todoke.proving.synthetic_users.clients import Journal
from todoke.proving.synthetic_users.visitors import Gate, OutageVisitor


def visitor(tmp_path: Path, *, deposited: int, handed_back: int) -> OutageVisitor:
    """Somebody who met the outage so often."""
    found = OutageVisitor(0, 1, "1", Journal(tmp_path / "journal.jsonl"), threading.Event())
    found.deposited, found.handed_back = deposited, handed_back
    return found


@pytest.mark.parametrize(
    ("deposited", "handed_back", "wrong"), [(1, 1, 0), (0, 3, 1), (3, 0, 1), (0, 0, 2)], ids=lambda value: str(value)
)
def test_a_drill_without_a_deposit_or_without_a_page_handed_back_has_failed(
    tmp_path: Path, deposited: int, handed_back: int, wrong: int
) -> None:
    person, report = visitor(tmp_path, deposited=deposited, handed_back=handed_back), DrillReport()
    count([person], person.journal, report)
    assert (report.deposited, report.handed_back, len(report.problems)) == (deposited, handed_back, wrong)


def test_whoever_comes_to_a_closed_gate_goes_on_only_when_it_opens() -> None:
    gate, passed = Gate(), list[str]()
    gate.pass_through(1)
    assert gate.waiting == set()
    gate.close()

    def come() -> None:
        gate.pass_through(2)
        passed.append("2")

    person = threading.Thread(target=come)
    person.start()
    while gate.waiting != {2}:
        assert person.is_alive()
    assert passed == []
    gate.open()
    person.join()
    assert passed == ["2"]
