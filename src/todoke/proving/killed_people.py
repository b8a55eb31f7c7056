"""Killed people 止められる人々: processes that act by a command of ``verify`` while they are killed."""

import random
import time

from todoke.proving.installation import Installation

PROCESSES, LONGEST_LIFE, MOMENT = 4, 8.0, 0.3
"""Processes of people; seconds after which one is killed although little was done; longest wait before a kill."""
FAULT_WITHIN = 60.0
"""Seconds after which a program with a fault that answers nothing is judged."""


class KilledPeople:
    """Processes that run ``verify COMMAND SEED`` and write a line into the journal at the end of each act."""

    def __init__(self, installation: Installation, command: str, journal: str) -> None:
        self.installation, self.command = installation, command
        self.journal = installation.folder / journal
        self.names = [f"people{number}" for number in range(PROCESSES)]

    def harm(self, kills: int, acts: int, *, seed: int, fault: str) -> int:
        """Kill until so many were killed and acts ended; a mutant that answers nothing ends early. Return the kills."""
        chance, began, done = random.Random(seed), time.monotonic(), 0  # noqa: S311 - who dies is no secret
        victims = [*([name] for name in self.names), self.names, *([["database"]] if self.installation.cluster else [])]
        self._start(seed)
        while done < kills or self._acts() < acts:
            if fault and time.monotonic() - began > FAULT_WITHIN:
                break
            due = acts * (done + 1) // (kills + 1)
            deadline = time.monotonic() + LONGEST_LIFE
            while self._acts() < due and time.monotonic() < deadline:
                time.sleep(0.02)
            if done < kills:
                time.sleep(chance.random() * MOMENT)
                self.installation.kill(*chance.choice(victims))
                done += 1
            self._start(seed + PROCESSES * done)
        return done

    def end(self) -> None:
        """Kill everybody, so that nothing changes while it is compared."""
        self.installation.kill(*self.names)

    def _start(self, seed: int) -> None:
        """Start the database and every process of people that is not running."""
        cluster = self.installation.cluster
        if cluster and not cluster.is_running():
            cluster.start()
        for number, name in enumerate(self.names):
            self.installation.start_command(name, "verify", self.command, str(seed + number))

    def _acts(self) -> int:
        """Return how many acts came to their end."""
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0
