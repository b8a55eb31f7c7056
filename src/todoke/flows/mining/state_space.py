"""The net ネット of a flow: which steps are possible after which, as markings reached from the start."""

from collections import Counter, deque
from dataclasses import dataclass
from itertools import chain, combinations

from todoke.flows.step_table import FlowNode, NodeKind, StepTable
from todoke.runtime.refusals import Refused

MOST_MARKINGS = 20_000
_MOST_CHOICES = 5
Marking = frozenset[str]


class TooManyStates(Refused):
    """The flow allows more combinations than can be compared; the message says so to the reader."""


@dataclass(frozen=True)
class Move:
    """One thing that may happen: takes tokens from some arrows, puts tokens on others. No name = drawn only."""

    name: str
    takes: frozenset[str]
    puts: frozenset[str]


@dataclass(frozen=True)
class Moves:
    """All moves of a flow, and the markings before the first and after the last."""

    moves: tuple[Move, ...]
    start: Marking
    end: Marking


def moves_of(table: StepTable) -> Moves:
    """Return the moves of a completed table; what only passes a token on is drawn together with its neighbours."""
    arriving: dict[str, list[str]] = {row.key: [] for row in table.rows}
    leaving: dict[str, list[str]] = {row.key: [] for row in table.rows}
    for link in table.links:
        if not link.message and link.source in leaving and link.target in arriving:
            leaving[link.source].append(link.key)
            arriving[link.target].append(link.key)
    moves: list[Move] = []
    for row in table.rows:
        moves += _moves_of_row(row, arriving[row.key] or ["(始まり)"], leaving[row.key] or ["(終わり)"])
    return _without_silence(Moves(tuple(moves), frozenset({"(始まり)"}), frozenset({"(終わり)"})))


def _moves_of_row(row: FlowNode, before: list[str], after: list[str]) -> list[Move]:
    inside = frozenset({f"({row.key})"})
    if row.kind == NodeKind.PARALLEL:
        return [Move("", frozenset(before), frozenset(after))]
    if row.kind == NodeKind.INCLUSIVE:
        return [Move("", taken, put) for taken in _some(before) for put in _some(after)]
    entries = [Move("", frozenset({source}), inside) for source in before]
    if row.kind == NodeKind.EXCLUSIVE:
        return [*entries, *(Move("", inside, frozenset({target})) for target in after)]
    return [
        *entries,
        Move(row.name if row.kind in {NodeKind.TASK, NodeKind.SUBPROCESS} else "", inside, frozenset(after)),
    ]


def _without_silence(found: Moves) -> Moves:
    """Let an unnamed move happen with its neighbour wherever nothing else can come between, until none is left."""
    while True:
        takers = Counter(place for move in found.moves for place in move.takes)
        givers = Counter(place for move in found.moves for place in move.puts)
        for move in found.moves:
            takes, puts = move.takes, move.puts
            if move.name or takes & puts:
                continue
            if len(takes) == 1 and takers[min(takes)] == 1 and not takes & found.end:
                found = _replaced(found, move, takes, puts)
                break
            if len(puts) == 1 and givers[min(puts)] == 1 and not puts & found.start:
                found = _replaced(found, move, puts, takes)
                break
        else:
            return found


def _replaced(found: Moves, gone: Move, old: Marking, new: Marking) -> Moves:
    kept = {
        Move(move.name, _swapped(move.takes, old, new), _swapped(move.puts, old, new))
        for move in found.moves
        if move != gone
    }
    moves = sorted(kept, key=lambda move: (move.name, sorted(move.takes), sorted(move.puts)))
    return Moves(tuple(moves), _swapped(found.start, old, new), _swapped(found.end, old, new))


def _swapped(marking: Marking, old: Marking, new: Marking) -> Marking:
    return (marking - old) | new if old <= marking else marking


def _some(keys: list[str]) -> list[frozenset[str]]:
    """Every choice of at least one; beyond five, one or all."""
    if len(keys) > _MOST_CHOICES:
        return [*(frozenset({key}) for key in keys), frozenset(keys)]
    sizes = (combinations(keys, size) for size in range(1, len(keys) + 1))
    return [frozenset(choice) for choice in chain.from_iterable(sizes)]


class Net:
    """The markings of a flow, numbered; what follows each is worked out once and kept."""

    def __init__(self, table: StepTable) -> None:
        found = moves_of(table)
        self.names = {move.name for move in found.moves if move.name}
        self._numbers: dict[Marking, int] = {}
        self._markings: list[Marking] = []
        self._by_place: dict[str, list[Move]] = {}
        for move in found.moves:
            self._by_place.setdefault(min(move.takes), []).append(move)
        self.start = self._number(found.start)
        self.end = self._number(found.end)
        self.follows: list[list[tuple[str, int]]] = []
        self._explore()
        self.least = self._least_named_moves()

    def _number(self, marking: Marking) -> int:
        if marking not in self._numbers:
            self._numbers[marking] = len(self._markings)
            self._markings.append(marking)
        return self._numbers[marking]

    def _explore(self) -> None:
        """Visit every marking; a second token on one arrow is the same as one (flows are drawn for one case)."""
        number = 0
        while number < len(self._markings):
            marking = self._markings[number]
            possible = [move for place in marking for move in self._by_place.get(place, ()) if move.takes <= marking]
            self.follows.append(
                sorted({(move.name, self._number((marking - move.takes) | move.puts)) for move in possible})
            )
            number += 1
            if len(self._markings) > MOST_MARKINGS:
                raise TooManyStates(
                    "同時に進む作業の組合せが多すぎて、記録と照らし合わせられません。流れを分けてください。"
                )

    def _least_named_moves(self) -> list[int]:
        """For every marking, the fewest named steps that still lead to the end; a large number where none does."""
        before: list[list[tuple[int, int]]] = [[] for _ in self.follows]
        for number, nexts in enumerate(self.follows):
            for name, following in nexts:
                before[following].append((number, 1 if name else 0))
        least = [1_000_000] * len(self.follows)
        least[self.end] = 0
        queue = deque([self.end])
        while queue:
            number = queue.popleft()
            for previous, cost in before[number]:
                if least[number] + cost < least[previous]:
                    least[previous] = least[number] + cost
                    queue.append(previous) if cost else queue.appendleft(previous)
        return least
