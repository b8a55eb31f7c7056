"""Query shapes: which tests a run on PostgreSQL needs, so that it asks each kind of SQL that any test asks of SQLite.

The run on SQLite writes the shapes of every test's statements; the run on PostgreSQL reads them and leaves out the
tests whose shapes others ask. Plain statements (columns, equal to, joined, ordered) have one shape per verb and set of
tables; every other, and every one that failed, has its text without its columns. Nothing is kept between two runs.
"""

import heapq
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection

from tests.cast.collection import OPENING

SETTING = "TODOKE_TEST_SHAPES"
FAILED = "failed: "
OVERHEAD = 0.02
"""Seconds that a test takes beside its own work, on a machine of any speed about as much as emptying tables."""
VALUES = re.compile(r"\(\s*%s(?:\s*,\s*%s)*\s*\)(?:,\s*\(\s*%s(?:\s*,\s*%s)*\s*\))*")
NUMBER = re.compile(r"\b\d+\b")
COLUMNS = re.compile(r'(?:"\w+"\."\w+"(?: AS "\w+")?(?:, )?)+')
TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
WORDS = (
    r"SELECT|DISTINCT|FROM|WHERE|INNER JOIN|LEFT OUTER JOIN|ON|AND|OR|NOT|IN|IS|NULL|ORDER BY|ASC|DESC|LIMIT|OFFSET"
    r"|BETWEEN|INSERT INTO|VALUES|UPDATE|SET|DELETE|RETURNING|AS"
)
PLAIN = re.compile(rf'(?:"\w+"|\b(?:{WORDS}|[A-Z]\d*|columns|0)\b|COUNT\(\*\)|%s|[(),=<>.\s])+')


@lru_cache(maxsize=100_000)
def shape_of(sql: str) -> str:
    """Return what databases could answer differently about a statement, equal for statements that are alike."""
    if sql.startswith(SAVEPOINTS):
        return "SAVEPOINT"
    short = COLUMNS.sub("columns ", NUMBER.sub("0", VALUES.sub("(%s)", sql)))
    if PLAIN.fullmatch(short):
        return " ".join([sql.split(maxsplit=1)[0], *sorted(set(TABLES.findall(sql)))])
    return short


class Asked(NamedTuple):
    """What one test asked: its processor seconds and the shapes of its statements."""

    seconds: float
    shapes: frozenset[str]


class ShapeLog:
    """What the tests of this process asked, written to a file of its own at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, Asked] = {}

    @contextmanager
    def recorded(self, test: str) -> Iterator[None]:
        """Note the statements that are executed in this thread meanwhile."""
        said, began = set[str](), time.process_time()

        def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
            said.add(str(sql))
            try:
                return execute(sql, params, many, context)
            except Exception:
                said.add(FAILED + str(sql))
                raise

        with connection.execute_wrapper(note):
            yield
        self.tests[test] = Asked(time.process_time() - began, frozenset(map(shape_of, said)))

    def write(self) -> None:
        numbers = {
            shape: number for number, shape in enumerate(sorted({s for t in self.tests.values() for s in t.shapes}))
        }
        tests = {
            name: [test.seconds, sorted(numbers[shape] for shape in test.shapes)] for name, test in self.tests.items()
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{os.getpid()}.json").write_text(json.dumps({"shapes": list(numbers), "tests": tests}))


def read(folder: Path) -> dict[str, Asked]:
    """Return what each test asked, by its node id."""
    tests = dict[str, Asked]()
    for file in folder.glob("*.json"):
        kept = json.loads(file.read_text())
        tests |= {
            name: Asked(seconds, frozenset(kept["shapes"][number] for number in numbers))
            for name, (seconds, numbers) in kept["tests"].items()
        }
    return tests


def cover(tests: dict[str, Asked], needed: set[str]) -> set[str]:
    """Return ``needed`` and as few seconds of other tests as a greedy choice finds, which together ask every shape."""
    asked = {shape for name in needed & tests.keys() for shape in tests[name].shapes}
    chosen = set(needed)

    def price(name: str) -> float:
        return -len(tests[name].shapes - asked) / (tests[name].seconds + OVERHEAD)

    heap = sorted((price(name), name) for name in tests.keys() - needed)
    while heap:
        _, name = heapq.heappop(heap)
        if not (now := price(name)):
            continue
        if heap and now > heap[0][0]:
            heapq.heappush(heap, (now, name))
            continue
        asked |= tests[name].shapes
        chosen.add(name)
    return chosen


def always(item: pytest.Item) -> bool:
    """Tell whether only the run on PostgreSQL proves a test: races, and whatever commits."""
    commits = any(mark.kwargs.get("transaction") for mark in item.iter_markers(OPENING[0]))
    lent = "transactional_db" in getattr(item, "fixturenames", ())
    return commits or lent or item.get_closest_marker("postgresql") is not None


def needless(items: Sequence[pytest.Item], folder: Path) -> set[str]:
    """Return the node ids of the tests whose every shape another test asks; a test that nobody recorded is needed."""
    names = {item.nodeid for item in items}
    tests = {name: asked for name, asked in read(folder).items() if name in names}
    needed = {item.nodeid for item in items if item.nodeid not in tests or always(item)}
    return names - cover(tests, needed)
