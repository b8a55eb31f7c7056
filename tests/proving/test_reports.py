"""A proof that found something says what, and fails; one that found nothing says so."""

from io import StringIO

import pytest
from django.core.management.base import BaseCommand, CommandError

from todoke.proving.isolation import IsolationReport
from todoke.proving.reports import SHOWN, conclude
from todoke.proving.synthetic_users.leak_detector import LeakDetector


def test_problems_are_named_and_the_command_fails() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="40 件"):
        conclude(BaseCommand(stdout=out), [f"p{n}" for n in range(40)], refused="40 件", clean="0")
    assert out.getvalue().split() == [f"p{n}" for n in range(SHOWN)]


def test_nothing_found_is_said() -> None:
    out = StringIO()
    conclude(BaseCommand(stdout=out), [], refused="", clean="失われたもの 0")
    assert out.getvalue() == "失われたもの 0\n"


def test_a_run_in_which_nobody_was_given_anything_has_proved_nothing() -> None:
    detector = LeakDetector()
    assert IsolationReport(detector, 1.0, [], 0).problems == ["渡したものがありません"]
    detector.read("画面", "m001x0001z", "m001x0001z", own=True)
    assert IsolationReport(detector, 1.0, [], 0).problems == []
    assert IsolationReport(detector, 1.0, [], 2).problems == ["届かない通知書 2 件"]
