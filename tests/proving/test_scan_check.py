"""The proof of scanned paper sees each way in which a sheet, a value or a case is lost or mixed, and nothing else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from todoke.cases.models import ScannedApplication
from todoke.cases.paper import scan_intake
from todoke.formbuilder.models import Answer
from todoke.proving import service
from todoke.proving.mutants import FAULTS
from todoke.proving.scan_proof import scan_acts, scan_check
from todoke.scans.models import FieldVerification, ScanSheet

pytestmark = pytest.mark.django_db


class Town:
    """People who scan, and the journal of what they were told."""

    def __init__(self, folder: Path, seed: int = 3) -> None:
        service.build()
        scan_acts.prepare()
        self.journal = folder / "scans.journal"
        self.people = scan_acts.People(seed, self._tell)

    def _tell(self, fact: dict[str, Any]) -> None:
        with self.journal.open("a") as file:
            file.write(f"{json.dumps(fact)}\n")

    def act(self, times: int) -> None:
        for _ in range(times):
            self.people.act()

    def kinds(self) -> set[str]:
        return {words.split()[0] for words in scan_check.check(self.journal)}


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.fixture
def _as_before() -> Iterator[None]:
    """What a fault replaced is put back."""
    module: Any = scan_intake
    kept = module.form_data
    yield
    module.form_data = kept


def test_many_acts_break_nothing_and_each_breach_is_seen(town: Town) -> None:
    town.act(250)
    assert ScannedApplication.objects.filter(submission__case__isnull=False).count() > 3
    assert town.kinds() == set()
    seen: dict[str, Callable[[], object]] = {
        "S2": lambda: default_storage.delete(ScanSheet.objects.order_by("pk")[0].path),
        "S3": lambda: FieldVerification.objects.filter(sheet=ScanSheet.objects.order_by("pk")[0]).delete(),
        "S5": lambda: Answer.objects.filter(value__startswith="束").update(value="束0件0号"),
        "S4": lambda: ScannedApplication.objects.all().delete(),
        "S1": lambda: ScanSheet.objects.all().delete(),
    }
    for kind, breach in seen.items():
        breach()
        assert kind in town.kinds()


@pytest.mark.usefixtures("_as_before")
def test_values_of_another_application_are_seen(town: Town) -> None:
    FAULTS["values-of-the-one-before"]()
    town.act(150)
    assert "S5" in town.kinds()
