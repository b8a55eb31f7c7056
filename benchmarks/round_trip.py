"""Forty workbooks of the 3,098 procedures go out, are filled in by clumsy people, and come back.

./todoke bench round_trip
"""

import os
import platform
import time
from collections import Counter
from datetime import date
from pathlib import Path

from django.core.management import call_command
from tests.cast.clumsy import NOTE, fill

from todoke.accounts.actors import Actor, System
from todoke.organization.models import Department
from todoke.procedures import cell_edits
from todoke.procedures.imports import importer
from todoke.procedures.models import Procedure
from todoke.rounds import progress, workbook_merge, workbooks
from todoke.rounds.models import RoundSheet

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src/todoke/procedures/data/national_survey_r6_city_halls.csv"
BOOKS, LIMIT = 40, 10


def main() -> None:
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    measure(Path(os.environ["TODOKE_VAR"]))


def measure(place: Path) -> None:
    by = System("計測")
    sheets = opened(by)
    began = time.perf_counter()
    filled = {
        sheet: fill(workbooks.create_workbook(sheet, by=by)[1], place / f"{seed}.xlsx", seed)
        for seed, sheet in enumerate(sheets)
    }
    print(f"{BOOKS} workbooks made and filled in: {time.perf_counter() - began:.1f} s")
    expected = {(sheet.pk, *key): kind for sheet, done in filled.items() for key, kind in done.cells.items()}
    for key in [key for key, kind in expected.items() if key[2] == NOTE and kind == "taken"][::3]:
        cell_edits.update_procedure(Procedure.objects.get(number=key[1]), {"municipal_note": "台帳で直した"}, {}, by=by)
        expected[key] = "conflict"
    began, busy = time.perf_counter(), time.process_time()
    merged = [workbook_merge.merge_workbook(place / f"{seed}.xlsx", by=by) for seed in range(BOOKS)]
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    rows = sum(each.rows for each in merged)
    print(f"{rows:,} rows brought in: {seconds:.1f} s, busy {busy:.1f} s (limit {LIMIT} s)")
    judge(sheets, expected)
    doubled, missing = (sum(getattr(each, name) for each in filled.values()) for name in ("doubled", "missing"))
    named = sum(each.absent_rows for each in merged)
    print(f"doubled rows told {doubled}, missing rows named {named} of {missing}")


def opened(by: Actor) -> list[RoundSheet]:
    """The 3,098 procedures dealt to forty sections, and a round that asks them."""
    call_command("migrate", verbosity=0)
    importer.import_file(SHIPPED, by=by, good_rows_only=True)
    ids = list(Procedure.objects.order_by("serial").values_list("pk", flat=True))
    for at in range(BOOKS):
        section = Department.objects.create(code=f"{at:04}", name=f"第{at}課")
        Procedure.objects.filter(pk__in=ids[at::BOOKS]).update(department=section)
    year = date(2025, 4, 1), date(2026, 3, 31)
    made = progress.open_round("2026", "棚卸", starts_on=year[0], ends_on=year[1], due_on=date(2026, 12, 25), by=by)
    return list(made.sheets.select_related("round", "department"))


def judge(sheets: list[RoundSheet], expected: dict[tuple[int, str, str], str]) -> None:
    """Compare what people wrote with what the product says became of it, cell by cell."""
    found = {
        (cell.sheet_id, cell.procedure.number, cell.field): cell.outcome
        for sheet in sheets
        for cell in sheet.cells.exclude(field="手続番号").select_related("procedure")
        if cell.procedure
    }
    print(f"cells written by people {len(expected):,}: {dict(Counter(expected.values()))}")
    print(f"accounted for {len(found):,}: {dict(Counter(found.values()))}")
    print(f"lost or judged otherwise {len(expected.items() - found.items())}, "
          f"invented {len(found.items() - expected.items())}")  # fmt: skip
    assert found == expected


if __name__ == "__main__":
    main()
