"""A core system as a process of its own hands in, reads, reviews and writes a result, and is killed at any answer."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.cast.api import caller
from tests.cast.cases import FILLED, counter
from tests.journeys import core_system_stub
from todoke.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = ("hand_in", "read", "review", "result")


def test_a_process_killed_after_any_answer_goes_on_and_does_each_once(live_server: LiveServer, tmp_path: Path) -> None:
    """The stub is a process that kills itself (SIGKILL) after an answer and before it has written that down."""
    at = counter()
    key = caller(at).key

    def run(place: str, *dies: str) -> int:
        command = [sys.executable, core_system_stub.__file__, live_server.url, key, at.release.offer.code]
        told = {**os.environ, "CORE_ANSWERS": json.dumps(FILLED)}
        return subprocess.run([*command, str(tmp_path / f"{place}.notes"), *dies], env=told, check=False).returncode

    for place in STEPS:
        assert run(place, place) == -signal.SIGKILL
        assert run(place) == 0
    assert Case.objects.count() == len(STEPS)
    for found in Case.objects.all():
        assert found.status == Case.Status.REVIEW
        assert [event.act for event in found.events.all()].count("審査開始") == 1
        assert [note.text for note in found.notes.all()] == ["課税の状況: 問題なし"]
