"""Tasks for the tests of the jobs."""

import time
from pathlib import Path

from django_tasks import task

from todoke.lazy_modules import pl

NOTED: list[int] = []


@task()
def note(number: int) -> None:
    NOTED.append(number)


@task()
def stumble(word: str) -> None:
    raise ValueError(word)


@task()
def linger(path: str, gate: str) -> None:
    """Leave a line when work begins and, once a file stands at the gate, one when it ends."""
    with Path(path).open("a") as file:
        file.write("begun\n")
        file.flush()
        while not Path(gate).exists():
            time.sleep(0.02)
        file.write("ended\n")


@task()
def sort_table() -> None:
    """Use the threads that polars starts in the process."""
    assert pl.DataFrame({"row": [3, 1, 2]}).sort("row")["row"].to_list() == [1, 2, 3]
