"""Numba kernel 高速版: the engine compiled by numba where it is installed; the results are the same."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
from typing import Any

from todoke.flows.simulation import engine
from todoke.flows.simulation.engine_data import ReplicationState, SimulationInput

ReplicationFunction = Callable[[SimulationInput, int], ReplicationState]
_COMPILE_ORDER = (
    "service_time", "next_open", "completion_time", "open_minutes_before", "next_visit", "first_available", "serve",
    "execute_task", "choose_branch", "schedule", "join_and_fork", "advance", "run_replication",
)  # fmt: skip
_ARRAYS_NOT_RETURNED = {"visits", "arrived", "event_queue"}


def is_available() -> bool:
    """Return whether numba is installed."""
    return find_spec("numba") is not None


def _bisect_left(values: Any, wanted: float, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _bisect_right(values: Any, wanted: float, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if values[middle] <= wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _push(heap: Any, t: float, order: int, case: int, node: int) -> None:
    times, entries, size = heap
    place = size[0]
    size[0] += 1
    while place > 0:
        above = (place - 1) // 2
        if times[above] < t or (times[above] == t and entries[above, 0] < order):
            break
        times[place], entries[place, 0] = times[above], entries[above, 0]
        entries[place, 1], entries[place, 2] = entries[above, 1], entries[above, 2]
        place = above
    times[place], entries[place, 0], entries[place, 1], entries[place, 2] = t, order, case, node


def _pop(heap: Any) -> tuple[float, int, int]:
    times, entries, size = heap
    first = times[0], entries[0, 1], entries[0, 2]
    size[0] -= 1
    last = size[0]
    t, order, place = times[last], entries[last, 0], 0
    while True:
        below = 2 * place + 1
        if below >= last:
            break
        other = below + 1
        if other < last and (
            times[other] < times[below] or (times[other] == times[below] and entries[other, 0] < entries[below, 0])
        ):
            below = other
        if t < times[below] or (t == times[below] and order < entries[below, 0]):
            break
        times[place], entries[place, 0] = times[below], entries[below, 0]
        entries[place, 1], entries[place, 2] = entries[below, 1], entries[below, 2]
        place = below
    times[place], entries[place, 0] = t, order
    entries[place, 1], entries[place, 2] = entries[last, 1], entries[last, 2]
    return first


def _next_time(heap: Any) -> float:
    times, _, size = heap
    return times[0] if size[0] > 0 else engine.NEVER


def _uniform(u64: Any) -> Any:
    first, second, third = u64(0x9E3779B97F4A7C15), u64(0xD1B54A32D192ED03), u64(0x8CB92BA72F3D8DD7)
    mixed, remixed = u64(0xBF58476D1CE4E5B9), u64(0x94D049BB133111EB)
    s30, s27, s31, s11 = u64(30), u64(27), u64(31), u64(11)

    def uniform(seed: Any, case: Any, node: Any, visit: Any) -> Any:
        x = u64(seed) + u64(case) * first + u64(node) * second + u64(visit) * third
        x = (x ^ (x >> s30)) * mixed
        x = (x ^ (x >> s27)) * remixed
        return ((x ^ (x >> s31)) >> s11) * 1.1102230246251565e-16

    return uniform


@cache
def compiled_kernel() -> ReplicationFunction:
    """Return the compiled engine, without reference counting. Raises ImportError where numba is missing."""
    numba, numpy = import_module("numba"), import_module("numpy")
    compiler = numba.njit(_nrt=False, error_model="numpy")
    functions = dict(vars(engine))
    own = {
        "bisect_left": _bisect_left,
        "bisect_right": _bisect_right,
        "push": _push,
        "pop": _pop,
        "next_time": _next_time,
    }
    functions.update(
        {name: compiler(function) for name, function in own.items()}, uniform=compiler(_uniform(numpy.uint64))
    )
    for name in _COMPILE_ORDER:
        functions[name] = compiler(FunctionType(getattr(engine, name).__code__, functions, name))
    fast = functions["run_replication"]

    def call(inputs: SimulationInput, recorded: int = 0) -> ReplicationState:
        arrays = [numpy.asarray(one) if isinstance(one, list) else one for one in inputs[1:]]
        state = _arrays(numpy, inputs, recorded)
        fast(SimulationInput(numpy.uint64(inputs.seed), *arrays), state)
        return ReplicationState(
            **{name: [] if name in _ARRAYS_NOT_RETURNED else getattr(state, name).tolist() for name in state._fields}
        )

    return call


def _arrays(numpy: Any, inputs: SimulationInput, recorded: int) -> ReplicationState:
    cases, rows = max(1, len(inputs.arrivals)), len(inputs.kinds)
    small = engine.new_state(inputs._replace(arrivals=[]), recorded)
    large = {name: numpy.zeros(cases * rows, numpy.int32) for name in ("visits", "arrived")}
    large |= {"tokens": numpy.zeros(cases, numpy.int64), "queued": numpy.zeros(cases)}
    large["completed_at"] = numpy.full(cases, engine.NEVER)
    most = cases * rows
    large["event_queue"] = (numpy.zeros(most), numpy.zeros((most, 3), numpy.int64), numpy.zeros(1, numpy.int64))
    return small._replace(
        **{name: large[name] if name in large else numpy.asarray(getattr(small, name)) for name in small._fields}
    )
