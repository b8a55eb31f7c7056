"""Exact repair 厳密な修正: each group of blocking families and its neighbours placed anew by an integer program.

The program's dual bound is the certificate: with all other families where they are, not fewer block.
"""

from math import ceil
from typing import NamedTuple

from todoke.admissions.engine.deferred_acceptance import State, copied, insert, remove
from todoke.admissions.engine.improvement import blocking_outcomes
from todoke.admissions.engine.integer_program import IntegerProgram
from todoke.admissions.engine.market import PLACE_MASK, BuiltMarket, Market
from todoke.admissions.engine.neighbourhood import (
    LARGEST,
    Neighbourhood,
    applications,
    neighbourhoods,
    outside_claims,
    seated_keys,
    uses_of,
)  # fmt: skip

WHOLE_NODES, GROUP_NODES, ORDER_NODES = 20_000, 60, 20
MOST_ENTRIES = 400_000
MANY = 1000.0


class Proof(NamedTuple):
    """証明: blocking coalitions of a group before and after, and how many there must be at least."""

    group: Neighbourhood
    before: int
    after: int
    at_least: int | None
    """None: too large to be proven."""


class _Refusal(NamedTuple):
    pool: int
    key: int
    members: int
    family: int


class _Program:
    """The integer program of one neighbourhood, and the start that the present state gives it."""

    def __init__(self, built: BuiltMarket, state: State, group: Neighbourhood) -> None:
        self.market, self.state, self.group = built.numbers, state, group
        self.built, self.program = built, IntegerProgram()
        self.start: list[float] = []
        self.free = set(group.free)
        self.choice: dict[int, int] = {}
        """outcome → column"""
        self.inside: dict[int, list[tuple[int, int, int]]] = {}
        """pool → (key, family, column) of the children who may sit there, by key"""
        self.refusals: dict[_Refusal, int | None] = {}
        self.slacks: list[int] = []
        self._choices()
        self.held = {
            pool: [k for k in seated_keys(self.market, state, pool) if self.family(k) not in self.free]
            for pool in self.inside
        }
        self._capacities()
        slack = set(group.free if group.is_whole else group.blocking)
        for family in group.free:
            for outcome in self.outcomes(family)[:-1]:
                self._stable(family, outcome, has_slack=family in slack)
        self._claims()

    def family(self, key: int) -> int:
        return self.market.family_of[key & PLACE_MASK]

    def outcomes(self, family: int) -> range:
        return range(self.market.outcome_at[family], self.market.outcome_at[family + 1])

    def _column(self, value: float, cost: float = 0.0, *, whole: bool = True) -> int:
        self.start.append(value)
        return self.program.column(cost, whole=whole)

    def _choices(self) -> None:
        """Add a column for each outcome of each free family, one of which is taken, and for each child's seat."""
        seats: dict[tuple[int, int, int], list[int]] = {}
        for family in self.group.free:
            for outcome in self.outcomes(family):
                column = self._column(float(outcome == self.state.present[family]))
                self.choice[outcome] = column
                for pool, key in uses_of(self.market, outcome):
                    seats.setdefault((pool, key, family), []).append(column)
            self.program.row(1, 1, [(self.choice[outcome], 1.0) for outcome in self.outcomes(family)])
        for (pool, key, family), columns in seats.items():
            seat = columns[0]
            if len(columns) > 1:
                seat = self._column(sum(self.start[column] for column in columns), whole=False)
                self.program.row(0, 0, [(seat, -1.0), *((column, 1.0) for column in columns)])
            self.inside.setdefault(pool, []).append((key, family, seat))

    def _capacities(self) -> None:
        for pool, seats in self.inside.items():
            left = self.market.capacity[pool] - len(self.held[pool])
            if len(seats) > left:
                self.program.row(0, left, [(seat, 1.0) for _, _, seat in seats])

    def _stable(self, family: int, outcome: int, *, has_slack: bool) -> None:
        """Add the row: the family has this outcome or a better one, or a pool refuses it, or a slack says it blocks."""
        terms = [(self.choice[each], 1.0) for each in self.outcomes(family) if each <= outcome]
        for pool, (worst, members) in applications(self.market, outcome).items():
            refusal = self._refused(_Refusal(pool, worst, members, family))
            if refusal is None:
                return
            if refusal >= 0:
                terms.append((refusal, 1.0))
        missing = 1 - sum(self.start[column] for column, _ in terms)
        if has_slack:
            self.slacks.append(self._column(max(0.0, missing), 1.0, whole=False))
            terms.append((self.slacks[-1], 1.0))
        elif missing > 0:
            self.slacks.append(self._column(1.0, 1.0, whole=False))
            terms.append((self.slacks[-1], 1.0))
        self.program.row(1, len(terms), terms)

    def _refused(self, asked: _Refusal) -> int | None:
        """Return the column that says that a pool refuses; -1 when it never can, None when it always does."""
        if asked in self.refusals:
            return self.refusals[asked]
        held = sum(key < asked.key for key in self.held[asked.pool])
        need = self.market.capacity[asked.pool] - asked.members + 1 - held
        better = [s for key, family, s in self.inside[asked.pool] if key < asked.key and family != asked.family]
        found: int | None = -1
        if need <= 0:
            found = None
        elif need <= len(better):
            now = sum(self.start[seat] for seat in better)
            found = self._column(float(now > need - 0.5))
            self.program.row(0, len(better), [(found, -float(need)), *((seat, 1.0) for seat in better)])
        self.refusals[asked] = found
        return found

    def _claims(self) -> None:
        for claim in outside_claims(self.market, self.state, self.free, list(self.inside)):
            better = [(seat, 1.0) for key, _, seat in self.inside[claim.pool] if key < claim.key]
            self.program.row(claim.need, len(better), better)

    def solved(self) -> tuple[list[int], int]:
        """Return an outcome for each free family, in their order, and the fewest blocking coalitions possible."""
        most_nodes = WHOLE_NODES if self.group.is_whole else GROUP_NODES
        first = self.program.minimised(self.start, most_nodes)
        if not first.values:
            return [], 0
        fewest = round(sum(first.values[slack] for slack in self.slacks))
        for at in range(len(self.program.costs)):
            self.program.costs[at] = 0.0
        for family in self.group.free:
            for order, outcome in enumerate(self.outcomes(family)):
                without = self.built.facilities[outcome].count(None)
                self.program.costs[self.choice[outcome]] = MANY * without + min(order, MANY - 1)
        self.program.row(0, fewest, [(slack, 1.0) for slack in self.slacks])
        second = self.program.minimised([round(value) for value in first.values], ORDER_NODES)
        values = second.values or first.values
        chosen = [
            next(outcome for outcome in self.outcomes(family) if values[self.choice[outcome]] > 0.5)
            for family in self.group.free
        ]
        return chosen, max(0, ceil(first.bound - 1e-6))


