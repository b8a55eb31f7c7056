"""The LINE proof sees a post that came twice, a personal text that left, and a question that was not handled once."""

from typing import Any

import pytest

from todoke.proving.line_proof.line_acts import PLANTED
from todoke.proving.line_proof.line_run import LineReport, problems

BOOK: dict[str, Any] = {"posts": 10, "repeated": 0, "said": ["お知らせ 0001"], "replies": 5}
HANDLED = {"events": 5, "questions": 5, "replies": 5, "twice": 0}


def found(book: dict[str, Any], handled: dict[str, int], waiting: int = 0) -> list[str]:
    report = LineReport(posts=10, events=5, book=BOOK | book, handled=HANDLED | handled)
    return [each[:2] for each in problems(report, waiting)]


def test_a_run_in_which_everything_came_once_has_no_finding() -> None:
    assert found({}, {}) == []


@pytest.mark.parametrize(
    ("book", "handled", "waiting", "sign"),
    [
        ({"posts": 9}, {}, 0, "L1"),
        ({"repeated": 1}, {}, 0, "L2"),
        ({"said": [f"{PLANTED[0]}犬の登録"]}, {}, 0, "L3"),
        ({}, {}, 1, "L4"),
        ({}, {"events": 4}, 0, "L5"),
        ({}, {"questions": 6}, 0, "L5"),
        ({}, {"twice": 1}, 0, "L6"),
        ({"replies": 4}, {}, 0, "L7"),
    ],
)
def test_each_breach_is_named(book: dict[str, Any], handled: dict[str, int], waiting: int, sign: str) -> None:
    assert found(book, handled, waiting) == [sign]
