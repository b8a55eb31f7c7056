"""A set of rules is checked before it is published, and stays as it was published."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import CHIEF_DECIDES, DIRECTOR_DECIDES, MAYOR_DECIDES
from todoke.accounts.actors import System
from todoke.approvals.approval_rules import CONSULT, DECIDE, FIXED, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.approvals.models.route import NoRule

SOUND = [CHIEF_DECIDES, DIRECTOR_DECIDES, MAYOR_DECIDES]


def test_a_sound_ruling_has_no_defect() -> None:
    assert ApprovalRules(SOUND).defects() == []


@pytest.mark.parametrize(
    ("amount", "importance", "decision_class"),
    [
        (None, "ordinary", 0),
        (1_000_000, "ordinary", 0),
        (1_000_001, "ordinary", 1),
        (1, "important", 2),
        (10**12, "important", 2),
    ],
)
def test_the_border_amount_belongs_to_the_lower_class(amount: int | None, importance: str, decision_class: int) -> None:
    assert ApprovalRules(SOUND).choose("", amount, importance) == [decision_class]


@pytest.mark.parametrize(
    ("decision_classes", "problem"),
    [
        ([CHIEF_DECIDES, MAYOR_DECIDES], "当てはまる区分がありません"),
        ([*SOUND, CHIEF_DECIDES], "区分が重なっています"),
        ([DecisionClassRule([StopRule(1, CONSULT, "chief")])], "決裁する職位がちょうど一つ必要です"),
        (
            [DecisionClassRule([StopRule(2, CONSULT, "chief"), StopRule(1, DECIDE, "director")])],
            "決裁する職位は、回議・合議の後に置いてください",
        ),
        ([DecisionClassRule([StopRule(1, DECIDE, "chief", FIXED)])], "指定部署の職位には部署が必要です"),
    ],
)
def test_a_gap_an_overlap_and_a_headless_chain_are_named(
    decision_classes: list[DecisionClassRule], problem: str
) -> None:
    assert problem in {defect.problem for defect in ApprovalRules(decision_classes).defects()}


@pytest.mark.django_db
def test_a_defective_ruling_cannot_be_published() -> None:
    route = Route.objects.create(code="x", name="不備のある規程")
    with pytest.raises(ValidationError):
        route.publish(ApprovalRules([CHIEF_DECIDES]), starts_on=date(2020, 4, 1), basis="", by=System())


@pytest.mark.django_db
def test_the_version_of_the_day_applies_and_reads_back_as_it_was_written() -> None:
    approvals.office()
    route = approvals.route()
    everything = DecisionClassRule([StopRule(1, DECIDE, "mayor", "any")])
    route.publish(ApprovalRules([everything]), starts_on=date(2024, 4, 1), basis="改正規程", by=System())
    assert route.version_on(date(2024, 3, 31)).rules() == ApprovalRules(SOUND)
    assert route.version_on(date(2024, 4, 1)).rules() == ApprovalRules([everything])
    with pytest.raises(NoRule):
        route.version_on(date(2019, 1, 1))


@pytest.mark.django_db
def test_a_published_version_refuses_to_be_changed_or_deleted() -> None:
    approvals.office()
    version = approvals.route().version_on()
    decision_class = cast.present(version.decision_classes.first())
    rows: list[Model] = [version, decision_class, cast.present(decision_class.stops.first())]
    for row in rows:
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()
