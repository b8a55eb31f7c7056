"""Request metrics 応答の計数: counters that all processes of one server share, read by the metrics command.

The memory is made before the server forks. Each process counts in a place of its own, so that no process waits for
another; what a process counted stays when it dies.
"""

import mmap
import multiprocessing
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the durations in seconds."""
FACES = ("portal", "office", "studio", "board", "api", "accounts", "other")
STATUSES = ("2xx", "3xx", "4xx", "5xx")
PLACES = 64
_PER_FACE = len(STATUSES) + len(BUCKETS) + 2
_SIZE = len(FACES) * _PER_FACE + 1


@dataclass(frozen=True)
class FaceFigures:
    """計数: what one face answered: requests by status, durations by bucket (not cumulated), seconds in all."""

    face: str
    statuses: dict[str, int]
    buckets: list[int]
    seconds: float


class RequestMetrics:
    """Counts of requests in memory that forked processes share."""

    def __init__(self) -> None:
        self._memory = memoryview(mmap.mmap(-1, PLACES * _SIZE * 8)).cast("d")
        self._claimed = multiprocessing.Value("L", 0)
        self._lock, self._pid, self._begin = threading.Lock(), 0, 0

    def observe(self, face: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        at = (FACES.index(face) if face in FACES else len(FACES) - 1) * _PER_FACE
        bucket = sum(seconds > bound for bound in BUCKETS)
        with self._lock:
            begin = self._place() + at
            self._memory[begin + min(max(status // 100, 2), 5) - 2] += 1
            self._memory[begin + len(STATUSES) + bucket] += 1
            self._memory[begin + _PER_FACE - 1] += seconds

    def shed(self) -> None:
        """Count one newcomer who was asked to come again."""
        with self._lock:
            self._memory[self._place() + _SIZE - 1] += 1

    def _place(self) -> int:
        """Return where this process counts; a forked process claims a place of its own."""
        if self._pid != os.getpid():
            with self._claimed.get_lock():
                self._begin = self._claimed.value % PLACES * _SIZE
                self._claimed.value += 1
            self._pid = os.getpid()
        return self._begin

    def _total(self, at: int) -> float:
        return sum(self._memory[at + place * _SIZE] for place in range(PLACES))

    def figures(self) -> Iterator[FaceFigures]:
        """Yield what all processes counted, by face."""
        for number, face in enumerate(FACES):
            begin = number * _PER_FACE
            statuses = {name: int(self._total(begin + place)) for place, name in enumerate(STATUSES)}
            first = begin + len(STATUSES)
            buckets = [int(self._total(first + place)) for place in range(len(BUCKETS) + 1)]
            yield FaceFigures(face, statuses, buckets, self._total(begin + _PER_FACE - 1))

    def shed_total(self) -> int:
        """Return how many newcomers were asked to come again."""
        return int(self._total(_SIZE - 1))


request_metrics = RequestMetrics()
