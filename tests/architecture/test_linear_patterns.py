"""No line of 10,000 letters, whatever stands in it, holds up an expression of ours: each takes time in proportion."""

import re
import signal
import time
from itertools import islice
from typing import Any

import pytest

from tests.architecture.patterns import SEARCHED, UNKNOWN, Use, is_bounded, lines, uses

LENGTH, LONGEST, TIMES, SLOWEST = 10_000, 160_000, 4, 2
AT_MOST = 2.5 * TIMES
"""How much longer a line of four times the length may take; a square takes sixteen times as long."""
TOO_LONG = 0.3
"""Seconds of processor time that no line of the first length may take."""
NOTICED = 0.06
"""Seconds of processor time from which growth is measured: many ticks of a coarse clock. A line is doubled until it
takes as long, whatever the speed of the machine; one that does not at the greatest length holds up nobody."""
BUILT = {
    "todoke.guidance.relevance": "one word of a query of at most a hundred letters, escaped",
    "todoke.web.english_runs": "the sentences of the own catalogue, escaped; a gap holds one text between two tags",
    "todoke.guidance.synonyms": "a wording of at most fifty letters, escaped, with gaps of at most six",
    "todoke.proving.secrets_at_rest.secret_encodings": "one secret of a proof, escaped",
    "todoke.japanese.furigana": "of the runs of one word, whose length the dictionary bounds",
    "todoke.meetings.learning.rows_export": "the names of the accounts, escaped and joined; nothing in it repeats",
    "todoke.meetings.minutes.commitment_candidates": "one more word or not, sought in twenty letters",
    "todoke.meetings.minutes.owners": "the names of people and posts, joined; nothing in it repeats",
    "todoke.meetings.minutes.patterns": "of the table of expressions; each compiled one is found in the module",
    "todoke.meetings.speech.spelling_table": "the terms of a body with their other spellings, escaped and joined",
    "todoke.proving.rights.journeys.steps": "what a step of a proof looks for in our own pages",
}
"""Modules that build an expression from what only a call knows, and why it stays short."""
pytestmark = pytest.mark.slow


class _Given(Exception):
    """The processor time for one line is used up."""


def _give_up(*_: object) -> None:
    raise _Given


def seconds(use: Use, line: str, limit: float) -> float:
    """Return the processor time that an expression takes for a line, at most the limit.

    The timer counts this process's own work; the engine asks for signals while it searches.
    """
    text: Any = line.encode() if isinstance(use.regex.pattern, bytes) else line
    before, began = signal.signal(signal.SIGVTALRM, _give_up), time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        for function in use.functions:
            found = getattr(use.regex, function)(text)
            for _ in found if function == "finditer" else ():
                pass
    except _Given:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - began


def is_linear(use: Use) -> bool:
    """Whether no line takes out of proportion longer when it is four times as long.

    Where a machine is shared, the processor time of one try can count what others did; whoever accuses tries again.
    """
    timed = list[tuple[float, int]]()
    for number, line in enumerate(lines(use.regex, LENGTH)):
        timed.append((seconds(use, line, TOO_LONG), number))
        if timed[-1][0] >= TOO_LONG or (timed[-1][0] >= NOTICED and _grows(use, number)):
            return False
    return not any(_grows(use, number) for _, number in sorted(timed)[-SLOWEST:])


def _grows(use: Use, number: int) -> bool:
    """Whether a line takes more than in proportion when it is four times as long, from a length that is noticed on."""
    length = LENGTH
    while (once := seconds(use, _line(use, number, length), TOO_LONG)) < NOTICED and length < LONGEST:
        length *= 2
    if once < NOTICED:
        return False
    again = (seconds(use, _line(use, number, length), TOO_LONG) for _ in range(2))
    limit = AT_MOST * min(once, *again)
    return seconds(use, _line(use, number, TIMES * length), 1.1 * limit) > limit


def _line(use: Use, number: int, length: int) -> str:
    return next(islice(lines(use.regex, length), number, None))


def test_every_expression_of_the_program_is_linear() -> None:
    found = {(use.regex, use.functions): use for use in uses() if use.regex.pattern != UNKNOWN}
    assert len(found) > 300
    accused = [use for use in found.values() if not is_bounded(use.regex) and not is_linear(use)]
    wrong = [f"{use.place}: {use.regex.pattern!r}" for use in accused if not any(is_linear(use) for _ in range(2))]
    assert not wrong, "\n".join(wrong)


def test_whoever_builds_an_expression_says_why_it_stays_short() -> None:
    assert {use.place.partition(":")[0] for use in uses() if use.regex.pattern == UNKNOWN} == set(BUILT)


@pytest.mark.parametrize("pattern", [r"\s+$", r"\d+\d+x", r"[(].*[)]", r"の.*x", r"[a-z]*?__[a-z]+", r"\s*\n\s*"])
def test_a_pattern_that_is_not_linear_is_seen(pattern: str) -> None:
    assert not is_linear(Use("here", re.compile(pattern), SEARCHED))


@pytest.mark.parametrize("pattern", [r"(?:a+)+b", r"\d+\d+x", r"\s*\s*x", r"(?:\w+_?)*-"])
def test_nor_one_that_begins_at_the_start(pattern: str) -> None:
    assert not is_linear(Use("here", re.compile(pattern), frozenset({"match"})))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+$", r"[(][^()]{0,60}[)]", r"\d{4}-\d{2}", r"<[^<>]*>", r"(?:a|b)+c?"])
def test_a_linear_pattern_is_not_accused(pattern: str) -> None:
    use = Use("here", re.compile(pattern), SEARCHED)
    assert is_bounded(use.regex) or is_linear(use)
