"""Effort 負担: expected work, waiting and counts of one case, from the branch probabilities of a step table."""

from dataclasses import dataclass

from todoke.flows.step_table import FlowEdge, NodeKind, PartyKind, StepTable, with_implicit_nodes

_MAX_ITERATIONS = 1000
_NEGLIGIBLE = 1e-7


@dataclass(frozen=True)
class CaseEffort:
    """負担: expected values for one case: minutes, and counts per case.

    ``staff`` is work of posts, ``resident`` work of residents, ``wait`` minutes in which nothing happens, ``handovers``
    the changes of party along the sequence flows.
    """

    steps: float = 0.0
    staff: float = 0.0
    resident: float = 0.0
    wait: float = 0.0
    visits: float = 0.0
    copies: float = 0.0
    name_writes: float = 0.0
    handovers: float = 0.0


def branch_probability(table: StepTable, link: FlowEdge) -> float:
    """Return the probability (0 to 1) that a case takes an edge; edges without a share divide what is left evenly."""
    row = table.row(link.source)
    siblings = table.outgoing(link.source)
    if row.kind == NodeKind.PARALLEL or len(siblings) < 2 or (row.kind == NodeKind.TASK and row.tag):
        return 1.0
    if link.share is not None:
        return link.share
    said = sum(sibling.share for sibling in siblings if sibling.share is not None)
    if row.kind == NodeKind.INCLUSIVE:
        return 1.0
    return max(0.0, 1 - said) / sum(sibling.share is None for sibling in siblings)


def expected_executions(table: StepTable) -> dict[str, float]:
    """Return the expected number of executions of every flow node in one case, loops included, by key.

    The table has its implicit nodes. A loop without an end is cut off after 1,000 iterations.
    """
    weights = {link.key: branch_probability(table, link) for link in table.links if not link.message and link.source}
    arriving = {
        row.key: [link for link in table.links if link.target == row.key and not link.message] for row in table.rows
    }
    joins = {row.key: len(arriving[row.key]) if row.kind == NodeKind.PARALLEL else 1 for row in table.rows}
    flowing = {row.key: 1.0 for row in table.rows if not arriving[row.key] and not row.host}
    executions = {row.key: 0.0 for row in table.rows}
    for _ in range(_MAX_ITERATIONS):
        for key, amount in flowing.items():
            executions[key] += amount
        following: dict[str, float] = {}
        for link in table.links:
            amount = flowing.get(link.source, 0.0) * weights.get(link.key, 0.0)
            if amount > _NEGLIGIBLE and link.target in executions and not link.message:
                following[link.target] = following.get(link.target, 0.0) + amount / max(1, joins[link.target])
        flowing = following
        if not flowing:
            break
    return executions


def case_effort(table: StepTable) -> CaseEffort:
    """Return the expected effort of one case: the work of every flow node times its expected executions."""
    full = with_implicit_nodes(table)
    executions = expected_executions(full)
    kinds = {party.key: party.kind for party in full.parties}
    sums = dict.fromkeys(("steps", "staff", "resident", "wait", "visits", "copies", "name_writes"), 0.0)
    for row in full.rows:
        times, work = executions[row.key], row.work
        kind = kinds.get(row.party, PartyKind.POST)
        sums["steps"] += times if row.kind in {NodeKind.TASK, NodeKind.SUBPROCESS} else 0.0
        sums["staff"] += times * work.usual if kind == PartyKind.POST else 0.0
        sums["resident"] += times * work.usual if kind == PartyKind.RESIDENT else 0.0
        sums["wait"] += times * work.wait
        sums["visits"] += times * work.visits
        sums["copies"] += times * work.copies
        sums["name_writes"] += times * work.name_writes
    return CaseEffort(**sums, handovers=_handovers(full, executions))


def _handovers(table: StepTable, executions: dict[str, float]) -> float:
    """Return the expected number of changes of party along the sequence flows."""
    parties = {row.key: row.party for row in table.rows}
    total = 0.0
    for link in table.links:
        if not link.message and link.target in parties and parties[link.source] != parties[link.target]:
            total += executions[link.source] * branch_probability(table, link)
    return total
