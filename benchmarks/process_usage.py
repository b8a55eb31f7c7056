"""What processes used: processor time and memory from /proc, whole families of processes at a time."""

import os
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for member in found:
        found += children(member)
    return found


def processor(pids: list[int]) -> float:
    """Seconds of processor time of these processes, finished children included."""
    total = 0
    for member in pids:
        try:
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return total / TICKS


def memory(pids: list[int]) -> float:
    """Megabytes of these processes; what several processes share is counted once (PSS)."""
    total = 0
    for member in pids:
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def steal() -> tuple[float, float]:
    """Seconds that all cores were busy, and that the host took away, since the machine started."""
    fields = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return sum(fields[place] for place in (0, 1, 2, 5, 6)) / TICKS, fields[7] / TICKS


def of_database() -> float:
    """Seconds of processor time of the PostgreSQL server on this machine; 0 for SQLite, which runs in its caller."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    return processor(family(int((folder / "postmaster.pid").read_text().split()[0])))
