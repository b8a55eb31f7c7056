"""Compiled kernel 高速版: the engine's own source, compiled by numba where it is installed; the same results."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
from typing import Any

from todoke.admissions.engine import deferred_acceptance as engine
from todoke.admissions.engine.deferred_acceptance import State
from todoke.admissions.engine.market import Market

Settle = Callable[[Market, State, int, int], int]
_COMPILE_ORDER = (
    "own_before", "is_open", "best_open", "leave", "call", "put_out_worst", "ask_again", "take", "settle",
)  # fmt: skip


def is_available() -> bool:
    """Return whether numba is installed."""
    return find_spec("numba") is not None


def _bisect_left(values: Any, wanted: int, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _bisect_right(values: Any, wanted: int, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if values[middle] <= wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _insert(seats: Any, low: int, high: int, key: int) -> None:
    while high > low and seats[high - 1] > key:
        seats[high] = seats[high - 1]
        high -= 1
    seats[high] = key


def _remove(seats: Any, low: int, high: int, key: int) -> None:
    while seats[low] != key:
        low += 1
    while low < high - 1:
        seats[low] = seats[low + 1]
        low += 1


def _push(queue: Any, rank: int) -> None:
    heap, size = queue
    place = size[0]
    size[0] += 1
    while place > 0 and heap[(place - 1) // 2] > rank:
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = rank


def _pop(queue: Any) -> int:
    heap, size = queue
    first: int = heap[0]
    size[0] -= 1
    last, rank, place = size[0], heap[size[0]], 0
    while True:
        below = 2 * place + 1
        if below >= last:
            break
        if below + 1 < last and heap[below + 1] < heap[below]:
            below += 1
        if rank <= heap[below]:
            break
        heap[place] = heap[below]
        place = below
    heap[place] = rank
    return first


def _is_waiting(queue: Any) -> bool:
    return bool(queue[1][0] > 0)


@cache
def compiled_kernel() -> Settle:
    """Return the compiled ``settle``, which changes the plain state it is given. Raises ImportError without numba."""
    numba, numpy = import_module("numba"), import_module("numpy")
    compiler = numba.njit
    own = {
        "bisect_left": _bisect_left, "bisect_right": _bisect_right, "insert": _insert, "remove": _remove,
        "push": _push, "pop": _pop, "is_waiting": _is_waiting,
    }  # fmt: skip
    functions = {**vars(engine), **{name: compiler(function) for name, function in own.items()}}
    for name in _COMPILE_ORDER:
        functions[name] = compiler(FunctionType(getattr(engine, name).__code__, functions, name))
    fast = functions["settle"]

    def settle(market: Market, state: State, most_moves: int, most_steps: int) -> int:
        as_arrays = {name: numpy.array(values, numpy.int64) for name, values in _lists(market)}
        arrays = {name: numpy.array(values, numpy.int64) for name, values in _lists(state) if name != "queue"}
        heap = numpy.zeros(max(1, len(market.rank)), numpy.int64)
        heap[: len(state.queue)] = state.queue
        queue: Any = (heap, numpy.array([len(state.queue)], numpy.int64))
        steps = fast(market._replace(**as_arrays), State(queue=queue, **arrays), most_moves, most_steps)
        for name, values in arrays.items():
            getattr(state, name)[:] = values.tolist()
        state.queue[:] = sorted(heap[: int(queue[1][0])].tolist())
        return int(steps)

    return settle


def _lists(record: Any) -> list[tuple[str, Any]]:
    return [(name, values) for name, values in record._asdict().items() if isinstance(values, list)]
