"""CPU affinity 割当て: each process of the server is bound to a processor of its own.

The threads of a Python process run one after another; on one processor a hand-over is a switch, on two it wakes another
processor each time (decision 19). A process takes the first processor whose lock is free. The lock ends with the
process, so that the one that takes its place is bound there again.
"""

import fcntl
import os
from pathlib import Path

LOCKS = "processors.lock"
_given: set[int] = set()


def bind_children(processes: int, folder: Path) -> None:
    """Have each process forked from now on bind itself, where there are as many ``processes`` as processors or more.

    With fewer the machine is shared with other work, and the system places them. ``folder`` holds the locks.
    """
    if 1 < processors() <= processes:
        os.register_at_fork(after_in_child=lambda: bind(folder / LOCKS))


def processors() -> int:
    """Return how many processors this process may use; 0 where the system cannot bind."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else 0


def bind(locks: Path) -> None:
    """Bind this process to the first of its processors that is free, if any; the lock is held to its end."""
    file = os.open(locks, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    for processor in sorted(os.sched_getaffinity(0)):
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, processor)
        except OSError:
            continue
        _given.update(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processor})
        return


def given() -> set[int]:
    """Return the processors that this process was given, also after it bound itself; none where nobody can bind."""
    return _given or (os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set())
