"""Mutants of scanned paper 読取りに植える欠陥: what a wrong program would do with sheets, values and cases."""

import threading
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection

from todoke.cases.paper import scan_intake
from todoke.scans.models import scan_sheet as module

sheets: Any = module
intakes: Any = scan_intake
ONE = "cases_one_submission_a_scanned_application"
LATER = 0.4


class _LateStorage:
    """A storage that writes a while after it said that it did."""

    def save(self, name: str, content: Any) -> str:
        threading.Timer(LATER, default_storage.save, (name, content)).start()
        return name

    def __getattr__(self, name: str) -> Any:
        return getattr(default_storage, name)


def sheet_told_before_stored() -> None:
    """Tell that a sheet was taken in while its picture is still to be written."""
    sheets.default_storage = _LateStorage()


def application_received_twice() -> None:
    """Make a case at every press; the rule of the database is gone, which SQLite has no statement to drop."""
    entered = intakes._entered

    def again(batch: Any, application: int, fields: Any, by: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE cases_scannedapplication DROP CONSTRAINT IF EXISTS {ONE}")
        found: Any = entered(batch, application, fields, by)
        return found

    intakes._entered = again
    intakes.scanned_of = lambda batch, application: None


def values_of_the_one_before() -> None:
    """Receive an application with the values that were read before it."""
    data, before = intakes.form_data, dict[str, Any]()

    def mixed(fields: Any) -> Any:
        mine = data(fields)
        answer = dict(before) or mine
        before.clear()
        before.update(mine)
        return answer

    intakes.form_data = mixed
