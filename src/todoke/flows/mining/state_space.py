"""State space 状態空間: a step table as a Petri net, and its reachability graph for alignments."""

from collections import Counter, deque
from dataclasses import dataclass
from itertools import chain, combinations

from todoke.flows.step_table import FlowNode, NodeKind, StepTable
from todoke.runtime.refusals import Refused

MAX_MARKINGS = 20_000
_MAX_ENUMERATED_BRANCHES = 5
Marking = frozenset[str]


class StateSpaceTooLarge(Refused):
    """状態が多すぎる: the model has more reachable markings than can be searched; the message says what to do."""


@dataclass(frozen=True)
class PetriTransition:
    """遷移: a transition that takes a token from each place of its preset and puts one on each of its postset.

    A transition without a name is silent. A place is the key of an edge.
    """

    name: str
    preset: frozenset[str]
    postset: frozenset[str]


@dataclass(frozen=True)
class PetriNet:
    """ペトリネット: the transitions of a process model with its initial and final marking."""

    transitions: tuple[PetriTransition, ...]
    initial: Marking
    final: Marking


def petri_net(table: StepTable) -> PetriNet:
    """Return the Petri net of a table with implicit nodes, with its silent transitions fused where possible."""
    arriving: dict[str, list[str]] = {row.key: [] for row in table.rows}
    leaving: dict[str, list[str]] = {row.key: [] for row in table.rows}
    for link in table.links:
        if not link.message and link.source in leaving and link.target in arriving:
            leaving[link.source].append(link.key)
            arriving[link.target].append(link.key)
    transitions: list[PetriTransition] = []
    for row in table.rows:
        transitions += _transitions_of_row(row, arriving[row.key] or ["(始まり)"], leaving[row.key] or ["(終わり)"])
    return _without_silent_transitions(PetriNet(tuple(transitions), frozenset({"(始まり)"}), frozenset({"(終わり)"})))


def _transitions_of_row(row: FlowNode, before: list[str], after: list[str]) -> list[PetriTransition]:
    inside = frozenset({f"({row.key})"})
    if row.kind == NodeKind.PARALLEL:
        return [PetriTransition("", frozenset(before), frozenset(after))]
    if row.kind == NodeKind.INCLUSIVE:
        return [
            PetriTransition("", taken, put) for taken in _nonempty_subsets(before) for put in _nonempty_subsets(after)
        ]
    entries = [PetriTransition("", frozenset({source}), inside) for source in before]
    if row.kind == NodeKind.EXCLUSIVE:
        return [*entries, *(PetriTransition("", inside, frozenset({target})) for target in after)]
    return [
        *entries,
        PetriTransition(row.name if row.kind in {NodeKind.TASK, NodeKind.SUBPROCESS} else "", inside, frozenset(after)),
    ]


def _without_silent_transitions(net: PetriNet) -> PetriNet:
    """Return the net without the silent transitions that can be fused with the only neighbour of a place."""
    while True:
        consumers = Counter(place for transition in net.transitions for place in transition.preset)
        producers = Counter(place for transition in net.transitions for place in transition.postset)
        for transition in net.transitions:
            preset, postset = transition.preset, transition.postset
            if transition.name or preset & postset:
                continue
            if len(preset) == 1 and consumers[min(preset)] == 1 and not preset & net.final:
                net = _remove_transition(net, transition, preset, postset)
                break
            if len(postset) == 1 and producers[min(postset)] == 1 and not postset & net.initial:
                net = _remove_transition(net, transition, postset, preset)
                break
        else:
            return net


def _remove_transition(net: PetriNet, gone: PetriTransition, old: Marking, new: Marking) -> PetriNet:
    kept = {
        PetriTransition(
            transition.name, _replace_places(transition.preset, old, new), _replace_places(transition.postset, old, new)
        )
        for transition in net.transitions
        if transition != gone
    }
    transitions = sorted(
        kept, key=lambda transition: (transition.name, sorted(transition.preset), sorted(transition.postset))
    )
    return PetriNet(tuple(transitions), _replace_places(net.initial, old, new), _replace_places(net.final, old, new))


def _replace_places(marking: Marking, old: Marking, new: Marking) -> Marking:
    return (marking - old) | new if old <= marking else marking


def _nonempty_subsets(keys: list[str]) -> list[frozenset[str]]:
    """Return every non-empty subset; of more than five keys only the single ones and the whole."""
    if len(keys) > _MAX_ENUMERATED_BRANCHES:
        return [*(frozenset({key}) for key in keys), frozenset(keys)]
    sizes = (combinations(keys, size) for size in range(1, len(keys) + 1))
    return [frozenset(choice) for choice in chain.from_iterable(sizes)]


class ReachabilityGraph:
    """到達可能グラフ: the numbered markings of a table's Petri net and their successors.

    ``min_remaining`` is the fewest named transitions from a marking to the final one, 1,000,000 where there is no path.
    """

    def __init__(self, table: StepTable) -> None:
        net = petri_net(table)
        self.activities = {transition.name for transition in net.transitions if transition.name}
        self._numbers: dict[Marking, int] = {}
        self._markings: list[Marking] = []
        self._by_place: dict[str, list[PetriTransition]] = {}
        for transition in net.transitions:
            self._by_place.setdefault(min(transition.preset), []).append(transition)
        self.initial = self._number(net.initial)
        self.final = self._number(net.final)
        self.successors: list[list[tuple[str, int]]] = []
        self._explore()
        self.min_remaining = self._min_named_transitions()

    def _number(self, marking: Marking) -> int:
        if marking not in self._numbers:
            self._numbers[marking] = len(self._markings)
            self._markings.append(marking)
        return self._numbers[marking]

    def _explore(self) -> None:
        """Visit every reachable marking; the net is treated as 1-safe. Raises StateSpaceTooLarge."""
        number = 0
        while number < len(self._markings):
            marking = self._markings[number]
            possible = [
                transition
                for place in marking
                for transition in self._by_place.get(place, ())
                if transition.preset <= marking
            ]
            self.successors.append(
                sorted(
                    {
                        (transition.name, self._number((marking - transition.preset) | transition.postset))
                        for transition in possible
                    }
                )
            )
            number += 1
            if len(self._markings) > MAX_MARKINGS:
                raise StateSpaceTooLarge(
                    "同時に進む作業の組合せが多すぎて、記録と照らし合わせられません。流れを分けてください。"
                )

    def _min_named_transitions(self) -> list[int]:
        """Return, for every marking, the fewest named transitions to the final marking (0-1 breadth-first search)."""
        before: list[list[tuple[int, int]]] = [[] for _ in self.successors]
        for number, nexts in enumerate(self.successors):
            for name, following in nexts:
                before[following].append((number, 1 if name else 0))
        fewest = [1_000_000] * len(self.successors)
        fewest[self.final] = 0
        queue = deque([self.final])
        while queue:
            number = queue.popleft()
            for previous, cost in before[number]:
                if fewest[number] + cost < fewest[previous]:
                    fewest[previous] = fewest[number] + cost
                    queue.append(previous) if cost else queue.appendleft(previous)
        return fewest
