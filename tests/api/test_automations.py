"""Robots report their runs by key: once, stopped by changed columns, and never those of another section."""

import pytest

from tests.cast import automations as of_automations
from tests.cast.api import caller, said
from tests.cast.automations import COLUMNS
from tests.cast.cases import counter
from todoke.systems.models import Automation, AutomationRun

pytestmark = pytest.mark.django_db
RUNS = "/automations/transfer-list/runs"
BEGUN = {"run": "r-1", "columns": list(COLUMNS), "encoding": "utf-8"}


def test_a_robot_begins_and_ends_a_run_once_however_often_it_says_so() -> None:
    at = counter()
    of_automations.running(at.section)
    robot = caller(at)
    assert [robot.call("POST", RUNS, BEGUN).status_code for _ in range(2)] == [201, 200]
    ended = {"outcome": "done", "units": 12, "human_minutes": 3}
    answers = [said(robot.call("POST", f"{RUNS}/r-1/end", ended)) for _ in range(2)]
    assert [answer["again"] for answer in answers] == [False, True]
    run = AutomationRun.objects.get()
    assert (run.outcome, run.units, run.human_minutes) == ("done", 12, 3)


def test_changed_columns_are_answered_with_the_difference_and_stop_it() -> None:
    at = counter()
    of_automations.running(at.section)
    robot = caller(at)
    for _ in range(2):
        answer = robot.call("POST", RUNS, {**BEGUN, "columns": ["世帯番号", "世帯主氏名", "金額"]})
        assert answer.status_code == 409
        assert "列「世帯主」がなくなり、「世帯主氏名」があります。" in said(answer)["detail"]
    assert Automation.objects.get().status == "stopped"
    assert robot.call("POST", RUNS, {**BEGUN, "run": "r-2"}).status_code == 409
    assert AutomationRun.objects.count() == 1


def test_a_robot_of_another_section_finds_nothing_and_one_without_the_scope_may_not() -> None:
    here, there = counter(), counter("税務課", "2020")
    of_automations.running(here.section)
    elsewhere, narrow = caller(there), caller(here, code="narrow", scopes=["cases.status"])
    assert elsewhere.call("POST", RUNS, BEGUN).status_code == 404
    assert narrow.call("POST", RUNS, BEGUN).status_code == 403
    unknown = elsewhere.call("POST", "/automations/none/runs", BEGUN)
    assert unknown.content == elsewhere.call("POST", RUNS, BEGUN).content


def test_text_of_files_is_refused() -> None:
    at = counter()
    of_automations.running(at.section)
    robot = caller(at)
    robot.call("POST", RUNS, BEGUN)
    assert robot.call("POST", f"{RUNS}/r-1/end", {"outcome": "done", "note": "山田"}).status_code == 422
