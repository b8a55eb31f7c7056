"""A designer brings a flow from another program, and takes it away again with nothing missing."""

from collections import Counter

import pytest
from lxml import etree

from tests.cast.flows import PERMIT, written_by_a_clerk
from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.step_table import NodeKind, with_implicit_nodes
from todoke.runtime.refusals import Unreadable


def content(raw: bytes) -> Counter[tuple[object, ...]]:
    """Everything that a file says, whatever its order and spacing."""
    root = etree.fromstring(raw, etree.XMLParser(remove_comments=True))
    return Counter(
        (element.tag, tuple(sorted(element.attrib.items())), " ".join((element.text or "").split()))
        for element in root.iter()
    )


def test_a_file_goes_in_and_out_without_loss() -> None:
    table = read_bpmn(PERMIT)
    written = write_bpmn(table)
    assert read_bpmn(written) == table
    assert content(written) == content(PERMIT)


def test_the_parts_of_a_file_become_rows_parties_and_links() -> None:
    table = read_bpmn(PERMIT)
    kinds = {row.key: row.kind for row in table.rows}
    assert kinds["Q0"] == NodeKind.START
    assert kinds["Q1"] == NodeKind.TASK
    assert kinds["Q2"] == NodeKind.EXCLUSIVE
    assert kinds["Q4"] == NodeKind.PARALLEL
    assert kinds["Q6"] == NodeKind.TIMER
    assert kinds["Q8"] == NodeKind.SUBPROCESS
    assert [pool.name for pool in table.pools] == ["申請者", "区役所"]
    assert {party.key: party.parent for party in table.parties} == {"L1": "", "L2": "", "L2a": "L2", "L2b": "L2"}
    assert table.party_name(table.row("Q5")) == "課長"
    assert [link.key for link in table.links if link.message] == ["M1", "M2"]


def test_what_the_table_has_no_word_for_is_named() -> None:
    notes = " ".join(read_bpmn(PERMIT).notes)
    for word in ("textAnnotation", "dataObject", "スクリプト", "サブプロセス", "条件式", "属性"):
        assert word in notes


def test_positions_that_are_there_are_kept() -> None:
    table = read_bpmn(PERMIT)
    box = table.row("Q1").box
    assert box is not None
    assert (box.x, box.y, box.width, box.height) == (246.125, 277, 160, 80)
    assert next(link for link in table.links if link.key == "F2").points == ((406.1, 317), (500, 317))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>', "DTD"),
        (b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><d>&b;</d>', "DTD"),
        (b'<!DOCTYPE d SYSTEM "http://elsewhere.example/d.dtd"><d/>', "DTD"),
        (b"<d>" + b" " * 6_000_000 + b"</d>", "大きすぎ"),
        (b"<d>" * 200 + b"</d>" * 200, "入れ子"),
        (b"not xml", "読めません"),
        (b"<svg/>", "definitions"),
        (PERMIT.replace(b'id="Q5"', b'id="Q1"'), "重なって"),
        (PERMIT.replace(b'targetRef="Q5"', b'targetRef="nowhere"'), "相手のない"),
        (PERMIT.replace(b'width="160"', b'width="1e99"'), "図の外"),
        (PERMIT.replace(b'width="160"', b'width="nan"'), "図の外"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_bpmn(raw)


def test_a_deeply_nested_file_is_refused() -> None:
    nested = b"<bpmn:subProcess id='z'>" * 100 + b"</bpmn:subProcess>" * 100
    with pytest.raises(Unreadable, match="入れ子"):
        read_bpmn(PERMIT.replace(b"</bpmn:laneSet>", b"</bpmn:laneSet>" + nested))


def test_a_clerks_table_comes_back_with_every_figure() -> None:
    table = written_by_a_clerk()
    again = read_bpmn(write_bpmn(with_implicit_nodes(table)))
    assert again.rows == table.rows
    assert again.links == table.links
    assert again.parties == table.parties
    assert again.title == "犬の登録"


def test_what_a_clerk_leaves_unsaid_is_drawn() -> None:
    drawn = with_implicit_nodes(written_by_a_clerk())
    assert [row.kind for row in drawn.rows if row.implicit] == [NodeKind.START, NodeKind.EXCLUSIVE, NodeKind.END]
    assert {link.target for link in drawn.outgoing("2-branch")} == {"3", "1"}
    assert [link.source for link in drawn.links if link.target == "end"] == ["3"]
