"""Fsync order 順序の検証: with strace, no acknowledgement is sent before its data is synced to disk.

One server process is traced through every relevant system call. Rule: when a response that acknowledges something is
written to a socket, no byte written to the database's log or to an attachment still waits for its fsync.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from todoke.proving.browser import Browser
from todoke.proving.cluster import MissingProgram
from todoke.proving.installation import Installation
from todoke.proving.synthetic_users.resident import Resident

WRITES = ("write", "pwrite64", "writev", "pwritev")
SYNCS = ("fsync", "fdatasync")
SENDS = ("sendto", "sendmsg", "write", "writev")
ACKNOWLEDGES = re.compile(r"HTTP/1\.1 302.{0,4000}?location: /applications/[\w-]+/receipt/", re.IGNORECASE)
SUBMITS = 30


@dataclass
class FsyncTrace:
    """Result of a trace: the number of acknowledgements, and those sent before their data was synced (順序)."""

    acknowledged: int = 0
    early: list[str] = field(default_factory=list)
    dirty: dict[str, int] = field(default_factory=dict)


def must_be_synced(path: str) -> bool:
    """Whether bytes written to this path must be on disk before the response is sent."""
    return path.endswith("-wal") or "/files/" in path


def parse_trace(lines: Iterable[str]) -> FsyncTrace:
    """Read strace lines in order; a sync counts when it has returned, a write as soon as it begins."""
    order, syncing = FsyncTrace(), dict[str, str]()
    for line in lines:
        pid, _, call = line.partition(" ")
        call = call.strip()
        if call.startswith("<... ") and call[5:].partition(" ")[0] in SYNCS:
            order.dirty.pop(syncing.pop(pid, ""), None)
            continue
        name, _, rest = call.partition("(")
        target = re.match(r"\d+<([^>]*)>", rest)
        path = target.group(1) if target else ""
        if name in SYNCS and "unfinished" in rest:
            syncing[pid] = path
        elif name in SYNCS:
            order.dirty.pop(path, None)
        elif name in WRITES and must_be_synced(path):
            order.dirty[path] = order.dirty.get(path, 0) + 1
        elif ACKNOWLEDGES.search(rest):
            order.acknowledged += 1
            if order.dirty:
                names = "、".join(sorted({Path(dirty).name for dirty in order.dirty})[:3])
                order.early.append(f"応答 {order.acknowledged} 件目のとき、書かれていないもの {names}")
    return order


def run(*, fault: str = "", submits: int = SUBMITS) -> FsyncTrace:
    """Trace one server process on SQLite while a resident sends ``submits`` applications. Raises MissingProgram."""
    if shutil.which("strace") is None:
        raise MissingProgram("strace")
    installation = Installation(fault=fault, processes=1)
    trace = installation.folder / "trace"
    try:
        installation.build()
        procedure = installation.manage_warm("verify", "procedure").strip()
        installation.start(worker=False)
        watching = _watch(installation.running["server"].children()[0], trace)
        for count in range(submits):
            resident = Resident(f"o{count:03}", Browser(installation.port))
            resident.begin(procedure)
            resident.answer()
            resident.attach()
            resident.send()
            resident.browser.close()
        watching.terminate()
        watching.wait()
        with trace.open(errors="replace") as lines:
            return parse_trace(lines)
    finally:
        installation.stop()


def _is_traced(pid: int) -> bool:
    """Whether every thread of a process has a tracer."""
    threads = Path(f"/proc/{pid}/task").glob("*/status")
    return all("TracerPid:\t0\n" not in status.read_text() for status in threads)


def _watch(pid: int, trace: Path) -> "subprocess.Popen[bytes]":
    calls = ",".join(sorted({*WRITES, *SYNCS, *SENDS}))
    command = ["strace", "-f", "-y", "-s", "400", "-e", f"trace={calls}", "-o", str(trace), "-p", str(pid)]
    watching = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    while watching.poll() is None and not _is_traced(pid):
        time.sleep(0.05)
    if watching.poll() is not None:
        sys.stderr.write("strace はこの機械では使えません(ptrace の権限)。\n")
        raise MissingProgram("ptrace")
    return watching
