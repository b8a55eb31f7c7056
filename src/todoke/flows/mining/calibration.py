"""Measuring 計測: figures of a log put in the place of estimates, and marked as measured."""

from dataclasses import replace

from todoke.flows.mining.discovery import Findings
from todoke.flows.step_table import FlowEdge, FlowNode, StepTable

FEWEST = 5


def measured(table: StepTable, findings: Findings, source: str) -> tuple[StepTable, list[str]]:
    """Replace waiting and shares by what the log shows; returns the table and the names of the rows that changed.

    A log of completions tells the time from one step to the next: what is not work is waiting. Steps with fewer than
    five transitions keep their estimate.
    """
    counts: dict[str, int] = {}
    hours: dict[str, float] = {}
    for one in findings.transitions:
        counts[one.target] = counts.get(one.target, 0) + one.count
        hours[one.target] = hours.get(one.target, 0.0) + one.count * one.median_hours
    changed: list[str] = []
    rows: list[FlowNode] = []
    for row in table.rows:
        if counts.get(row.name, 0) < FEWEST:
            rows.append(row)
            continue
        minutes = hours[row.name] / counts[row.name] * 60
        wait = round(max(0.0, minutes - row.work.usual), 1)
        rows.append(replace(row, work=replace(row.work, wait=wait, basis=f"計測({source})")))
        changed.append(row.name)
    links = tuple(_shared(link, table, findings) for link in table.links)
    return replace(table, rows=tuple(rows), links=links), changed


def _shared(link: FlowEdge, table: StepTable, findings: Findings) -> FlowEdge:
    """Give a branch the share with which the log takes it, where every branch of its row is in the log."""
    siblings = table.outgoing(link.source)
    names = {row.key: row.name for row in table.rows}
    source = names.get(link.source, "")
    taken = {
        other.target: sum(
            t.count for t in findings.transitions if (t.source, t.target) == (source, names[other.target])
        )
        for other in siblings
        if other.target in names
    }
    total = sum(taken.values())
    if len(siblings) < 2 or len(taken) < len(siblings) or total < FEWEST:
        return link
    return replace(link, share=round(taken[link.target] / total, 4))
