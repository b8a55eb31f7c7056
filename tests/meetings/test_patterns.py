"""Every expression of the minutes finds what it is for, leaves alone what it is not for, and never runs away."""

import re
from collections.abc import Callable
from time import process_time

import pytest

from todoke.meetings.minutes import agenda, defects, due, heading, owners, result_sections, sentences, speeches
from todoke.meetings.minutes.patterns import ROWS, PatternRow

MODULES = (agenda, defects, due, heading, owners, result_sections, sentences, speeches)
EVERYWHERE = [
    *((row.name, row.regex, row.matches) for row in ROWS),
    *(
        (f"{module.__name__.rpartition('.')[2]}.{name}", found, "令和8年5月12日(火) 午後1時30分から3時、第1会議室")
        for module in MODULES
        for name, found in vars(module).items()
        if isinstance(found, re.Pattern)
    ),
    *((f"due.RULES.{n}", found, "来年度の第1四半期末までに") for n, (found, _) in enumerate(due.RULES)),
]

PIECES = (" ", "一", "あ", "1", "(", "・", "今後", "次回", "○ ", "1,", "「")


def name_of(row: PatternRow) -> str:
    return row.name


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_it_matches_its_example_and_not_the_other(row: PatternRow) -> None:
    assert row.regex.search(row.matches)
    assert not row.regex.search(row.differs)


def test_each_has_a_name_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def spent(search: Callable[[str], object], line: str) -> float:
    """Return the processor time, in seconds, of searching a line: the least of three."""

    def once() -> float:
        begun = process_time()
        search(line)
        return process_time() - begun

    return min(once() for _ in range(3))


@pytest.mark.parametrize(("name", "regex", "example"), EVERYWHERE, ids=[name for name, _, _ in EVERYWHERE])
def test_a_line_ten_times_as_long_takes_no_more_than_some_thirty_times(
    name: str, regex: re.Pattern[str], example: str
) -> None:
    for piece in {
        example,
        example[:-1],
        example[:2],
        example[-2:],
        " ",
        "一",
        "あ",
        "1",
        "(",
        "・",
        "今後",
        "次回",
        "○ ",
    }:
        short, long = ((piece * length)[:length] for length in (1_000, 10_000))
        least = max(spent(regex.findall, short), 0.001)
        assert spent(regex.findall, long) < 40 * least, piece
