"""A process that is told to stop in the moment of its birth stops."""

import subprocess
import sys

CHILDREN = 300
PROGRAM = f"""
import os, signal, sys, time
from todoke.runtime.processes.stop_signals import reset_in_children
told = []
signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
if sys.argv[1] == "reset":
    reset_in_children()
ended = 0
for _ in range({CHILDREN}):
    child = os.fork()
    if not child:
        time.sleep(60)
        os._exit(0)
    os.kill(child, signal.SIGTERM)
    if sys.argv[1] == "reset":
        ended += os.waitpid(child, 0)[1] == signal.SIGTERM
    else:
        time.sleep(0.05)
        ended += os.waitpid(child, os.WNOHANG)[0] == child
        os.kill(child, signal.SIGKILL)
        break
os.kill(os.getpid(), signal.SIGTERM)
print(ended, len(told))
"""


def run(way: str) -> str:
    return subprocess.run([sys.executable, "-c", PROGRAM, way], capture_output=True, text=True, check=True).stdout


def test_a_child_that_is_told_to_stop_at_once_ends_and_its_parent_keeps_its_own_handler() -> None:
    assert run("reset").split() == [str(CHILDREN), "1"]


def test_a_child_that_keeps_its_parents_handler_does_not_hear_the_signal() -> None:
    assert run("as it is").split() == ["0", "1"]
