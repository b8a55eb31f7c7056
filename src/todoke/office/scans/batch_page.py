"""読取り束のページ: the sheets of a batch by application, and the one next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.cases.models import ScannedApplication
from todoke.scans.models import ScanBatch, ScanSheet
from todoke.scans.permissions import CHECK_SCANS
from todoke.web.permission_check import staff


@dataclass(frozen=True)
class ApplicationLine:
    """一件: its sheets, and the number of the case that it became ("" before)."""

    application: int
    sheets: Sequence[ScanSheet]
    number: str
    is_settled: bool


def checker(request: HttpRequest) -> User:
    """Return the person if they check the paper of some department. Raises PermissionDenied."""
    by = staff(request)
    if not CHECK_SCANS.departments_of(by):
        raise PermissionDenied
    return by


def batch_for(request: HttpRequest, token: str) -> ScanBatch:
    """Return a batch that the person sees. Raises Http404."""
    rows = ScanBatch.objects.visible_to(staff(request)).select_related("template__department", "department")
    return get_object_or_404(rows, token=token)


def sheet_for(request: HttpRequest, token: str) -> ScanSheet:
    """Return a sheet that the person sees. Raises Http404."""
    rows = ScanSheet.objects.visible_to(staff(request)).select_related("batch__template", "batch__department")
    return get_object_or_404(rows, token=token)


def application_lines(batch: ScanBatch) -> list[ApplicationLine]:
    """Return the applications of a batch in their order, of the sheets that were not taken out."""
    numbers = dict(
        ScannedApplication.objects.filter(batch=batch, submission__case__isnull=False).values_list(
            "application", "submission__case__number"
        )
    )
    sheets = batch.sheets.live().order_by("application", "page")
    grouped = [(key, list(rows)) for key, rows in groupby(sheets, key=lambda sheet: sheet.application)]
    return [
        ApplicationLine(key, rows, numbers.get(key, ""), all(row.settled_at for row in rows)) for key, rows in grouped
    ]


def next_application(lines: Sequence[ApplicationLine]) -> int | None:
    """Return the first application that is not received."""
    return next((line.application for line in lines if not line.is_settled), None)
