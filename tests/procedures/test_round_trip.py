"""Workbooks go out, are filled in by clumsy people, and come back: every cell is accounted for and none is lost."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.cast import department
from tests.cast.clumsy import BLUNDERS, GONE, NOTE, TOTAL, Filled, fill
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.procedures import cell_edits
from todoke.procedures.models import Procedure, Volume, install_code_tables
from todoke.rounds import progress, workbook_merge, workbooks
from todoke.rounds.models import MergedCell, RoundSheet

pytestmark = pytest.mark.django_db


def accounts(sheet: RoundSheet) -> dict[tuple[str, str], str]:
    cells = sheet.cells.exclude(field="手続番号").select_related("procedure")
    return {(cell.procedure.number, cell.field): cell.outcome for cell in cells if cell.procedure}


@pytest.fixture
def leader() -> User:
    return headquarters()


@pytest.fixture
def sheets(leader: User) -> list[RoundSheet]:
    install_code_tables()
    for place in range(len(BLUNDERS)):
        section = department(f"第{place}課", f"20{place:02}")
        for row in range(8):
            procedure(f"手続{place}-{row}", department=section, fee="2" if row % 2 else "1", time_offline="5日")
    period = {"starts_on": date(2025, 4, 1), "ends_on": date(2026, 3, 31), "due_on": date(2026, 12, 25)}
    return list(progress.open_round("2026", "棚卸", **period, by=leader).sheets.select_related("round", "department"))


def test_every_clumsy_cell_is_taken_or_told_and_nothing_else_moves(
    tmp_path: Path, sheets: list[RoundSheet], leader: User
) -> None:
    for seed, sheet in enumerate(sheets):
        path = tmp_path / f"{seed}.xlsx"
        done = fill(workbooks.create_workbook(sheet, by=leader)[1], path, seed, often=0.8)
        merged = workbook_merge.merge_workbook(path, by=leader)
        assert done.cells, done.blunder
        assert accounts(sheet) == done.cells, done.blunder
        assert Counter(done.cells.values()) + Counter({"defect": done.doubled}) == merged.cells
        assert (merged.absent_rows, merged.absent_columns == [GONE]) == (done.missing, done.blunder == BLUNDERS[0])
    assert set(Procedure.objects.values_list("time_offline", flat=True)) == {"5日"}
    said = MergedCell.objects.filter(field=TOTAL, outcome="taken").count()
    assert said
    assert Volume.objects.filter(total__gte=1000).count() == said


def test_what_the_office_changed_meanwhile_is_put_side_by_side(
    tmp_path: Path, sheets: list[RoundSheet], leader: User
) -> None:
    sheet, path = sheets[1], tmp_path / "a.xlsx"
    done = fill(workbooks.create_workbook(sheet, by=leader)[1], path, 1, often=1)
    numbers = [number for (number, header), kind in done.cells.items() if header == NOTE and kind == "taken"]
    for number in numbers:
        cell_edits.update_procedure(
            Procedure.objects.get(number=number), {"municipal_note": "台帳で直した"}, {}, by=leader
        )
    workbook_merge.merge_workbook(path, by=leader)
    expected = {**done.cells, **{(number, NOTE): "conflict" for number in numbers}}
    assert numbers
    assert accounts(sheet) == expected
    kept = Procedure.objects.filter(number__in=numbers).values_list("municipal_note", flat=True)
    assert set(kept) == {"台帳で直した"}
    assert isinstance(done, Filled)
    assert Department.objects.count() == 6
