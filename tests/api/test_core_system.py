"""A core system is killed at any point and goes on: each of its acts is done once."""

import pytest

from tests.cast.api import Caller, caller, said
from tests.cast.cases import Counter, case, counter
from todoke.cases.models import Case

pytestmark = pytest.mark.django_db
STEPS = ("hand_in", "read", "review", "result")


class Killed(Exception):
    """The core system died after an answer and before it wrote that down."""


class CoreSystem:
    """A stub of a core system (基幹システム): does four things in order, and remembers what it finished."""

    def __init__(self, by: Caller, at: Counter) -> None:
        self.by, self.at, self.done = by, at, list[str]()

    def run(self, *, dies_after: str = "") -> None:
        """Go on where it stopped; die after the answer to one step."""
        for step in STEPS:
            if step not in self.done:
                getattr(self, step)()
                if step == dies_after:
                    raise Killed
                self.done.append(step)

    def hand_in(self) -> None:
        assert self.by.hand_in(self.at, "core-2026-0001").status_code in {200, 201}

    def read(self) -> None:
        [self.number] = [each["number"] for each in said(self.by.get("/cases?status=received"))["items"]]
        assert said(self.by.get(f"/cases/{self.number}/answers"))["answers"]

    def review(self) -> None:
        change = {"status": "review", "reason": "基幹システムで審査を始めた"}
        assert said(self.by.call("PUT", f"/cases/{self.number}/status", change))["status"]["code"] == "review"

    def result(self) -> None:
        path, found = f"/cases/{self.number}/results", {"text": "課税の状況: 問題なし"}
        assert self.by.call("POST", path, found, **{"Idempotency-Key": f"result-{self.number}"}).status_code == 200


@pytest.mark.parametrize("place", STEPS)
def test_a_core_system_killed_after_a_step_does_each_once(place: str) -> None:
    at = counter()
    core = CoreSystem(caller(at), at)
    with pytest.raises(Killed):
        core.run(dies_after=place)
    core.run()
    found = Case.objects.get()
    assert found.status == Case.Status.REVIEW
    assert [event.act for event in found.events.all()].count("審査開始") == 1
    assert [note.text for note in found.notes.all()] == ["課税の状況: 問題なし"]


def test_two_applications_handed_in_are_two_cases() -> None:
    at = counter()
    by = caller(at)
    case(at)
    assert by.hand_in(at, "core-2026-0002").status_code == 201
    assert Case.objects.count() == 2
