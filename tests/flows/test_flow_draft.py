"""What a log shows is narrowed to its usual variants and becomes cells that a person goes on with."""

from tests.cast.event_logs import SMALL
from todoke.flows.mining.discovery import discover_file
from todoke.flows.mining.flow_draft import checked_cells, draft_cells, narrowed
from todoke.flows.step_rows import table_from_cells


def test_shares_of_a_draft_are_whole_and_sum_to_a_hundred() -> None:
    findings = discover_file(SMALL.encode(), "log.csv")
    table, problems = table_from_cells(draft_cells(findings), "記録")
    assert not problems
    assert {row.name for row in table.rows} == {name for name, _ in findings.activities}
    for row in table.rows:
        shares = [link.share for link in table.outgoing(row.key) if link.share is not None]
        assert not shares or abs(sum(shares) - 1) < 0.001


def test_the_usual_way_alone_has_no_branches() -> None:
    findings = discover_file(SMALL.encode(), "log.csv")
    usual = narrowed(findings, 1)
    assert len(usual.variants) == 1
    assert [cell["name"] for cell in draft_cells(usual)] == list(dict.fromkeys(usual.variants[0].activities))
    assert sum(count for _, count in usual.starts) == usual.variants[0].count


def test_rare_ways_are_left_out_by_their_share() -> None:
    findings = discover_file(SMALL.encode(), "log.csv")
    half = narrowed(findings, None, 0.5)
    assert all(each.count >= 0.5 * findings.cases for each in half.directly_follows)
    assert len(half.directly_follows) < len(findings.directly_follows)


def test_what_is_no_table_makes_no_draft() -> None:
    assert checked_cells({"name": "x"}) == []
    assert checked_cells(["x", {"name": 5}]) == [{"name": "5"}]
