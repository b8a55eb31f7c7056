"""A batch is approved wholly or not at all."""

import pytest

from tests.cast import approvals
from todoke.approvals.batch import approve_all
from todoke.approvals.models import Proposal, StepDecision
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_chief_approves_ten_at_once() -> None:
    office = approvals.office()
    seen = {made.number: made.dossier_hash for made in (approvals.proposal(office.clerk) for _ in range(10))}
    assert len(approve_all(seen, by=office.chief)) == 10
    assert Proposal.objects.filter(status="approved").count() == 10


def test_one_that_was_changed_meanwhile_stops_all() -> None:
    office = approvals.office()
    made = [approvals.proposal(office.clerk) for _ in range(3)]
    seen = {proposal.number: proposal.dossier_hash for proposal in made}
    made[1].take_back(by=office.clerk, reason="誤り")
    with pytest.raises(Refused, match=made[1].number):
        approve_all(seen, by=office.chief)
    assert not StepDecision.objects.exists()


def test_a_number_that_one_may_not_see_stops_all() -> None:
    office = approvals.office()
    with pytest.raises(Refused, match="見つかりません"):
        approve_all({"K2026-999999": ""}, by=office.chief)
