"""The extractor against the gold list, which was made before it."""

from datetime import date, time
from pathlib import Path

import pytest

from tests.cast.meetings import agrees
from todoke.meetings.minutes.extract import MinutesExtract, extract
from todoke.meetings.minutes.loader import comparison_key, load

HERE = Path(__file__).parent
NAMES = ("toshima-2021", "chuo-2024", "shinagawa-2025")


def read_minutes(name: str) -> MinutesExtract:
    return extract(load((HERE / "minutes" / f"{name}.txt").read_bytes()))


def rows(name: str, what: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / "gold" / f"{name}.{what}.tsv").read_text().splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_every_speech_is_found_with_its_speaker(name: str) -> None:
    found = {(turn.line, comparison_key(turn.label.written)) for turn in read_minutes(name).speeches}
    assert found == {(int(line), comparison_key(who)) for line, who in rows(name, "turns")}


@pytest.mark.parametrize("name", NAMES)
def test_nine_in_ten_promises_are_proposed_and_nine_in_ten_proposals_are_right(name: str) -> None:
    found, listed = read_minutes(name).candidates, rows(name, "proposals")
    needed = [row for row in listed if row[2] == "needed"]
    hit = [row for row in needed if any(agrees(row, each) for each in found)]
    wrong = [each for each in found if not any(agrees(row, each) for row in listed)]
    assert len(hit) >= 0.9 * len(needed)
    assert len(wrong) <= 0.1 * len(found)


def test_due_words_become_dates_on_the_gold_list() -> None:
    right = total = 0
    for name in NAMES:
        found = read_minutes(name).candidates
        for row in (row for row in rows(name, "proposals") if row[2] == "needed"):
            for each in (each for each in found if agrees(row, each)):
                total += 1
                right += each.due == (date.fromisoformat(row[5]) if row[5] != "-" else None)
    assert right >= 0.95 * total


def test_the_head_of_the_minutes_is_read() -> None:
    heading = read_minutes("shinagawa-2025").heading
    assert heading.on == date(2025, 1, 21)
    assert heading.starts
    assert (heading.starts.hour, heading.ends) == (13, time(14, 38))


def test_a_number_that_differs_from_the_answer_before_is_flagged() -> None:
    [defect] = [d for d in read_minutes("shinagawa-2025").defects if d.kind == "number"]
    assert (defect.line, defect.quote) == (255, "300名")
    assert "251行目では「320名」" in defect.message
