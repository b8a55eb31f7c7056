"""Tasks for the tests of the jobs."""

import time
from pathlib import Path

from django_tasks import task

NOTED: list[int] = []


@task()
def note(number: int) -> None:
    NOTED.append(number)


@task()
def stumble(word: str) -> None:
    raise ValueError(word)


@task()
def linger(path: str, seconds: float) -> None:
    """Leave a line when work begins and one when it ends, to see from outside where a worker was killed."""
    with Path(path).open("a") as file:
        file.write("begun\n")
        file.flush()
        time.sleep(seconds)
        file.write("ended\n")
