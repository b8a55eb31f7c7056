"""The nightly unit of systemd is red when anything is wrong, and everything is looked at each night."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

UNITS = settings.ROOT / "deploy" / "systemd"
pytestmark = pytest.mark.sqlite


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The delivered script beside a program that notes what it is asked and fails at the word in ``broken``."""
    (tmp_path / "deploy" / "systemd").mkdir(parents=True)
    shutil.copy(UNITS / "todoke-check", tmp_path / "deploy" / "systemd")
    program = tmp_path / "todoke"
    program.write_text('#!/bin/sh\necho "$*" >>asked\n[ "$1" != "$(cat broken)" ]\n')
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("broken", "code"), [("", 0), ("restore", 1), ("audit", 1), ("doctor", 1)])
def test_one_thing_that_is_wrong_turns_the_unit_red_and_the_others_are_still_looked_at(
    house: Path, broken: str, code: int
) -> None:
    (house / "broken").write_text(broken)
    assert subprocess.run([str(house / "deploy" / "systemd" / "todoke-check")]).returncode == code
    assert (house / "asked").read_text() == "restore --check\naudit\ndoctor --only-critical\n"


def test_the_unit_runs_that_script_and_calls_no_failure_a_success() -> None:
    unit = (UNITS / "todoke-check.service").read_text()
    assert "ExecStart=/opt/todoke/deploy/systemd/todoke-check\n" in unit
    assert "SuccessExitStatus" not in "".join(path.read_text() for path in UNITS.glob("*.service"))
