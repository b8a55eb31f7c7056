"""The cast of the portal: services made from the library's definitions, and their pages as residents fill them in."""

from typing import Any

from tests import cast
from tests.cast.cases import OPENED
from todoke.accounts.actors import System
from todoke.approvals.models import Route
from todoke.formbuilder.document.form_templates import create_draft
from todoke.offers.models import Offer, Release
from todoke.procedures.models import Procedure

CHILD: dict[str, Any] = {
    "child_name-{row}__family": "山田",
    "child_name-{row}__given": "{name}",
    "child_name-{row}__family_kana": "ヤマダ",
    "child_name-{row}__given_kana": "コドモ",
    "child_birth-{row}__era": "令和",
    "child_birth-{row}__year": "5",
    "child_birth-{row}__month": "4",
    "child_birth-{row}__day": "1",
}


def service(code: str, number: str = "P-000001", **offer: Any) -> Release:
    """An open online service from a definition of the library."""
    section = cast.department()
    procedure = Procedure.objects.create(
        number=number, serial=int(number[2:]), title=f"手続 {code}", department=section
    )
    made = Offer.objects.create(code=code, procedure=procedure, department=section, **{"opens_at": OPENED, **offer})
    route, _ = Route.objects.get_or_create(code=code, defaults={"name": "専決規程"})
    form = create_draft(code, by=System()).publish(by=System())
    return Release.publish(
        made, by=System(), form_version=form, route=route, standard_days=5, delivery="窓口", effective_at=OPENED
    )


def child(row: int, name: str) -> dict[str, str]:
    """What is typed about one child in one row."""
    return {key.format(row=row): value.format(name=name) for key, value in CHILD.items()}
