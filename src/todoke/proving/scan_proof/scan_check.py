"""Scan check 読取りの突合: what must hold of sheets, values and cases by what people were told."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Count

from todoke.cases.models import Case, ScannedApplication
from todoke.formbuilder.models import Answer
from todoke.proving.scan_proof.scan_acts import canary
from todoke.scans.models import FieldVerification, ScanSheet


def check(journal: Path) -> Iterator[str]:
    """Yield every breach, each with the sign of its kind."""
    facts = [json.loads(line) for line in journal.read_text().splitlines() if line.endswith("}")]
    yield from _sheets(facts)
    yield from _files()
    yield from _values(facts)
    yield from _cases(facts)
    yield from _mixed()


def _sheets(facts: list[dict[str, Any]]) -> Iterator[str]:
    known = set(ScanSheet.objects.values_list("batch", "sha256"))
    told = {(fact["batch"], fact["sha"]) for fact in facts if fact["what"] == "sheet"}
    yield from (f"S1 取り込んだと言った紙面がない: 束{batch} {sha[:8]}" for batch, sha in told - known)


def _files() -> Iterator[str]:
    for sheet in ScanSheet.objects.exclude(path=""):
        content = b""
        if default_storage.exists(sheet.path):
            with sheet.open() as file:
                content = file.read()
        if hashlib.sha256(content).hexdigest() != sheet.sha256:
            yield f"S2 紙面の画像がないか、違う: 束{sheet.batch_id} {sheet.position}枚目"


def _values(facts: list[dict[str, Any]]) -> Iterator[str]:
    there = set(
        FieldVerification.objects.current().values_list("sheet__batch", "sheet__application", "field")
    )  # fmt: skip
    for fact in facts:
        if fact["what"] == "values":
            told = {(fact["batch"], fact["application"], key) for key in fact["keys"]}
            if lost := told - there:
                yield f"S3 保存したと言った値が{len(lost)}個ない: 束{fact['batch']} {fact['application']}件目"


def _cases(facts: list[dict[str, Any]]) -> Iterator[str]:
    scanned = ScannedApplication.objects.values("batch", "application").annotate(times=Count("pk"))
    for row in scanned.filter(times__gt=1):
        yield f"S4 一件の申請が{row['times']}件の案件に: 束{row['batch']} {row['application']}件目"
    numbers = dict(Case.objects.values_list("number", "submission__scanned_application__application"))
    for fact in facts:
        if fact["what"] == "case" and numbers.get(fact["number"]) != fact["application"]:
            yield f"S4 受け付けたと言った案件がない: {fact['number']}"
    received = set(
        ScannedApplication.objects.filter(submission__case__isnull=False).values_list("batch", "application")
    )
    settled = set(ScanSheet.objects.exclude(settled_at=None).values_list("batch", "application"))
    yield from (f"S4 案件のない受付済み: 束{batch} {application}件目" for batch, application in settled - received)


def _mixed() -> Iterator[str]:
    for scanned in ScannedApplication.objects.filter(submission__case__isnull=False):
        mine = canary(scanned.batch_id, scanned.application)
        texts = Answer.objects.filter(submission=scanned.submission, value__contains="束").values_list(
            "value", flat=True
        )
        if foreign := [text for text in texts if text != mine]:
            yield f"S5 ほかの申請の値: {mine} に {foreign[0]}"
