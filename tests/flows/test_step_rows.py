"""A clerk who has never drawn a flow fills a table, and is told kindly what is missing."""

import pytest

from tests.cast.flows import DOG_STEPS, PERMIT, written_by_a_clerk
from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.flow_templates import TEMPLATES, FlowTemplate
from todoke.flows.step_rows import cells_from_table, table_from_cells
from todoke.flows.step_table import NodeKind, PartyKind


def test_rows_follow_one_another_unless_said_otherwise() -> None:
    table, problems = table_from_cells(DOG_STEPS, "犬の登録")
    assert problems == []
    assert [(link.source, link.target, link.share) for link in table.links] == [
        ("s1", "s2", None),
        ("s2", "s3", 0.85),
        ("s2", "s1", 0.15),
    ]
    assert [party.kind for party in table.parties] == [PartyKind.RESIDENT, PartyKind.POST]


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.key)
def test_a_table_survives_being_written_and_read(one: FlowTemplate) -> None:
    table = one.table()
    assert table_from_cells(cells_from_table(table), table.title) == (table, [])


def test_full_width_input_is_accepted() -> None:
    wide = [{"name": "書く", "party": "住民", "usual": "10"}, {"name": "渡す", "party": "窓口", "next": "終"}]
    table, problems = table_from_cells(wide)
    assert problems == []
    assert table.row("s1").work.usual == 10
    assert table.links[-1].target == ""


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"next": "9 はい"}, "next", "行がありません"),
        ({"next": "3 50% はい; 1 20% いいえ"}, "next", "70%"),
        ({"usual": "五分"}, "usual", "数として読めません"),
        ({"usual": "-3"}, "usual", "数として読めません"),
        ({"least": "9", "usual": "5"}, "usual", "最短"),
        ({"kind": "魔法"}, "kind", "種類"),
        ({"name": ""}, "name", "名前"),
    ],
)
def test_a_clerk_is_told_what_to_do(change: dict[str, str], column: str, said: str) -> None:
    _, problems = table_from_cells([DOG_STEPS[0], {**DOG_STEPS[1], **change}, DOG_STEPS[2]])
    assert [(one.row, one.column) for one in problems] == [(2, column)]
    assert said in problems[0].text


def test_a_half_filled_table_is_drawn_as_far_as_it_goes() -> None:
    table, problems = table_from_cells([{"name": "書く"}, {}, {"name": "渡す", "next": "五"}])
    assert [row.name for row in table.rows] == ["書く", "渡す"]
    assert len(problems) == 1


def test_keys_stay_when_rows_move() -> None:
    cells = cells_from_table(written_by_a_clerk())
    moved, _ = table_from_cells([cells[1], cells[0], cells[2]])
    assert [row.key for row in moved.rows] == ["2", "1", "3"]


def test_a_table_from_another_program_keeps_what_it_brought() -> None:
    table = read_bpmn(PERMIT)
    cells = cells_from_table(table)
    same, problems = table_from_cells(cells, table.title, table)
    assert problems == []
    assert same.kept == table.kept
    assert same.row("Q3").inner == table.row("Q3").inner
    assert same.row("Q1").box == table.row("Q1").box
    cells[3]["name"] = "新しい名前"
    renamed, _ = table_from_cells(cells, table.title, table)
    assert renamed.row(cells[3]["key"]).name == "新しい名前"
    assert read_bpmn(write_bpmn(renamed)).kept == table.kept


def test_kinds_are_written_in_words() -> None:
    table, _ = table_from_cells(
        [{"name": "待つ", "kind": "待ち"}, {"name": "足りるか", "kind": "判断", "next": "1; 終"}]
    )
    assert [row.kind for row in table.rows] == [NodeKind.TIMER, NodeKind.EXCLUSIVE]
