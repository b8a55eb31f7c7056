"""Reader process 読取りの子プロセス: limits itself, and answers one call from stdin on stdout."""

import ctypes
import os
import pickle
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from todoke.file_validation.bounded_read import SMALLER, TOO_DEEP, TOO_LARGE, ReadLimits
from todoke.file_validation.progress_report import report_to
from todoke.runtime.refusals import Refused

MEGABYTE = 1 << 20
DATA = 5
PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Let the system end this process with the one that waits for it (Linux); end now where that one is gone."""
    if set_option := getattr(ctypes.CDLL(None), "prctl", None):
        set_option(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def limit_resources(limits: ReadLimits) -> None:
    """Limit this process: memory above what it uses now, processor time, and no core dump.

    Written memory counts (data in ``/proc/self/statm``), not addresses that a library reserves for its threads.
    """
    now = int(Path("/proc/self/statm").read_text().split()[DATA]) * resource.getpagesize()
    most = now + limits.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def outcome_of(reader: Any, called: Any, limits: ReadLimits) -> bytes:
    """Return the pickled kind and result: ``value``, ``refused`` with a sentence, or ``failed`` with a class."""
    try:
        args, kwargs = pickle.load(called)  # noqa: S301 - written by our own module
        found = pickle.dumps(("value", reader(*args, **kwargs)))
        if len(found) > limits.result_megabytes * MEGABYTE:
            return pickle.dumps(("refused", TOO_LARGE + SMALLER))
    except Refused as refusal:
        return pickle.dumps(("refused", str(refusal)))
    except MemoryError:
        return pickle.dumps(("refused", TOO_LARGE + SMALLER))
    except RecursionError:
        return pickle.dumps(("refused", TOO_DEEP + SMALLER))
    except Exception as error:  # whatever a hostile file makes a library raise
        return pickle.dumps(("failed", type(error).__qualname__))
    return found


def main() -> None:
    """Run the call; whatever a library prints goes nowhere, stderr takes the progress alone.

    The arguments are the process to end with and the processors to run on, which a bound parent leaves to its child.
    """
    parent, *processors = map(int, sys.argv[1:])
    end_with(parent)
    if processors:
        os.sched_setaffinity(0, processors)
    result = os.dup(1)
    report_to(os.dup(2))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    module, name, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own module
    reader = getattr(import_module(module), name)
    limit_resources(limits)
    with os.fdopen(result, "wb") as out:
        out.write(outcome_of(reader, sys.stdin.buffer, limits))


if __name__ == "__main__":
    main()
