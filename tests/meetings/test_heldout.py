"""Minutes in formats for which no rule was written (synthetic; gold lists made before the first run)."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast.meetings import agrees as same
from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate
from todoke.meetings.minutes.extract import MinutesExtract, extract
from todoke.meetings.minutes.loader import comparison_key, load

HERE = Path(__file__).parent / "heldout"
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))
ONE_SPEAKER = {"memo_arrows": 1, "wrapped_pdf": -1}


def found_in(name: str) -> MinutesExtract:
    return extract(load((HERE / f"{name}.txt").read_bytes()))


def rows(name: str, what: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / f"{name}.{what}.tsv").read_text().splitlines()]


def agrees(row: list[str], each: CommitmentCandidate) -> bool:
    return any(
        same([row[0], kind, *row[2:6], words], each) for kind in row[1].split("|") for words in row[6].split("|")
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_speech_is_found(name: str) -> None:
    listed = {(int(line), comparison_key(who)) for line, who in rows(name, "turns")}
    found = {(turn.line, comparison_key(turn.label.written)) for turn in found_in(name).speeches}
    assert len(found ^ listed) <= abs(ONE_SPEAKER.get(name, 0))


def test_nine_in_ten_promises_are_found_and_nine_in_ten_are_right() -> None:
    needed = hit = total = wrong = dated = 0
    for name in NAMES:
        found, listed = found_in(name).candidates, rows(name, "proposals")
        total += len(found)
        wrong += sum(not any(agrees(row, each) for row in listed) for each in found)
        for row in (row for row in listed if row[2] == "needed"):
            matching = [each for each in found if agrees(row, each)]
            needed, hit = needed + 1, hit + bool(matching)
            days = [date.fromisoformat(day) if day not in {"-", ""} else None for day in row[5].split("|")]
            dated += any(each.due in days for each in matching)
    assert hit >= 0.95 * needed
    assert wrong <= 0.05 * total
    assert dated >= 0.95 * hit
