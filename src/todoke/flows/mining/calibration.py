"""Calibration 計測: waiting times and branch probabilities of a step table estimated from an event log."""

from dataclasses import replace

from todoke.flows.mining.discovery import DiscoveryResult
from todoke.flows.step_table import FlowEdge, FlowNode, StepTable

MIN_TRANSITIONS = 5


def calibrate(table: StepTable, findings: DiscoveryResult, source: str) -> tuple[StepTable, list[str]]:
    """Return the table with waiting (minutes) and shares from the log, and the names of the rows that changed.

    A log of completions tells the time from one activity to the next: what is not work is waiting. Rows with fewer than
    five directly-follows pairs keep their estimate. ``source`` is written as the basis of the measured rows.
    """
    counts: dict[str, int] = {}
    hours: dict[str, float] = {}
    for one in findings.directly_follows:
        counts[one.target] = counts.get(one.target, 0) + one.count
        hours[one.target] = hours.get(one.target, 0.0) + one.count * one.median_hours
    changed: list[str] = []
    rows: list[FlowNode] = []
    for row in table.rows:
        if counts.get(row.name, 0) < MIN_TRANSITIONS:
            rows.append(row)
            continue
        minutes = hours[row.name] / counts[row.name] * 60
        wait = round(max(0.0, minutes - row.work.usual), 1)
        rows.append(replace(row, work=replace(row.work, wait=wait, basis=f"計測({source})")))
        changed.append(row.name)
    links = tuple(_calibrated_edge(link, table, findings) for link in table.links)
    return replace(table, rows=tuple(rows), links=links), changed


def _calibrated_edge(link: FlowEdge, table: StepTable, findings: DiscoveryResult) -> FlowEdge:
    """Return an edge with its relative frequency in the log, where every branch of its row occurs in the log."""
    siblings = table.outgoing(link.source)
    names = {row.key: row.name for row in table.rows}
    source = names.get(link.source, "")
    taken = {
        other.target: sum(
            t.count for t in findings.directly_follows if (t.source, t.target) == (source, names[other.target])
        )
        for other in siblings
        if other.target in names
    }
    total = sum(taken.values())
    if len(siblings) < 2 or len(taken) < len(siblings) or total < MIN_TRANSITIONS:
        return link
    return replace(link, share=round(taken[link.target] / total, 4))
