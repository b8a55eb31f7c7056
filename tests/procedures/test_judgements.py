from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import chief, clerk, department
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from todoke.guidance import procedure_summary
from todoke.organization.models import Department
from todoke.procedures.models import Code, Judgement, Procedure, install_code_tables
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
LATER = date(2027, 10, 1)
SAID: dict[str, Any] = {
    "grounds": "現地で寸法を測る",
    "explanation": "職員が現地で確かめるためです。",
    "next_check_on": LATER,
}


@pytest.fixture
def section() -> Department:
    install_code_tables()
    return department()


def concern(key: str) -> Code:
    return Code.objects.get(table="concern", key=key)


def test_residents_read_the_municipalitys_own_reason_before_the_surveys(section: Department) -> None:
    found = procedure(department=section, online_status="3")
    assert "法令で" in procedure_summary.summarise(found).why_offline
    Judgement.judge(found, concern("5"), **SAID, by=clerk(section))
    assert (
        procedure_summary.summarise(found).why_offline
        == "職員が現地で確かめるためです。 (次に見直す日:2027年10月1日(金))"
    )


def test_a_new_judgement_replaces_the_one_before_and_keeps_it(section: Department) -> None:
    found, person = procedure(department=section), headquarters()
    first = Judgement.judge(found, concern("3"), **SAID, by=person)
    second = Judgement.judge(found, concern("6"), **SAID | {"next_check_on": date(2026, 10, 1)}, by=person)
    first.refresh_from_db()
    assert first.replaced_at
    assert list(Judgement.objects.in_force()) == [second]
    assert list(Judgement.objects.due(date(2026, 11, 1))) == [second]
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.filter(pk=first.pk).update(replaced_at=None)


def test_a_judgement_needs_its_explanation_and_somebody_in_charge(section: Department) -> None:
    found = procedure(department=section)
    with pytest.raises(Refused):
        Judgement.judge(found, concern("5"), **SAID | {"explanation": " "}, by=clerk(section))
    with pytest.raises(Refused):
        Judgement.judge(found, Code.objects.get(table="fee", key="1"), **SAID, by=headquarters())
    with pytest.raises(NotAllowed):
        Judgement.judge(found, concern("5"), **SAID, by=chief(department("別の課", "9999")))
    assert Procedure.objects.get().judgements.count() == 0
