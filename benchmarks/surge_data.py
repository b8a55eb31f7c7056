"""The office of the surge: the proof's synthetic service with fourteen questions, with and without a paper.

Run inside an installation (TODOKE_VAR, TODOKE_DATABASE): build | fill N | close SECONDS | open | verdict.
"""

import sys
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from todoke.cases import intake
from todoke.cases.models import Case
from todoke.demo.offers import route
from todoke.formbuilder.models import FormDraft, Submission
from todoke.offers.models import LetterText, Offer, Release
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.proving import service

TITLE = "混雑の検証の手続(合成)"


def document() -> dict[str, Any]:
    """Return the proof's document without its paper."""
    found = service.service_definition()
    for page in found["pages"]:
        for group in page["groups"]:
            group["questions"] = [question for question in group["questions"] if question["kind"] != "file"]
    return {**found, "title": TITLE}


def build() -> str:
    """Set up the section and both services; return the number of the one without a paper."""
    service.build()
    section = Department.objects.get(code="9900")
    procedure = Procedure.objects.create(title=TITLE, department=section)
    begun = timezone.now() - timedelta(minutes=1)
    offer = Offer.objects.create(code="surge", procedure=procedure, department=section, opens_at=begun)
    draft = FormDraft.objects.create(code="surge", title=TITLE, document=document())
    release = Release.publish(
        offer,
        rows=[LetterText(kind="grant", title="通知書(合成)", opening="{received}の申請について決定しました。")],
        by=service.PROVER,
        form_version=draft.publish(by=service.PROVER),
        route=route(),
        standard_days=5,
        delivery="郵送",
        effective_at=begun,
    )
    return str(release.procedure.number)


def fill(how_many: int) -> None:
    """Multiply one received application: the rows of its submission and its case, with numbers of their own."""
    release = Release.objects.filter(offer__code="surge").latest("pk")
    draft = intake.begin(release, by=service.PROVER)
    for page, fields in service.resident_answers("filled").items():
        draft.submission.save_page(page, fields, by=service.PROVER)
    case = intake.accept(draft.submission, by=service.PROVER)
    series = (
        "generate_series(1, %s) AS n(i)"
        if connection.vendor == "postgresql"
        else "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT i FROM n) AS n"
    )
    _multiply(Submission, case.submission_id, how_many, series, {"token": "'filled-' || n.i"})
    first = Submission.objects.filter(token="filled-1").values_list("pk", flat=True).get()
    changed = {"number": "'1999-' || n.i || '-F'", "submission_id": f"{first - 1} + n.i", "charge_id": "NULL"}
    _multiply(Case, case.pk, how_many, series, changed)


def _multiply(model: Any, pk: int, how_many: int, series: str, changed: dict[str, str]) -> None:
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(name, f'old."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} old, {series} "
            f"WHERE old.id = {pk} ORDER BY n.i",
            [how_many],
        )
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {table}")


def close(seconds: float) -> None:
    """Let the service close in so many seconds."""
    _reschedule(timezone.now() + timedelta(seconds=seconds), "締切の検証")


def reopen() -> None:
    """Extend for everybody (期限の延長)."""
    _reschedule(None, "混雑のため、受付を延長します。")


def _reschedule(closes_at: datetime | None, reason: str) -> None:
    offer = Offer.objects.get(code="surge")
    offer.reschedule(opens_at=offer.opens_at, closes_at=closes_at, capacity=None, reason=reason, by=service.PROVER)


def verdict() -> int:
    """Count the applications that were received after the service had closed: none may be."""
    cases = Case.objects.filter(release__offer__code="surge", release__offer__closes_at__isnull=False)
    return cases.filter(received_at__gte=F("release__offer__closes_at")).count()


if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    if act == "build":
        print(build(), Offer.objects.get(code=service.CODE).procedure.number)
    elif act == "verdict":
        print(verdict())
    else:
        {"fill": lambda: fill(int(rest[0])), "close": lambda: close(float(rest[0])), "open": reopen}[act]()
