"""Real files of Yaizu city (PDL1.0): every defect that two people's scripts counted is found, and no other."""

import csv
from functools import cache
from pathlib import Path

import pytest

from todoke.insights.open_data.repairs import repair
from todoke.insights.open_data.validator import validate

HERE = Path(__file__).parent
FILES = sorted((HERE / "yaizu").glob("*.csv"), key=lambda path: path.name)
Place = tuple[str, int, int, int]


@cache
def expected() -> dict[str, set[Place]]:
    by_file: dict[str, set[Place]] = {path.name: set() for path in FILES}
    with (HERE / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_file[row["file"]].add((row["rule"], int(row["record"]), int(row["line"]), int(row["column"])))
    return by_file


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_defect_is_found_at_its_place_and_no_other(path: Path) -> None:
    report = validate(path.read_bytes(), path.name)
    assert {(one.rule, one.record, one.line, one.column) for one in report.defects} == expected()[path.name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_repaired_file_has_no_error_and_repairing_twice_changes_nothing(path: Path) -> None:
    once = repair(path.read_bytes())
    again = repair(once.content)
    assert validate(once.content, path.name).publishable
    assert (again.content, again.cells, again.rows) == (once.content, 0, 0)
