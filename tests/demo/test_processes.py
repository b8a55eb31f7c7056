"""Ending the demo ends everything that it started, however it is asked to end."""

import signal
import subprocess
import sys

import pytest

PARENT = """
import time
from multiprocessing.context import ForkProcess
from todoke.demo.processes import terminated_together
from todoke.runtime.processes.stop_signals import reset_in_children
child = ForkProcess(target=time.sleep, args=[600])
reset_in_children()
try:
    with terminated_together([child]):
        child.start()
        print(child.pid, flush=True)
        time.sleep(600)
except KeyboardInterrupt:
    print("ended", not child.is_alive(), flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_the_parent_ends_its_children(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        parent.send_signal(number)
        assert parent.stdout.readline() == "ended True\n"
