"""Crash points: armed by a file, passed by nobody else, and every one is a function that exists."""

import subprocess
import sys
from pathlib import Path

import pytest

from todoke.proving import crash_points
from todoke.proving.faults import FAULTS as JUDGED
from todoke.proving.mutants import FAULTS

DIE = """
import django, sys
django.setup()
from todoke.proving import crash_points
crash_points.install()
from todoke.formbuilder.models import upload
upload.store_file(b"content", ".pdf")
print("alive")
"""


def test_every_point_names_something_that_exists() -> None:
    for owner, attribute, when in crash_points.POINTS.values():
        assert callable(getattr(owner, attribute))
        assert when in {crash_points.BEFORE, crash_points.AFTER}


def test_a_fault_is_planted_for_every_fault_that_is_judged() -> None:
    assert {mutant.name for mutant in JUDGED} <= set(FAULTS)
    assert len(JUDGED) == 15


@pytest.mark.slow
def test_a_process_dies_at_an_armed_point_and_only_once(tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "todoke.settings",
        "TODOKE_VAR": str(tmp_path),
        "PYTHONPATH": ":".join(sys.path),
    }
    (tmp_path / "armed").write_text("mail.handed upload.file-written")
    runs = [subprocess.run([sys.executable, "-c", DIE], env=environment, check=False).returncode for _ in range(2)]
    assert runs == [137, 0]
    assert (tmp_path / "deaths").read_text() == "upload.file-written\n"
