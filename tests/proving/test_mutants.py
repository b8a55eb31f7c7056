"""A fault that names what is gone stops the server instead of showing anything: each can still be planted."""

import os
import subprocess
import sys
from pathlib import Path

from todoke.proving.faults import OF_PROOF
from todoke.proving.mutants import FAULTS

PROGRAM = """
import os, sys, traceback
import django
django.setup()
from todoke.proving import crash_points
from todoke.proving.mutants import FAULTS
crash_points.install()
for name, plant in FAULTS.items():
    if not (child := os.fork()):
        try:
            plant()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""


def test_every_fault_is_planted_in_the_program_as_it_is(tmp_path: Path) -> None:
    environment = {**os.environ, "TODOKE_VAR": str(tmp_path), "TODOKE_DATABASE": "", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "", done.stderr


def test_every_fault_that_a_proof_judges_is_there() -> None:
    judged = {mutant.name for mutants in OF_PROOF.values() for mutant in mutants} - {""}
    assert judged <= set(FAULTS)
