"""Processes of people 人々のプロセス: they act by a command of ``verify`` while they and the database are killed."""

import random
import time
from pathlib import Path

from todoke.proving.installation import Installation

PROCESSES, LONGEST_LIFE, MOMENT = 4, 8.0, 0.3
"""Processes of people; seconds after which one is killed although little was done; longest wait before a kill."""
HEAVY = 3
"""How many times as long a process lives whose acts are few a second."""
QUIET = 60.0
"""Seconds without the end of an act after which a program with a fault is judged."""
FAILED = "failed "
"""How the line of an act begins that ended in an error of the program."""
CUT = b'"what": "cut"'
"""What a line of the journal holds where the answer was cut off."""


def errors(journal: Path) -> list[str]:
    """Return the lines of acts that ended in an error of the program, each error once."""
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    return [line for line in dict.fromkeys(lines) if line.startswith(FAILED)]


class KilledPeople:
    """Processes that run ``verify NOUN-acts SEED`` and write a line into NOUNs.journal at the end of each act."""

    def __init__(self, installation: Installation, noun: str, *, is_heavy: bool, has_worker: bool) -> None:
        self.installation, self.noun, self.has_worker = installation, noun, has_worker
        self.life = LONGEST_LIFE * (HEAVY if is_heavy else 1)
        self.journal = installation.folder / f"{noun}s.journal"
        self.people = [f"people{number}" for number in range(PROCESSES)]
        self.names = [*self.people, *(["worker"] if has_worker else [])]

    def harm(self, kills: int, acts: int, *, seed: int, fault: str) -> int:
        """Kill until so many were killed and acts ended, or a mutant no longer answers; return the kills."""
        chance, done = random.Random(seed), 0  # noqa: S311 - who dies is no secret
        victims = [*([name] for name in self.names), self.names, *([["database"]] if self.installation.cluster else [])]
        self._start(seed)
        ended, since = 0, time.monotonic()
        while (now := self._acts()) < acts or done < kills:
            if now > ended:
                ended, since = now, time.monotonic()
            elif fault and time.monotonic() - since > QUIET:
                break
            due = acts * (done + 1) // (kills + 1)
            deadline = time.monotonic() + self.life
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
        """Start the database and every process that is not running."""
        cluster = self.installation.cluster
        if cluster and not cluster.is_running():
            cluster.start()
        if self.has_worker:
            self.installation.start_workers()
        for number, name in enumerate(self.people):
            self.installation.start_command(name, "verify", f"{self.noun}-acts", str(seed + number))

    def _acts(self) -> int:
        """Return how many acts came to their end with an answer."""
        told = self.journal.read_bytes() if self.journal.exists() else b""
        return told.count(b"\n") - told.count(CUT)