def _replaced(market: Market, state: State, families: list[int], outcomes: list[int]) -> State:
    """Return the state in which some families have other outcomes; whoever blocks among them is set aside."""
    found = copied(state)
    for family in families:
        for pool, key in uses_of(market, found.present[family]):
            low = market.seat_at[pool]
            remove(found.seats, low, low + found.seated[pool], key)
            found.seated[pool] -= 1
    for family, outcome in zip(families, outcomes, strict=True):
        for pool, key in uses_of(market, outcome):
            low = market.seat_at[pool]
            insert(found.seats, low, low + found.seated[pool], key)
            found.seated[pool] += 1
        found.present[family] = outcome
    return found


def _count(market: Market, state: State) -> int:
    """Return the blocking coalitions of all families, and set aside exactly those that have any."""
    total = 0
    for family in range(len(market.rank)):
        blocking = len(blocking_outcomes(market, state, family))
        state.aside[family] = int(blocking > 0)
        total += blocking
    return total


def repaired(built: BuiltMarket, state: State) -> tuple[State, list[Proof]]:
    """Return the state with each group of blocking families repaired, and what was proven of each group."""
    market, proofs = built.numbers, list[Proof]()
    for group in list(neighbourhoods(market, state)):
        before = sum(len(blocking_outcomes(market, state, family)) for family in group.blocking)
        program = _Program(built, state, group) if len(group.free) <= LARGEST else None
        if program is None or len(program.program.entries) > MOST_ENTRIES:
            proofs.append(Proof(group, before, before, None))
            continue
        outcomes, at_least = program.solved()
        after = before
        if outcomes:
            trial = _replaced(market, state, group.free, outcomes)
            total, found = _count(market, state), _count(market, trial)
            if found < total:
                state, after = trial, before - (total - found)
        proofs.append(Proof(group, before, after, at_least))
    return state, proofs


def proof_line(proof: Proof) -> str:
    """Return what a proof says, for staff."""
    others = "" if proof.group.is_whole else "ほかの世帯を今のままとすると、"
    if proof.at_least is None:
        return f"{len(proof.group.free)}世帯のまとまりは大きすぎるため、見つかった最小({proof.after}件)だけを示します。"
    if proof.at_least >= proof.after:
        return f"{others}{proof.after}件より少なくできません。"
    return f"見つかった最小は{proof.after}件です。{others}{proof.at_least}件より少なくできないことは証明されています。"
