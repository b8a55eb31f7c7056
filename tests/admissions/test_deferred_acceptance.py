"""The traps of the worked examples: an engine that asks too few families again does not pass them."""

import inspect
from types import ModuleType

import pytest

from tests.admissions.markets import Document, example, expected
from todoke.admissions.engine import deferred_acceptance
from todoke.admissions.engine.market import BuiltMarket, build_market
from todoke.admissions.instance import Instance
from todoke.admissions.instance_reader import read_instance

FAULTS = {
    "asks again only where a seat becomes free": (
        "siblings_swap",
        "        if freed > last:\n            return\n",
        "        return\n",
    ),
    "looks only at the seat that was taken": (
        "siblings_swap",
        "    for number in range(state.lost[0]):\n",
        "    for number in range(state.lost[0] if state.lost[0] < 2 else 1):\n",
    ),
    "starts from the seats that children have": (
        "transfer_chain",
        "        present=market.outcome_at[1:],\n        moves",
        "        present=[end - 1 for end in market.outcome_at[1:]],\n        moves",
    ),
}


def engine(sound: str = "", faulty: str = "") -> ModuleType:
    """The engine's source, with a fault where it is asked for."""
    source = inspect.getsource(deferred_acceptance)
    assert source.count(sound) == 1 or not sound
    module = ModuleType("engine_copy")
    exec(compile(source.replace(sound, faulty) if sound else source, "engine_copy", "exec"), vars(module))
    return module


def assignment(instance: Instance, built: BuiltMarket, present: list[int]) -> Document:
    found: Document = {}
    for family, outcome in zip(instance.families, present, strict=True):
        found.update(zip(family["children"], built.facilities[outcome], strict=True))
    return found


def placed(module: ModuleType, name: str) -> Document:
    instance = read_instance(example(name))
    built = build_market(instance)
    state = module.new_state(built.numbers)
    module.settle(built.numbers, state, module.MOST_MOVES, module.NO_LIMIT)
    return assignment(instance, built, state.present)


@pytest.mark.parametrize("name", ["siblings_swap", "transfer_chain", "pin_conflict"])
def test_the_engine_alone_passes_the_traps(name: str) -> None:
    assert placed(engine(), name) == expected(name)["assignment"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    name, sound, faulty = FAULTS[fault]
    try:
        found = placed(engine(sound, faulty), name)
    except (IndexError, AssertionError):
        found = {}
    assert found != expected(name)["assignment"]
