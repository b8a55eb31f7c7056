"""Burden 負担: what one case costs staff and residents, weighed by the shares of the branches."""

from dataclasses import dataclass

from todoke.flows.step_table import Kind, Link, PartyKind, Table, completed

_MOST_ROUNDS = 1000
_TINY = 1e-7


@dataclass(frozen=True)
class Burden:
    """What one case costs 負担, weighed by the shares of the branches; minutes, and counts per case.

    ``staff`` is work of posts, ``resident`` work of residents, ``wait`` minutes in which nothing happens.
    """

    steps: float = 0.0
    staff: float = 0.0
    resident: float = 0.0
    wait: float = 0.0
    visits: float = 0.0
    copies: float = 0.0
    name_writes: float = 0.0
    handovers: float = 0.0


def weight_of(table: Table, link: Link) -> float:
    """Return the share of cases that take an arrow; arrows without a share divide what is left evenly."""
    row = table.row(link.source)
    siblings = table.leaving(link.source)
    if row.kind == Kind.PARALLEL or len(siblings) < 2 or (row.kind == Kind.TASK and row.tag):
        return 1.0
    if link.share is not None:
        return link.share
    said = sum(sibling.share for sibling in siblings if sibling.share is not None)
    if row.kind == Kind.CHOICES:
        return 1.0
    return max(0.0, 1 - said) / sum(sibling.share is None for sibling in siblings)


def passes_of(table: Table) -> dict[str, float]:
    """Return how often one case passes every row of a completed table, loops included."""
    weights = {link.key: weight_of(table, link) for link in table.links if not link.message and link.source}
    arriving = {
        row.key: [link for link in table.links if link.target == row.key and not link.message] for row in table.rows
    }
    joins = {row.key: len(arriving[row.key]) if row.kind == Kind.PARALLEL else 1 for row in table.rows}
    flowing = {row.key: 1.0 for row in table.rows if not arriving[row.key] and not row.host}
    passes = {row.key: 0.0 for row in table.rows}
    for _ in range(_MOST_ROUNDS):
        for key, amount in flowing.items():
            passes[key] += amount
        following: dict[str, float] = {}
        for link in table.links:
            amount = flowing.get(link.source, 0.0) * weights.get(link.key, 0.0)
            if amount > _TINY and link.target in passes and not link.message:
                following[link.target] = following.get(link.target, 0.0) + amount / max(1, joins[link.target])
        flowing = following
        if not flowing:
            break
    return passes


def burden_of(table: Table) -> Burden:
    """Add up one case: every row weighed by how often a case passes it."""
    full = completed(table)
    passes = passes_of(full)
    kinds = {party.key: party.kind for party in full.parties}
    sums = dict.fromkeys(("steps", "staff", "resident", "wait", "visits", "copies", "name_writes"), 0.0)
    for row in full.rows:
        times, work = passes[row.key], row.work
        kind = kinds.get(row.party, PartyKind.POST)
        sums["steps"] += times if row.kind in {Kind.TASK, Kind.GROUP} else 0.0
        sums["staff"] += times * work.usual if kind == PartyKind.POST else 0.0
        sums["resident"] += times * work.usual if kind == PartyKind.RESIDENT else 0.0
        sums["wait"] += times * work.wait
        sums["visits"] += times * work.visits
        sums["copies"] += times * work.copies
        sums["name_writes"] += times * work.name_writes
    return Burden(**sums, handovers=_handovers(full, passes))


def _handovers(table: Table, passes: dict[str, float]) -> float:
    """Count the changes of hands along the arrows."""
    parties = {row.key: row.party for row in table.rows}
    total = 0.0
    for link in table.links:
        if not link.message and link.target in parties and parties[link.source] != parties[link.target]:
            total += passes[link.source] * weight_of(table, link)
    return total
