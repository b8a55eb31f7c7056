"""Stored files 保管したファイル: of parcels, of tables of answers and of applications of the national portal."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from todoke.integrations.handover import outbound_parcels
from todoke.integrations.imports import answer_imports, national_intake
from todoke.integrations.models import AnswerImport, NationalApplication, Parcel
from todoke.records.orphaned_files import delete_orphaned_files

HOLDERS: dict[str, QuerySet[Any]] = {
    outbound_parcels.FOLDER: Parcel.objects.all(),
    answer_imports.FOLDER: AnswerImport.objects.all(),
    national_intake.FOLDER: NationalApplication.objects.all(),
}
"""Which rows name the files of a folder."""


def delete_without_row() -> int:
    """Delete files that a process stored before it died (行のないファイルの掃除); return how many. Idempotent."""
    return sum(delete_orphaned_files(folder, _named_in(rows)) for folder, rows in HOLDERS.items())


def _named_in(rows: QuerySet[Any]) -> Callable[[str], bool]:
    return lambda path: rows.filter(path=path).exists()
