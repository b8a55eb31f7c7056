"""Rows for the table of answers, and for what was written out of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import cases
from tests.lists.filling import Filling, Numbers
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.cases import intake
from todoke.cases.models import AnswerExport
from todoke.office.answers.answer_list import AnswerFormList, AnswerList
from todoke.office.answers.export_list import AnswerExportList


def _counter() -> tuple[User, cases.Counter]:
    at = cases.counter()
    return at.clerk, at


def _with_one() -> tuple[User, cases.Counter]:
    at = cases.counter()
    cases.case(at)
    return at.clerk, at


def _forms(at: cases.Counter, numbers: Numbers) -> None:
    for n in numbers:
        release = cases.release(at.section, code=f"form-{n}", serial=500 + n)
        intake.accept(cases.filled(release).submission, by=Guest())


def _applications(at: cases.Counter, numbers: Numbers) -> None:
    for n in numbers:
        cases.case(at, name__family=f"山田{n % 3}")


def _place(at: cases.Counter) -> dict[str, Any]:
    return {"code": at.release.form_version.draft.code}


def _exports(at: cases.Counter, numbers: Numbers) -> None:
    now = timezone.now()
    AnswerExport.objects.bulk_create(
        AnswerExport(
            form=at.release.form_version.draft, file_format="csv", conditions="条件なし", requested_by=at.clerk,
            requested_at=now - timedelta(hours=n % 3), total=n % 4, expires_at=now,
        )
        for n in numbers
    )  # fmt: skip


ANSWER_FILLINGS = (
    Filling(AnswerFormList, _counter, _forms, section_only=True, most=9),
    Filling(AnswerList, _with_one, _applications, place=_place, most=9),
    Filling(AnswerExportList, _counter, _exports, section_only=True),
)
