"""A clerk takes steps out and sees what differs and what it saves."""

from dataclasses import replace

import pytest

from tests.cast.flows import DOG_STEPS
from todoke.flows.diagram.svg import ChangeKind
from todoke.flows.diff import diff_tables, remove_steps
from todoke.flows.effort import case_effort, expected_executions
from todoke.flows.flow_templates import template_by_key
from todoke.flows.step_rows import table_from_cells
from todoke.flows.step_table import StepTable, with_implicit_nodes
from todoke.flows.suggestions import EcrsPrinciple, ecrs_suggestions


def dog() -> StepTable:
    return table_from_cells(DOG_STEPS, "犬の登録")[0]


def registration() -> StepTable:
    found = template_by_key("registration")
    assert found is not None
    return found.table()


def test_what_led_to_a_removed_step_leads_to_the_next() -> None:
    table = remove_steps(registration(), {"s2", "s6"})
    links = {(link.source, link.target) for link in table.links}
    assert ("s1", "s3") in links
    assert ("s5", "s7") in links
    assert not {"s2", "s6"} & {row.key for row in table.rows}
    assert {link.target for link in table.links} <= {row.key for row in table.rows} | {""}


def test_removing_a_branch_joins_its_shares() -> None:
    table = remove_steps(dog(), {"s1"})
    assert [(link.source, link.target, link.share) for link in table.links] == [("s2", "s3", None)] or all(
        link.source != link.target for link in table.links
    )


def test_a_comparison_names_every_difference() -> None:
    before = registration()
    changed = replace(before.rows[0], work=replace(before.rows[0].work, usual=4.0, name_writes=1))
    after = remove_steps(replace(before, rows=(changed, *before.rows[1:])), {"s6", "s8"})
    marks, said = diff_tables(before, after)
    assert marks == {"s1": ChangeKind.CHANGED, "s6": ChangeKind.REMOVED, "s8": ChangeKind.REMOVED}
    assert "ふつうの時間(分): 10 → 4" in said[0].changes
    assert "氏名を書く回数: 3 → 1" in said[0].changes


def test_a_flow_compared_with_itself_differs_in_nothing() -> None:
    assert diff_tables(dog(), dog()) == ({}, [])


def test_a_loop_is_passed_as_often_as_its_share_says() -> None:
    passes = expected_executions(with_implicit_nodes(dog()))
    assert passes["s2"] == pytest.approx(1 / 0.85, abs=1e-5)
    assert passes["s3"] == pytest.approx(1, abs=1e-5)


def test_ways_at_the_same_time_are_each_passed_once() -> None:
    found = template_by_key("moving")
    assert found is not None
    assert set(expected_executions(with_implicit_nodes(found.table())).values()) == {1.0}


def test_the_burden_of_a_case_is_weighed_by_its_branches() -> None:
    burden = case_effort(dog())
    assert burden.resident == pytest.approx(10 / 0.85, abs=1e-4)
    assert burden.staff == pytest.approx(5 / 0.85 + 2, abs=1e-4)
    assert burden.visits == pytest.approx(1 / 0.85, abs=1e-4)


def test_hints_name_the_rows_and_what_they_would_save() -> None:
    ways = {(hint.principle, hint.rows): hint for hint in ecrs_suggestions(registration())}
    seal = ways[(EcrsPrinciple.ELIMINATE, ("s6",))]
    assert seal.saved_work == pytest.approx(3, abs=1e-3)
    twice = ways[(EcrsPrinciple.COMBINE, ("s4", "s8"))]
    assert twice.saved_work == pytest.approx(4, abs=1e-3)
    assert (EcrsPrinciple.REORDER, ("s3-branch", "s1")) in ways


def test_a_paper_that_a_register_has_need_not_be_asked_for() -> None:
    found = template_by_key("permit")
    assert found is not None
    reasons = " ".join(hint.reason for hint in ecrs_suggestions(found.table()))
    assert "住民基本台帳" in reasons
    assert "行き来" in reasons
    assert "待ちに理由がありません" in reasons


def test_a_good_flow_gets_no_hints() -> None:
    assert (
        ecrs_suggestions(
            table_from_cells([{"name": "電子で申請する", "party": "住民"}, {"name": "渡す", "party": "窓口"}])[0]
        )
        == []
    )
