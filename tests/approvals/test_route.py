"""A ruling is checked before it is published, and stays as it was published."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import CHIEF_DECIDES, DIRECTOR_DECIDES, MAYOR_DECIDES
from todoke.accounts.actors import System
from todoke.approvals.approval_rules import CONSULT, DECIDE, FIXED, BranchRule, Ruling, StopRule
from todoke.approvals.models import Route
from todoke.approvals.models.route import NoRule

SOUND = [CHIEF_DECIDES, DIRECTOR_DECIDES, MAYOR_DECIDES]


def test_a_sound_ruling_has_no_defect() -> None:
    assert Ruling(SOUND).defects() == []


@pytest.mark.parametrize(
    ("amount", "importance", "branch"),
    [
        (None, "ordinary", 0),
        (1_000_000, "ordinary", 0),
        (1_000_001, "ordinary", 1),
        (1, "important", 2),
        (10**12, "important", 2),
    ],
)
def test_the_border_amount_belongs_to_the_lower_branch(amount: int | None, importance: str, branch: int) -> None:
    assert Ruling(SOUND).choose("", amount, importance) == [branch]


@pytest.mark.parametrize(
    ("branches", "problem"),
    [
        ([CHIEF_DECIDES, MAYOR_DECIDES], "当てはまる区分がありません"),
        ([*SOUND, CHIEF_DECIDES], "区分が重なっています"),
        ([BranchRule([StopRule(1, CONSULT, "chief")])], "決裁する職位がちょうど一つ必要です"),
        (
            [BranchRule([StopRule(2, CONSULT, "chief"), StopRule(1, DECIDE, "director")])],
            "決裁する職位は、回議・合議の後に置いてください",
        ),
        ([BranchRule([StopRule(1, DECIDE, "chief", FIXED)])], "指定部署の職位には部署が必要です"),
    ],
)
def test_a_gap_an_overlap_and_a_headless_chain_are_named(branches: list[BranchRule], problem: str) -> None:
    assert problem in {defect.problem for defect in Ruling(branches).defects()}


@pytest.mark.django_db
def test_a_defective_ruling_cannot_be_published() -> None:
    route = Route.objects.create(code="x", name="不備のある規程")
    with pytest.raises(ValidationError):
        route.publish(Ruling([CHIEF_DECIDES]), starts_on=date(2020, 4, 1), basis="", by=System())


@pytest.mark.django_db
def test_the_version_of_the_day_applies_and_reads_back_as_it_was_written() -> None:
    approvals.office()
    route = approvals.route()
    everything = BranchRule([StopRule(1, DECIDE, "mayor", "any")])
    route.publish(Ruling([everything]), starts_on=date(2024, 4, 1), basis="改正規程", by=System())
    assert route.version_on(date(2024, 3, 31)).ruling() == Ruling(SOUND)
    assert route.version_on(date(2024, 4, 1)).ruling() == Ruling([everything])
    with pytest.raises(NoRule):
        route.version_on(date(2019, 1, 1))


@pytest.mark.django_db
def test_a_published_version_refuses_to_be_changed_or_deleted() -> None:
    approvals.office()
    version = approvals.route().version_on()
    branch = cast.present(version.branches.first())
    rows: list[Model] = [version, branch, cast.present(branch.stops.first())]
    for row in rows:
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()
