"""Anchors show what a chain alone cannot: a cut tail, or an older copy put in its place."""

from pathlib import Path

import pytest
from django.db import connection

from todoke.accounts.actors import Guest
from todoke.audit import checkpoints, log
from todoke.audit.models import Entry
from todoke.audit.triggers import uninstall

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchored(tmp_path: Path) -> Path:
    path = tmp_path / "checkpoints.jsonl"
    for number in range(3):
        log.record(f"case/{number}", "受付", by=Guest())
        checkpoints.write(path)
    return path


def test_an_untouched_audit_agrees_with_its_anchors(anchored: Path) -> None:
    assert len(checkpoints.read(anchored)) == 3
    assert checkpoints.problems(anchored) == []


def test_nothing_new_needs_no_new_anchor(anchored: Path) -> None:
    assert checkpoints.write(anchored) is None


def test_a_cut_tail_is_found_although_every_chain_is_whole(anchored: Path) -> None:
    uninstall(connection)
    Entry.objects.filter(subject="case/2")._raw_delete("default")  # noqa: SLF001 - what an intruder does
    assert list(log.verify()) == []
    assert "3 件でしたが、いまは 2 件" in checkpoints.problems(anchored)[0]


def test_a_replaced_entry_is_found(anchored: Path) -> None:
    uninstall(connection)
    Entry.objects.filter(subject="case/1").update(hash="0" * 64)
    assert "書き換えられています" in checkpoints.problems(anchored)[0]
