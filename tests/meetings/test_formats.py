"""Minutes of six formats, as the program reads them. How it reads them untrained is said by the benchmark."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast.meetings import agrees
from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import load
from todoke.meetings.minutes.owners import owner_key

HERE = Path(__file__).parent / "formats"
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))


def rows(name: str, what: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / f"{name}.{what}.tsv").read_text().splitlines()]


def test_what_a_reader_finds_is_proposed_with_owner_and_day() -> None:
    needed = hit = total = wrong = owned = owners = dated = days = 0
    for name in NAMES:
        found, listed = extract(load((HERE / f"{name}.txt").read_bytes())).candidates, rows(name, "proposals")
        total += len(found)
        wrong += sum(not any(agrees(row, each) for row in listed) for each in found)
        for row in (row for row in listed if row[2] == "needed"):
            held = [each for each in found if agrees(row, each)]
            needed, hit = needed + 1, hit + bool(held)
            if held and row[3]:
                owned += 1
                owners += any(owner_key(row[3]) == owner_key(each.owner) for each in held)
            if held and row[5] != "-":
                dated += 1
                days += any(each.due == date.fromisoformat(row[5]) for each in held)
    assert hit >= 0.95 * needed
    assert wrong <= 0.05 * total
    assert owners >= 0.9 * owned
    assert days >= 0.9 * dated


@pytest.mark.parametrize("name", NAMES)
def test_only_what_cannot_be_right_is_a_defect(name: str) -> None:
    found = [[str(each.line), each.kind] for each in extract(load((HERE / f"{name}.txt").read_bytes())).defects]
    assert found == rows(name, "defects")
