"""Random acts: people of a proof who act by chance, refused or cut off as it happens; the same seed acts the same."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, models
from django.db.models import QuerySet

from todoke.proving.killed_people.processes import FAILED
from todoke.runtime.refusals import Refused

CUT = 0.05
"""Seconds before the next try, once the database was cut off."""
Row = TypeVar("Row", bound=models.Model)


class RandomActs:
    """People who act at random. ``latest`` is how far back a random row is chosen."""

    latest = 300

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - what a synthetic person does is no secret

    def weights(self) -> dict[Callable[[], None], int]:
        """Return the acts and how often each is chosen beside the others."""
        raise NotImplementedError

    def act(self) -> None:
        """Do one act; a refusal is an answer."""
        weights = self.weights()
        chosen: Callable[[], None] = self.chance.choices(list(weights), list(weights.values()))[0]
        try:
            chosen()
        except Refused:
            self.refused()
        except (OperationalError, InterfaceError):
            if not connection.in_atomic_block:
                connection.close()
                time.sleep(CUT)

    def refused(self) -> None:
        """Hear a refusal."""

    def live(self, journal: Path) -> None:
        """Act until the process is killed, with a line for each act that came to its end, in an error or not."""
        with journal.open("a", buffering=1) as lines:
            while True:
                try:
                    self.act()
                    lines.write("act\n")
                except Exception as problem:
                    lines.write(f"{FAILED}{type(problem).__name__} {' '.join(str(problem).split())}\n")

    def one(self, rows: QuerySet[Row]) -> Row | None:
        """Return one of the latest rows by chance."""
        known = list(rows.order_by("-pk").values_list("pk", flat=True)[: self.latest])
        return rows.filter(pk=self.chance.choice(known)).first() if known else None
