"""A purchase above forty million yen goes to headquarters, and no contract begins before the decision."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import Office
from todoke.accounts.actors import System
from todoke.approvals.approval_rules import ANY, CONSULT, DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Procurement, Proposal, Route
from todoke.approvals.models.procurement import OTHER, SYSTEM
from todoke.approvals.models.route import NoRule
from todoke.organization.models import Post
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ROLE = Post.Role
LIMIT = 40_000_000


@pytest.fixture
def office() -> Office:
    return approvals.office()


@pytest.fixture
def route() -> Route:
    chain = [StopRule(1, DECIDE, ROLE.CHIEF)]
    to_headquarters = [StopRule(1, CONSULT, ROLE.CHIEF), StopRule(2, DECIDE, ROLE.HEADQUARTERS, ANY)]
    made = Route.objects.create(code="procurement", name="調達の専決規程")
    decision_classes = [
        DecisionClassRule(chain, kind=SYSTEM, up_to=LIMIT),
        DecisionClassRule(to_headquarters, kind=SYSTEM, above=LIMIT),
        DecisionClassRule(chain, kind=OTHER),
    ]
    made.publish(ApprovalRules(decision_classes), starts_on=date(2020, 4, 1), basis="調達ガイドライン", by=System())
    return made


def purchase(office: Office, **details: Any) -> Procurement:
    facts = {"title": "税務システム", "kind": "renewal", "amount": LIMIT, "previous_amount": LIMIT, "purpose": "更改"}
    return Procurement.create(by=office.clerk, **{**facts, **details})


@pytest.mark.parametrize(
    ("kind", "amount", "asked"),
    [("new", LIMIT, False), ("new", LIMIT + 1, True), ("renewal", LIMIT + 1, True), ("other", LIMIT + 1, False)],
)
def test_above_and_not_at_forty_million_headquarters_decides(
    office: Office, route: Route, kind: str, amount: int, asked: bool
) -> None:
    bought = purchase(office, kind=kind, amount=amount, increase_reason="物価の上昇")
    assert bought.goes_to_headquarters is asked
    proposal = bought.propose(route=route, by=office.clerk)
    assert proposal.steps.filter(role=ROLE.HEADQUARTERS).exists() is asked


def test_a_renewal_without_its_former_cost_is_refused(office: Office) -> None:
    with pytest.raises(ValidationError):
        purchase(office, previous_amount=None)


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_increase_without_a_reason_is_refused(office: Office, reason: str) -> None:
    with pytest.raises(ValidationError):
        purchase(office, amount=LIMIT + 1, increase_reason=reason)


def test_the_database_itself_refuses_an_increase_without_a_reason(office: Office) -> None:
    bought = purchase(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Procurement.objects.filter(pk=bought.pk).update(amount=LIMIT + 1)


def test_no_contract_begins_before_the_decision_and_none_begins_twice(office: Office, route: Route) -> None:
    bought = purchase(office)
    with pytest.raises(Refused):
        bought.start_contract(by=office.clerk)
    proposal = bought.propose(route=route, by=office.clerk)
    with pytest.raises(Refused):
        bought.start_contract(by=office.clerk)
    proposal.approve(by=office.chief)
    bought.start_contract(by=office.clerk)
    with pytest.raises(Refused):
        bought.start_contract(by=office.clerk)


def test_a_rejected_purchase_is_never_contracted(office: Office, route: Route) -> None:
    bought = purchase(office)
    bought.propose(route=route, by=office.clerk).reject(by=office.chief, reason="不要")
    with pytest.raises(Refused):
        bought.start_contract(by=office.clerk)


def test_a_route_that_bypasses_headquarters_is_refused(office: Office) -> None:
    lax = approvals.route()
    with pytest.raises(NoRule):
        purchase(office, amount=LIMIT + 1, increase_reason="拡張").propose(route=lax, by=office.clerk)
    assert not Proposal.objects.exists()


def test_a_stranger_neither_sees_nor_contracts_it(office: Office, route: Route) -> None:
    bought = purchase(office)
    stranger = cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "3010"))
    assert not Procurement.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        bought.start_contract(by=stranger)


def test_the_deciders_see_the_comparison_with_last_time(office: Office, route: Route) -> None:
    bought = purchase(office, amount=LIMIT + 5, increase_reason="物価の上昇")
    seen = bought.propose(route=route, by=office.clerk).dossier.content["金額の比較"]
    assert (seen["増減"], seen["増額の理由"]) == ("+5円", "物価の上昇")
