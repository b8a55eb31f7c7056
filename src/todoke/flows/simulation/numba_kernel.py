"""The compiled kernel 高速版: the engine's own source handed to numba where it is installed; nothing depends on it."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
from typing import Any

from todoke.flows.simulation import engine

Run = Callable[[engine.Plan, int], engine.Tally]
_ORDER = (
    "duration", "open_after", "finish_of", "open_until", "visit_of", "first_free", "serve", "task", "choose", "later",
    "split", "follow", "run",
)  # fmt: skip
_BULKY = {"visits", "arrived", "heap"}


def is_available() -> bool:
    """Tell whether the compiler is installed (it is not needed, only faster)."""
    return find_spec("numba") is not None


def _before(values: Any, wanted: float, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _after(values: Any, wanted: float, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if values[middle] <= wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _push(heap: Any, t: float, order: int, case: int, node: int) -> None:
    times, notes, size = heap
    place = size[0]
    size[0] += 1
    while place > 0:
        above = (place - 1) // 2
        if times[above] < t or (times[above] == t and notes[above, 0] < order):
            break
        times[place], notes[place, 0] = times[above], notes[above, 0]
        notes[place, 1], notes[place, 2] = notes[above, 1], notes[above, 2]
        place = above
    times[place], notes[place, 0], notes[place, 1], notes[place, 2] = t, order, case, node


def _pop(heap: Any) -> tuple[float, int, int]:
    times, notes, size = heap
    first = times[0], notes[0, 1], notes[0, 2]
    size[0] -= 1
    last = size[0]
    t, order, place = times[last], notes[last, 0], 0
    while True:
        below = 2 * place + 1
        if below >= last:
            break
        other = below + 1
        if other < last and (
            times[other] < times[below] or (times[other] == times[below] and notes[other, 0] < notes[below, 0])
        ):
            below = other
        if t < times[below] or (t == times[below] and order < notes[below, 0]):
            break
        times[place], notes[place, 0] = times[below], notes[below, 0]
        notes[place, 1], notes[place, 2] = notes[below, 1], notes[below, 2]
        place = below
    times[place], notes[place, 0] = t, order
    notes[place, 1], notes[place, 2] = notes[last, 1], notes[last, 2]
    return first


def _next_time(heap: Any) -> float:
    times, _, size = heap
    return times[0] if size[0] > 0 else engine.NEVER


def _draw(u64: Any) -> Any:
    first, second, third = u64(0x9E3779B97F4A7C15), u64(0xD1B54A32D192ED03), u64(0x8CB92BA72F3D8DD7)
    mixed, remixed = u64(0xBF58476D1CE4E5B9), u64(0x94D049BB133111EB)
    s30, s27, s31, s11 = u64(30), u64(27), u64(31), u64(11)

    def draw(seed: Any, case: Any, node: Any, visit: Any) -> Any:
        x = u64(seed) + u64(case) * first + u64(node) * second + u64(visit) * third
        x = (x ^ (x >> s30)) * mixed
        x = (x ^ (x >> s27)) * remixed
        return ((x ^ (x >> s31)) >> s11) * 1.1102230246251565e-16

    return draw


@cache
def compiled() -> Run:
    """Compile the engine, without reference counting. Raises ImportError where numba is missing."""
    numba, numpy = import_module("numba"), import_module("numpy")
    compiler = numba.njit(_nrt=False, error_model="numpy")
    world = dict(vars(engine))
    own = {"bisect_left": _before, "bisect_right": _after, "push": _push, "pop": _pop, "next_time": _next_time}
    world.update({name: compiler(function) for name, function in own.items()}, draw=compiler(_draw(numpy.uint64)))
    for name in _ORDER:
        world[name] = compiler(FunctionType(getattr(engine, name).__code__, world, name))
    fast = world["run"]

    def call(plan: engine.Plan, recorded: int = 0) -> engine.Tally:
        arrays = [numpy.asarray(one) if isinstance(one, list) else one for one in plan[1:]]
        filled = _arrays(numpy, plan, recorded)
        fast(engine.Plan(numpy.uint64(plan.seed), *arrays), filled)
        return engine.Tally(
            **{name: [] if name in _BULKY else getattr(filled, name).tolist() for name in filled._fields}
        )

    return call


def _arrays(numpy: Any, plan: engine.Plan, recorded: int) -> engine.Tally:
    cases, rows = max(1, len(plan.arrivals)), len(plan.kinds)
    small = engine.tally_of(plan._replace(arrivals=[]), recorded)
    large = {name: numpy.zeros(cases * rows, numpy.int32) for name in ("visits", "arrived")}
    large |= {"alive": numpy.zeros(cases, numpy.int64), "queued": numpy.zeros(cases)}
    large["done"] = numpy.full(cases, engine.NEVER)
    most = cases * rows
    large["heap"] = (numpy.zeros(most), numpy.zeros((most, 3), numpy.int64), numpy.zeros(1, numpy.int64))
    return small._replace(
        **{name: large[name] if name in large else numpy.asarray(getattr(small, name)) for name in small._fields}
    )
