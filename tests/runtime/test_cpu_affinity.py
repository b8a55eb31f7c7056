"""Each process of the server has a processor of its own, also the one that takes the place of another."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from todoke.runtime.processes import cpu_affinity

pytestmark = pytest.mark.skipif(cpu_affinity.processors() < 2, reason="one processor has nothing to choose from")
BIND = "import os, pathlib; from todoke.runtime.processes import cpu_affinity as here; "
SAY = "os.write(1, (' '.join(map(str, sorted(os.sched_getaffinity(0)))) + chr(10)).encode()); "
ONE = f"{BIND}here.bind(pathlib.Path({{!r}})); {SAY}input()"
FORKED = f"{BIND}here.bind_children({{}}, pathlib.Path({{!r}})); child = os.fork(); {SAY}child and os.wait()"


@contextmanager
def process(locks: Path) -> Iterator[list[int]]:
    """Run a process that binds itself, and give the processors that it may use."""
    words = [sys.executable, "-c", ONE.format(str(locks))]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        yield list(map(int, running.stdout.readline().split()))
        running.kill()


def forked(processes: int, folder: Path) -> list[list[int]]:
    """Return the processors of a parent and of its child."""
    done = subprocess.run(
        [sys.executable, "-c", FORKED.format(processes, str(folder))], capture_output=True, text=True, check=True
    )
    return sorted((list(map(int, line.split())) for line in done.stdout.splitlines()), key=len)


def test_every_process_is_bound_to_another_processor_and_one_too_many_to_none(tmp_path: Path) -> None:
    locks, usable = tmp_path / "locks", sorted(os.sched_getaffinity(0))
    with process(locks) as first, process(locks) as second:
        assert (first, second) == ([usable[0]], [usable[1]])
        if len(usable) == 2:
            with process(locks) as third:
                assert third == usable


def test_the_process_that_takes_the_place_of_another_is_bound_there(tmp_path: Path) -> None:
    locks = tmp_path / "locks"
    with process(locks) as first:
        with process(locks) as second:
            pass
        with process(locks) as again:
            assert again == second != first


def test_children_of_the_server_are_bound_and_the_server_itself_is_not(tmp_path: Path) -> None:
    child, parent = forked(cpu_affinity.processors(), tmp_path)
    assert (len(child), len(parent)) == (1, cpu_affinity.processors())


def test_fewer_processes_than_processors_are_left_to_the_system(tmp_path: Path) -> None:
    assert forked(cpu_affinity.processors() - 1, tmp_path) == [sorted(os.sched_getaffinity(0))] * 2
