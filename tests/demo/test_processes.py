"""Ending the demo ends everything that it started, however it is asked to end."""

import signal
import subprocess
import sys

import pytest

PARENT = """
import subprocess, sys, time
from todoke.demo.processes import terminated_together
children = []
try:
    with terminated_together(children):
        sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
        children.append(subprocess.Popen(sleeper, start_new_session=True))
        print(children[0].pid, flush=True)
        time.sleep(600)
except KeyboardInterrupt:
    print("ended", children[0].poll() is not None, flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_the_parent_ends_its_children(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        parent.send_signal(number)
        assert parent.stdout.readline() == "ended True\n"
